import type { PoolClient } from 'pg';
import { beijingDay } from '../../access/day';
import { personNumber, type Seal } from '../../access/seal';
import { compare, type IdentityRecord, type Match } from '../../matching/match';
import { MODEL } from '../../matching/model';
import type { ScreeningHub } from './mark';
import { inTransaction } from './transaction';

/** Persons in one transaction. */
const BATCH = 2000;
/** A digest shared by more is none: it tells nobody apart. */
const MOST = 100;

const DUE = `
  select person_id from person_mark where not screened and key_id = $1 and model = $2 order by person_id limit ${BATCH}
  for update skip locked`;

/** Pairs of somebody given and whoever shares a digest, each once; by sets, whether the given are one or thousands. */
const PAIRS = `
  select distinct least(k.person_id, other.id) as a, greatest(k.person_id, other.id) as b
  from person_mark k cross join unnest(k.blocks) as own (digest)
  cross join lateral (
    select array_agg(holder.person_id) as ids from (
      select b.person_id from person_block b where b.digest = own.digest limit ${MOST + 1}
    ) as holder
  ) as laid
  cross join unnest(laid.ids) as other (id)
  where k.person_id = any ($1) and cardinality(laid.ids) <= ${MOST} and other.id <> k.person_id`;

const RECORDS = `
  select p.id, p.name, p.birth_date, p.region_code, p.id_number as number, k.registered_by,
    array(select m.household_id from household_member m where m.person_id = p.id
      and m.from_date <= $2::date and (m.to_date is null or m.to_date >= $2::date)) as households
  from person p left join person_mark k on k.person_id = p.id where p.id = any ($1)`;

/** What is found is written or brought up to date, what is no more is taken away; what an officer has settled stays as it is. */
const FORGET = `
  delete from identity_match m using unnest($1::uuid[]) as screened (id)
  where m.state = 'OPEN' and screened.id in (m.person_a, m.person_b)
    and not exists (select from unnest($2::uuid[], $3::uuid[]) as found (a, b) where found.a = least(m.person_a, m.person_b) and found.b = greatest(m.person_a, m.person_b))`;
const KEEP = `
  insert into identity_match (id, person_a, person_b, region_code, other_region, score, tier, model, levels, registered_by, found_at)
  select gen_random_uuid(), f.a, f.b, f.region_code, f.other_region, f.score, f.tier, $9, f.levels,
    array(select distinct name from jsonb_array_elements_text(f.registered_by) as name), $10
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::jsonb[], $8::jsonb[])
    as f (a, b, region_code, other_region, score, tier, levels, registered_by)
  on conflict (least(person_a, person_b), greatest(person_a, person_b)) do update set score = excluded.score, tier = excluded.tier, model = excluded.model, levels = excluded.levels,
    region_code = excluded.region_code, other_region = excluded.other_region
  where identity_match.state = 'OPEN' and (identity_match.score, identity_match.model, identity_match.levels)
    is distinct from (excluded.score, excluded.model, excluded.levels)`;
const DONE = 'update person_mark set screened = true where person_id = any ($1)';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly birth_date: string;
  readonly region_code: string;
  readonly number: Buffer;
  readonly registered_by: string | null;
  readonly households: readonly string[];
}

interface Found {
  readonly one: Row;
  readonly other: Row;
  readonly match: Match;
}

/** Screens those who are due, some thousand in a transaction. Undefined: nobody is due. */
export const screenSome = (hub: ScreeningHub): Promise<{ persons: number; found: number } | undefined> =>
  inTransaction(hub.db.engine, (client) => screenIn(client, hub));

async function screenIn(client: PoolClient, { seal, now }: ScreeningHub) {
  const { key } = seal.blocks([]);
  const due = await client.query<{ person_id: string }>(DUE, [key, MODEL.version]);
  if (due.rows.length === 0) return undefined;
  const ids = due.rows.map(({ person_id: id }) => id);
  const pairs = (await client.query<{ a: string; b: string }>(PAIRS, [ids])).rows;
  const known = await recordsOf(client, [...new Set(pairs.flatMap(({ a, b }) => [a, b]))], beijingDay(now()));
  const compared = pairs.map(({ a, b }) => matchOf(known.get(a)!, known.get(b)!, seal));
  const found = compared.filter(({ match }) => match.tier !== 'NONE');
  await client.query(FORGET, [ids, found.map(({ one }) => one.id), found.map(({ other }) => other.id)]);
  if (found.length > 0) await client.query(KEEP, [...columnsOf(found), MODEL.version, now()]);
  await client.query(DONE, [ids]);
  return { persons: ids.length, found: found.length };
}

async function recordsOf(client: PoolClient, ids: readonly string[], today: string): Promise<Map<string, Row>> {
  const { rows } = await client.query<Row>(RECORDS, [ids, today]);
  return new Map(rows.map((row) => [row.id, row]));
}

const matchOf = (one: Row, other: Row, seal: Seal): Found => ({
  ...{ one, other },
  match: compare(recordOf(one, seal), recordOf(other, seal)),
});

const recordOf = ({ id, name, birth_date, region_code, number, households }: Row, seal: Seal): IdentityRecord => ({
  ...{ name, birthDate: birth_date, regionCode: region_code, households },
  idNumber: seal.open(number, personNumber(id)),
});

const columnsOf = (found: readonly Found[]): unknown[] => [
  found.map(({ one }) => one.id),
  found.map(({ other }) => other.id),
  found.map(({ one }) => one.region_code),
  found.map(({ other }) => other.region_code),
  found.map(({ match }) => match.score),
  found.map(({ match }) => match.tier),
  found.map(({ match }) => JSON.stringify(match.levels)),
  found.map(({ one, other }) => JSON.stringify([one.registered_by, other.registered_by].filter(Boolean))),
];
