import type { Connector, RawAnswer } from '../connector';
import type { Coverage, Question } from '../contract';
import type { Desk } from '../desk';
import type { Consulted, Gate, Person, Source } from '../source';
import { beijingDay, startOfDay } from '../time';
import { openEntry } from './form';
import { HELD } from './statements';

interface HeldRow {
  readonly id: string;
  readonly id_index: Buffer;
  /** 'YYYY-MM-DD' */
  readonly as_of: string;
  readonly sealed: Buffer;
  readonly coverage: Coverage;
}

/**
 * What the agency's extract says of those it holds, as the agency itself would have said it; it is verified like any
 * answer. Of anybody it does not hold it says nothing: a rejected row, or a later registration, must not read as "no record".
 */
async function heldAnswers(
  { send, seal, now }: Desk,
  { name, register, maxAge }: Connector,
  people: readonly Person[],
  fields: readonly string[],
): Promise<RawAnswer[]> {
  if (!register) return [];
  const refs = new Map(people.map((person) => [seal.index(person.idNumber).toString('hex'), person]));
  const indexes = [...refs.keys()].map((index) => Buffer.from(index, 'hex'));
  const oldest = beijingDay(new Date(now().getTime() - maxAge + DAY)); // the whole day of the data is fresh
  const [looked] = await send([], [{ name: 'register-held', text: HELD, values: [name, indexes, oldest] }]);
  const rows = looked!.rows as HeldRow[];
  return rows.map(({ id, id_index, as_of, sealed, coverage }) => {
    const person = refs.get(id_index.toString('hex'))!;
    const entry = openEntry(sealed, id, seal);
    const named = register.namedAs(entry, person.name);
    const told: Record<string, unknown> = { ...entry.value, ...named };
    return {
      ref: person.ref,
      idNumber: entry.idNumber,
      status: named ? 'FOUND' : 'AMBIGUOUS',
      value: named && Object.fromEntries(fields.map((field) => [field, told[field]])),
      sourceRecordId: entry.recordNumber,
      asOf: startOfDay(as_of),
      coverage,
    };
  });
}

const DAY = 86_400_000;

/** From the agency's extract whoever it holds; the agency is asked about the others. */
export async function consultBeside(
  desk: Desk,
  source: Source,
  people: readonly Person[],
  asked: Pick<Question, 'purpose' | 'fields'>,
  gate: Gate,
): Promise<Consulted> {
  const answers = await heldAnswers(desk, source.connector, people, asked.fields);
  if (answers.length === 0) return source.consult(people, asked, gate);
  const refs = new Set(answers.map(({ ref }) => ref));
  const [held, others] = [people.filter(({ ref }) => refs.has(ref)), people.filter(({ ref }) => !refs.has(ref))];
  const known = source.settle({ answers }, held, asked);
  if (others.length === 0) return known;
  const consulted = await source.consult(others, asked, gate);
  return { ...consulted, findings: new Map([...known.findings, ...consulted.findings]) };
}
