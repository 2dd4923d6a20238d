import type { Client } from 'pg';

const COLUMNS: Readonly<Record<string, readonly (readonly [fact: string, column: string, type: string])[]>> = {
  property: [['ownedAreaCm2', 'owned_area_cm2', 'bigint']],
  vehicle: [
    ['dearestVehicleFen', 'dearest_vehicle_fen', 'bigint'],
    ['unpricedVehicles', 'unpriced_vehicles', 'bigint'],
  ],
  'civil-affairs': [
    ['marriageStatus', 'marriage_status', 'text'],
    ['deceasedOn', 'deceased_on', 'date'],
    ['allowanceClass', 'allowance_class', 'text'],
    ['allowanceValidUntil', 'allowance_valid_until', 'date'],
    ['incomeClass', 'income_class', 'text'],
    ['perHeadMonthlyFen', 'per_head_monthly_fen', 'bigint'],
    ['determinationValidUntil', 'determination_valid_until', 'date'],
  ],
  'provident-fund': [
    ['accountStatus', 'account_status', 'text'],
    ['monthlyContributionFen', 'monthly_contribution_fen', 'bigint'],
    ['ratioBp', 'ratio_bp', 'int'],
  ],
};

/** The typed views of the answers that the rules read, where the migrations have not made them. */
export async function ensureViews(owner: Client): Promise<void> {
  for (const [source, facts] of Object.entries(COLUMNS)) {
    const view = `${source.replaceAll('-', '_')}_answer`;
    const { rows } = await owner.query('select to_regclass($1) as made', [view]);
    if (rows[0].made) continue;
    const columns = facts.map(([fact, column, type]) => `(value ->> '${fact}')::${type} as ${column}`);
    if (source === 'civil-affairs') columns.push(`value -> 'spouseIdNumber' ->> 'index' as spouse_index`);
    await owner.query(`create view ${view} with (security_invoker = true) as
      select id, at, household_id, case_id, letter_id, purpose, person_id, region_code, status, covered, fields, as_of, max_age,
        due_at, retry_at, reason, ${columns.join(', ')} from answer where source = '${source}';
      grant select on ${view} to anju_app, anju_engine`);
  }
}
