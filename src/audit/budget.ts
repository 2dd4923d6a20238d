import type { QueryConfig } from 'pg';
import type { Allowance } from '../access/viewer';

/**
 * The end of a logged read of a partner system: counts the persons of `seen` before any row of it comes back. Fails with
 * SQLSTATE AJ001 without a grant in force, AJ002 when the budget of the day does not hold them.
 */
export const spending = (grantId: string, day: string): string => `
    , spent as materialized (
      select spend_persons(${grantId}::uuid, ${day}::date, array(select person_id from seen where person_id is not null)) as fresh
    )
    select seen.* from seen, spent where spent.fresh >= 0`;

/** Counts persons before they are asked about; run in the transaction that asks. Fails as {@link spending} does. */
export const spend = ({ grantId, day }: Allowance, personIds: readonly string[]): QueryConfig => ({
  name: 'spend-persons',
  text: 'select spend_persons($1, $2, $3::uuid[])',
  values: [grantId, day, personIds],
});
