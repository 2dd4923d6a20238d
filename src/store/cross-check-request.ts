import type { QueryConfig } from 'pg';
import type { Viewer } from '../access/viewer';

/** A household as it is asked about, with the case it is asked in. */
export interface AskedHousehold {
  readonly id: string | null;
  readonly region_code: string | null;
  readonly case_id: string | null;
}

const INSERT = `
  with made as (
    insert into cross_check (id, region_code, purpose, requested_by, requester_role, requester_office, partner_fields, grant_id, as_of, state, total, requested_at, scope_regions)
    values ($1, $2, $3, $4, $5, $2, $6, $14, $7, 'REQUESTED', $8, $9, $10)
  )
  insert into cross_check_household (cross_check_id, ordinal, region_code, household_id, case_id, state)
  select $1, g.ordinal, g.region_code, g.household_id, g.case_id, 'WAITING'
  from unnest($11::text[], $12::uuid[], $13::uuid[]) with ordinality as g (region_code, household_id, case_id, ordinal)`;

/** The statement that asks for a cross-check in a caller's name; its job is enqueued beside it. */
export const insertCrossCheck = (
  id: string,
  { purpose, asOf }: { readonly purpose: string; readonly asOf: string },
  households: readonly AskedHousehold[],
  viewer: Viewer,
  now: Date,
): QueryConfig => ({
  name: 'insert-cross-check',
  text: INSERT,
  values: [
    ...[id, viewer.office, purpose, viewer.subject, viewer.role, viewer.partner?.fields ?? null, asOf],
    ...[households.length, now, viewer.regions],
    ...[households.map((row) => row.region_code), households.map((row) => row.id)],
    ...[households.map((row) => row.case_id), viewer.partner?.allowance.grantId ?? null],
  ],
});
