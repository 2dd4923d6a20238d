import { permitted } from './permitted';

/** A batch that an agency answers later. */
export interface DeferredRow {
  readonly source: string;
  readonly ticket: string;
  readonly due_at: Date;
  readonly collected_at: Date | null;
  /** Since when it is known to be overdue; it is still looked for. */
  readonly overdue_at: Date | null;
  /** Of everybody asked about whom the session sees, also of those whose letter had ended before the receipt was kept. */
  readonly refs: string[] | null;
}

export const DEFER = `insert into deferred_query (query_id, source, ticket, asked_at, due_at, next_poll_at, due_provisional, answer_within, poll_after)
  values ($1, $2, $3, $4, $5, $6, $7, $8, make_interval(secs => $9))`;

export const DEFERRED = `select source, ticket, due_at, collected_at, overdue_at,
  (select array_agg(distinct id::text) from answer where query_id = $1) as refs from deferred_query where query_id = $1`;

export const DUE = `select query_id as "queryId", source, next_poll_at as "nextPollAt", due_at as "dueAt" from deferred_query
  where collected_at is null and next_poll_at <= $1 order by next_poll_at limit $2`;

export const POSTPONE = `update deferred_query set next_poll_at = $2, poll_after = make_interval(secs => $3) where query_id = $1 and collected_at is null`;

/** Only one collector finds it overdue. */
export const OVERDUE = `update deferred_query set overdue_at = $2, next_poll_at = $3, poll_after = make_interval(secs => $4)
  where query_id = $1 and collected_at is null and overdue_at is null`;

/** Only one collector wins. */
export const CLOSE = `update deferred_query set collected_at = $2 where query_id = $1 and collected_at is null`;

/** A PENDING answer of a deferred batch; number and name only where the question is still allowed. */
export interface PendingRow {
  readonly id: string;
  readonly person_id: string;
  readonly household_id: string;
  readonly case_id: string;
  readonly letter_id: string;
  readonly region_code: string;
  readonly purpose: string;
  readonly fields: string[];
  readonly asked_at: Date;
  readonly id_number: Buffer | null;
  readonly name: string | null;
}

export const PENDING = `
  select q.*, allowed.id_number, allowed.name
  from (select id, person_id, household_id, case_id, letter_id, region_code, source, purpose, fields, asked_at
        from answer where query_id = $1 and status = 'PENDING') q
  left join lateral (${permitted({ source: 'q.source', purpose: 'q.purpose', fields: 'q.fields', today: '$2' })} limit 1) allowed on true`;
