import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { sealedDigestKey } from '../../access/item-digests';
import type { Seal } from '../../access/seal';
import type { Told, Whom } from './read';

/** What the last look left of a person at a source. */
export interface Mark {
  readonly id: string;
  readonly key: Buffer;
  readonly keyId: string;
  /** Null: no answer has counted yet. */
  readonly digests: readonly string[] | null;
  readonly lookedOn: string | null;
  readonly triedOn: string;
  /** Why the last try was no look; null where it was one. */
  readonly reason: string | null;
}

export const placeOf = ({ household_id: household, person_id: person, source }: Whom): string =>
  [household, person, source].join(' ');

const MARKS = `
  select id, household_id, person_id, source, key, key_id as "keyId", digests, looked_on::text as "lookedOn", tried_on::text as "triedOn", reason
  from watch_mark where (household_id, person_id, source) in (select * from unnest($1::uuid[], $2::uuid[], $3::text[]))`;

export async function marksOf(client: PoolClient, whom: readonly Whom[]): Promise<Map<string, Mark>> {
  const columns = (['household_id', 'person_id', 'source'] as const).map((name) => whom.map((row) => row[name]));
  const { rows } = await client.query<Mark & Whom>(MARKS, columns);
  return new Map(rows.map((row) => [placeOf(row), row]));
}

export function freshMark(day: string, seal: Seal): Mark {
  const id = randomUUID();
  const nothing = { digests: null, lookedOn: null, reason: null };
  return { id, key: sealedDigestKey(id, seal), keyId: seal.keyId, ...nothing, triedOn: day };
}

const KEEP = `
  insert into watch_mark (id, region_code, household_id, person_id, source, key, key_id, digests, looked_on, tried_on, status, reason)
  select id, region, household, person, source, key, key_id, string_to_array(digests, ','), looked_on, tried_on,
    case when reason is null then 'ANSWERED' else 'NOT_ANSWERED' end, reason
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::text[], $8::text[], $9::date[], $10::date[], $11::text[])
    as m (id, region, household, person, source, key, key_id, digests, looked_on, tried_on, reason)
  on conflict on constraint watch_mark_once do update set digests = excluded.digests, looked_on = excluded.looked_on,
    tried_on = excluded.tried_on, status = excluded.status, reason = excluded.reason`;

/** @param marks of each person and source once */
export async function keepMarks(client: PoolClient, marks: readonly { told: Told; mark: Mark }[]): Promise<void> {
  if (marks.length === 0) return;
  const column = <Kept>(read: (told: Told, mark: Mark) => Kept) => marks.map(({ told, mark }) => read(told, mark));
  await client.query(KEEP, [
    column((_, { id }) => id),
    column(({ region_code: region }) => region),
    column(({ household_id: household }) => household),
    column(({ person_id: person }) => person),
    column(({ source }) => source),
    column((_, { key }) => key),
    column((_, { keyId }) => keyId),
    column((_, { digests }) => digests?.join(',') ?? null),
    column((_, { lookedOn }) => lookedOn),
    column((_, { triedOn }) => triedOn),
    column((_, { reason }) => reason),
  ]);
}
