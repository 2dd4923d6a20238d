import { maxKnown } from './aggregate';
import { guarded, type Sql } from './sql';

/**
 * `inspected`: a row for each signal of misuse about a household since its last yearly review was closed: household_id, id (NULL:
 * there is none), kind, seen_from, inspected_on, and `confirmed`: NULL while nobody has been there on the day of judgement.
 */
export const inspectedFor = (kinds: Sql): Sql => guarded`(
  select seen.household_id, i.id, i.kind, i.seen_from, i.inspected_on,
    case when i.inspected_on <= seen.as_of then i.state = 'CONFIRMED' end as confirmed
  from (
    select given.household_id, given.as_of, ${maxKnown(guarded`coalesce(review.closed_on, date '0001-01-01')`)} as reviewed_on
    from given left join housing_case as review on review.household_id = given.household_id and review.kind = 'ANNUAL_REVIEW'
      and review.id <> given.case_id and review.closed_on <= given.as_of
    group by given.household_id, given.as_of
  ) as seen
  left join inspection as i on i.household_id = seen.household_id and i.kind in (${kinds}) and i.seen_from <= seen.as_of
    and (i.inspected_on is null or i.inspected_on > seen.reviewed_on)
) as inspected`;
