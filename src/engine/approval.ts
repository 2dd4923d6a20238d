import { guarded, type Sql } from './sql';

/**
 * FROM item `approval`: a row per household whose running entitlement 保障 of the case's programme the hub knows, with the
 * day since when (`approved_on`). A household without one has no row, so that a left join leaves the day unknown.
 */
export const approval: Sql = guarded`(
  select given.household_id, min(benefit.since) as approved_on
  from given join entitlement as benefit on benefit.household_id = given.household_id and benefit.programme = given.programme
    and benefit.since <= given.as_of and (benefit.until is null or benefit.until >= given.as_of)
  group by given.household_id) as approval`;

/**
 * Joins each thing of a list in the members' answers ('units', 'vehicles') as `thing`, at least one row per member: NULL
 * where the list is empty or was not asked for (`askedFor` tells them apart). Lists are no columns of a source's relation.
 */
export function listed(source: string, list: string): Sql {
  const value = `told.value -> '${list}'`;
  return {
    text: `left join lateral (
    select entry as thing from answer as told
    cross join jsonb_array_elements(case when jsonb_typeof(${value}) = 'array' then ${value} end) as entry
    where told.id = ${source}.id) as entries on true`,
    written: [],
    parameters: [],
  };
}
