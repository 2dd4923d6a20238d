import type { Connector, RawAnswer } from '../connector';
import type { Coverage } from '../contract';
import type { Desk } from '../desk';
import type { Person } from '../source';
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
export async function heldAnswers(
  { scoped, seal, now }: Desk,
  { name, register, maxAge }: Connector,
  people: readonly Person[],
  fields: readonly string[],
): Promise<RawAnswer[]> {
  if (!register) return [];
  const refs = new Map(people.map((person) => [seal.index(person.idNumber).toString('hex'), person]));
  const indexes = [...refs.keys()].map((index) => Buffer.from(index, 'hex'));
  const oldest = beijingDay(new Date(now().getTime() - maxAge + DAY)); // the whole day of the data is fresh
  const { rows } = await scoped([], (client) => client.query<HeldRow>(HELD, [name, indexes, oldest]));
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
