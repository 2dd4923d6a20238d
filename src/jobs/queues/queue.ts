import type { PoolClient } from 'pg';
import type { Place, PlacedByHand, QueueRule, Waiter } from '../../engine/waiting-order';

/** Whoever waits in one region for one programme. */
export interface Queue {
  readonly region: string;
  readonly programme: string;
}

/** The numbers with the rows that they stand in. */
export type StoredRule = QueueRule & { readonly parameters: readonly string[] };

/** As it was last put in order. */
export interface LastRun {
  readonly run: number;
  readonly day: string | null;
  readonly rule: StoredRule | null;
}

export const QUEUES = `select region_code as region, programme from waiting_queue order by 1, 2`;

const LOCK = `select run, day, rule from waiting_queue where (region_code, programme) = ($1, $2) for update`;
const STATE_THEN = `coalesce((select s.to_state from waiting_step s where s.entry_id = e.id and s.after_run < $3 order by s.version desc limit 1), 'ACTIVE')`;
const WAITERS = `
  select e.id, e.entered_on as "enteredOn", e.area_cm2 as "areaCm2", e.income_fen as "incomeFen", e.recognised, e.choice_met as "choiceMet"
  from waiting_list_entry e where (e.region_code, e.programme) = ($1, $2) and e.after_run < $3 and ${STATE_THEN} = 'ACTIVE'`;
const BY_HAND = `
  select x.entry_id as "entryId", x.to_rank as "toRank" from waiting_exception x join waiting_list_entry e on e.id = x.entry_id
  where (e.region_code, e.programme) = ($1, $2) and x.after_run < $3 order by x.after_run, x.at, x.id`;
const STOOD = `select entry_id as id, rank from waiting_rank where (region_code, programme) = ($1, $2)`;
const DIFFERS = `
  insert into waiting_difference (id, region_code, household_id, entry_id, run, on_day, stood, computed)
  select gen_random_uuid(), e.region_code, e.household_id, e.id, $1, $2, d.stood, d.computed
  from jsonb_to_recordset($3) as d (id uuid, stood int, computed int) join waiting_list_entry e on e.id = d.id
  on conflict do nothing`;
const LEAVE = `delete from waiting_rank r where (r.region_code, r.programme) = ($1, $2) and not r.entry_id = any ($3::uuid[])`;
const PLACE = `
  insert into waiting_rank as r (entry_id, region_code, household_id, programme, rank, points)
  select e.id, e.region_code, e.household_id, e.programme, p.rank, p.points
  from jsonb_to_recordset($1) as p (id uuid, rank int, points int) join waiting_list_entry e on e.id = p.id
  on conflict (entry_id) do update set rank = excluded.rank, points = excluded.points
  where (r.rank, r.points) is distinct from (excluded.rank, excluded.points)`;
const DONE = `update waiting_queue set run = $3, day = $4, rule = $5 where (region_code, programme) = ($1, $2)`;

/** Nobody enters, steps or is moved in the queue until the transaction ends. */
export const lastRun = async (client: PoolClient, { region, programme }: Queue): Promise<LastRun> =>
  (await client.query<LastRun>(LOCK, [region, programme])).rows[0]!;

/** What the order of a run is made of: whatever was written before it. */
export async function inputsOf(client: PoolClient, { region, programme }: Queue, run: number) {
  const values = [region, programme, run];
  const { rows: waiters } = await client.query<Waiter>(WAITERS, values);
  const { rows: byHand } = await client.query<PlacedByHand>(BY_HAND, values);
  return { waiters, byHand };
}

export const placesOf = async (client: PoolClient, { region, programme }: Queue) =>
  (await client.query<Pick<Place, 'id' | 'rank'>>(STOOD, [region, programme])).rows;

export const recordDifferences = (client: PoolClient, run: number, day: string, found: readonly object[]) =>
  client.query(DIFFERS, [run, day, JSON.stringify(found)]);

/** Only what changes is written. */
export async function writePlaces(
  client: PoolClient,
  { region, programme }: Queue,
  places: readonly Place[],
  { run, day, rule }: LastRun,
): Promise<void> {
  await client.query(LEAVE, [region, programme, places.map(({ id }) => id)]);
  await client.query(PLACE, [JSON.stringify(places)]);
  await client.query(DONE, [region, programme, run, day, rule && JSON.stringify(rule)]);
}
