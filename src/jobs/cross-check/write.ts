import { randomUUID } from 'node:crypto';
import type { PoolClient, QueryConfig } from 'pg';
import type { SignedDocument } from '../../audit/signer';
import { enqueue } from '../../queue/enqueue';
import type { Check } from './check';
import type { Settled } from './lay';
import type { CheckedHousehold } from './page';
import { prepared } from './prepared';

export interface ReportToWrite {
  readonly household: CheckedHousehold;
  readonly document: SignedDocument;
  readonly settled: Settled;
  /** False while an answer is still to come. */
  readonly final: boolean;
}

/** New states of the households ($12: unless sources are still to be asked), and a next version of each report whose text has changed. */
const WRITE = `
  with page as (
    select * from unnest($2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::uuid[], $7::bool[], $8::text[], $9::text[], $10::text[])
      as p (id, ordinal, household_id, region_code, letter_id, final, body, hash, signature)
  ), moved as (
    update cross_check_household k set state = case when p.final then 'DONE' else 'AWAITING' end, letter_id = p.letter_id
    from page p where k.cross_check_id = $1 and k.ordinal = p.ordinal and $12
  )
  insert into report (id, at, region_code, cross_check_id, household_id, version, final, body, hash, signature)
  select p.id, $11, p.region_code, $1, p.household_id, coalesce(last.version, 0) + 1, p.final, p.body, p.hash, p.signature
  from page p
  left join lateral (
    select version, hash, final from report r where r.cross_check_id = $1 and r.household_id = p.household_id order by version desc limit 1
  ) last on true
  where (last.hash, last.final) is distinct from (p.hash, p.final)`;

export function writeReports(check: Check, reports: readonly ReportToWrite[], now: Date, moving: boolean): QueryConfig {
  const column = <Value>(read: (report: ReportToWrite) => Value) => reports.map(read);
  return {
    ...prepared('cross-check-write', reports.length),
    text: WRITE,
    values: [
      check.id,
      column(() => randomUUID()),
      column(({ household }) => household.ordinal),
      column(({ household }) => household.householdId),
      column(({ household }) => household.regionCode),
      column(({ household }) => household.letterId),
      column(({ final }) => final),
      column(({ document }) => document.canonical),
      column(({ document }) => document.hash),
      column(({ document }) => document.signature),
      now,
      moving,
    ],
  };
}

/** Recounts a cross-check after a page and tells those who follow it. Its row is locked: pages settle one after another. */
const PROGRESS = `
  with count as (
    select count(*) filter (where state = 'DONE') as done, bool_or(state = 'WAITING') as waiting, bool_or(state = 'AWAITING') as awaiting
    from cross_check_household where cross_check_id = $1
  ), moved as (
    update cross_check c set done = count.done,
      state = case when count.waiting then 'RUNNING' when count.awaiting then 'AWAITING' else 'COMPLETED' end,
      finished_at = case when count.waiting or count.awaiting then null else $2::timestamptz end
    from count where c.id = $1 returning c.id
  )
  select pg_notify('cross_check', id::text) from moved`;

export const recount = (check: Check, now: Date): QueryConfig => ({
  name: 'cross-check-recount',
  text: PROGRESS,
  values: [check.id, now],
});

const START = `
  with moved as (update cross_check set state = 'RUNNING' where id = $1 and state = 'REQUESTED' returning id)
  select pg_notify('cross_check', id::text) from moved`;

export const start = (check: Check): QueryConfig => ({ name: 'cross-check-start', text: START, values: [check.id] });

/** One settler at a time; returns when it is our turn. */
export async function lock(client: PoolClient, check: Check): Promise<void> {
  await client.query({
    name: 'cross-check-lock',
    text: 'select from cross_check where id = $1 for update',
    values: [check.id],
  });
}

const LATER = `
  select enqueue('collect-deferred', json_build_object('queryId', query_id), now() + least(next_poll_at - $2, poll_after, '6 hours'), 'collect-deferred:' || query_id)
  from deferred_query where query_id = any ($1::uuid[]) and collected_at is null`;

/**
 * Sees to it that deferred batches are fetched when they are next to be looked at: so long from now, since the clock that starts
 * jobs is the database's; no longer than was to be waited when that was told, and within hours, since ours may have jumped since.
 */
export const collectLater = (queryIds: readonly string[], now: Date): QueryConfig => ({
  name: 'collect-later',
  text: LATER,
  values: [queryIds, now],
});

/** Has those asked who answer later. Under the key of the run that goes before, so that the sweep sees one errand. */
export const handOverNow = ({ id }: Check): QueryConfig =>
  enqueue({ task: 'hand-over', payload: { crossCheckId: id }, key: `run-cross-check:${id}` });
