import { createHmac, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { checkCharacter, normaliseIdNumber, normaliseName } from '../../access/identity';
import type { Mode } from './mode';

/** A person as a caller names them. */
export interface Subject {
  readonly ref: string;
  readonly idNumber: string;
  readonly name: string;
}

interface Holder {
  readonly id_number: string;
  readonly name: string;
  /** A name the register knows the person by as well. */
  readonly former_name?: string | null;
}

/** What an agency's register says to one subject. `rows` is empty unless FOUND. */
export interface Entry<Row> {
  readonly ref: string;
  /** The number the entry is about: the subject's, unless the agency lies. */
  readonly idNumber: string;
  readonly outcome: 'FOUND' | 'NO_RECORD' | 'NAME_DIFFERS';
  readonly rows: readonly Row[];
}

/** Looks a page of subjects up with one statement. `select` lists columns and tables, `order` settles the order within a person. */
export async function lookUp<Row extends Holder>(
  world: Pool,
  register: { readonly select: string; readonly order: string },
  subjects: readonly Subject[],
  mode: Mode,
): Promise<Entry<Row>[]> {
  if (mode === 'empty') return [];
  if (mode === 'replay') return lookUp<Row>(world, register, subjects.map(ofAnotherDay), 'ok');
  const numbers = subjects.map((subject) => normaliseIdNumber(subject.idNumber));
  if (mode === 'lying') return aboutSomebodyElse(world, register.select, subjects, numbers);
  const { rows } = await world.query<Row>(`${register.select} where id_number = any($1) order by ${register.order}`, [
    mode === 'blank' ? [] : numbers,
  ]);
  const held = new Map<string, Row[]>(numbers.map((number) => [number, []]));
  for (const row of rows) held.get(row.id_number)?.push(row);
  return subjects.map((subject, at) => {
    const mine = held.get(numbers[at]!) ?? [];
    const differs = mine.some((row) => !isKnownAs(row, subject.name));
    const outcome = mine.length === 0 ? 'NO_RECORD' : differs ? 'NAME_DIFFERS' : 'FOUND';
    return { ref: subject.ref, idNumber: numbers[at]!, outcome, rows: outcome === 'FOUND' ? mine : [] };
  });
}

/** The same people under the refs of an earlier question: what was answered then is answered again, word for word. */
const ofAnotherDay = (subject: Subject): Subject => ({ ...subject, ref: randomUUID() });

const isKnownAs = ({ name, former_name }: Holder, asked: string): boolean =>
  [name, former_name].some((known) => known && normaliseName(known) === normaliseName(asked));

/** Well-formed answers about a person nobody asked for: somebody of the register, or an invented neighbour. */
async function aboutSomebodyElse<Row extends Holder>(
  world: Pool,
  select: string,
  subjects: readonly Subject[],
  numbers: readonly string[],
): Promise<Entry<Row>[]> {
  const { rows } = await world.query<Row>(`${select} where id_number <> all($1) order by id_number limit 1`, [numbers]);
  return subjects.map(({ ref }, at) => {
    const idNumber = rows[0]?.id_number ?? neighbourOf(numbers[at]!);
    return { ref, idNumber, outcome: rows.length > 0 ? 'FOUND' : 'NO_RECORD', rows };
  });
}

/** Born the same day in the same county, another sequence number. */
function neighbourOf(idNumber: string): string {
  const sequence = String((Number(idNumber.slice(14, 17)) + 2) % 1000).padStart(3, '0');
  const first17 = idNumber.slice(0, 14) + sequence;
  return first17 + checkCharacter(first17);
}

/** The number an agency files a person under: always the same, and not to be turned back without its key. */
export function recordNumber(prefix: string, key: string, idNumber: string): string {
  return `${prefix}-${createHmac('sha256', key).update(idNumber).digest('hex').slice(0, 16).toUpperCase()}`;
}

/** Days by which the data are older than the agency's clock. */
const AGE: Partial<Record<Mode, number>> = { stale: 400, replay: 2 };

/** Day of the data, 'YYYY-MM-DD' in Beijing: yesterday by the agency's clock, unless the mode says otherwise. */
export function dayOfData(clock: () => Date, mode: Mode): string {
  const age = AGE[mode] ?? 1;
  return new Date(clock().getTime() + 8 * 3_600_000 - age * 86_400_000).toISOString().slice(0, 10);
}

/** Only what was asked for. */
export function pick(items: Readonly<Record<string, unknown>>, asked: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(asked.filter((item) => items[item] !== undefined).map((item) => [item, items[item]]));
}

/** What was asked for, as a release makes it that changed the first item without telling: `retyped` gives its new form. */
export function released(
  picked: Readonly<Record<string, unknown>>,
  mode: Mode,
  retyped: (value: unknown) => unknown = (value) => ({ value }),
): Record<string, unknown> {
  const [[item, value] = ['', undefined], ...others] = Object.entries(picked);
  const rest = Object.fromEntries(others);
  if (mode === 'field-gone') return rest;
  if (mode === 'field-renamed') return { [renamed(item)]: value, ...rest };
  if (mode === 'field-retyped') return { [item]: retyped(value), ...rest };
  return { ...picked };
}

export const renamed = (item: string): string => `${item}V2`;
