/*
 * The first relations of every statement. Parameters of the statement, in order:
 * $1 households uuid[] · $2 cases uuid[] · $3 letters uuid[] (NULL: none) · $4 purpose · $5 day of judgement · $6 now ·
 * $7 sources whose answers may be looked at.
 */

/** How many households a statement is planned for: one, prepared once for all; or as many as it is given. */
export type Scale = 'ONE' | 'MANY';

const ASKED: Readonly<Record<Scale, string>> = {
  ONE: '(select ($1::uuid[])[1], ($2::uuid[])[1], ($3::uuid[])[1], 1)',
  MANY: 'unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality',
};

/**
 * `subject`: one row per household asked about, with its case. Outer joins behind a fence, because the planner takes inner
 * ones for far fewer rows than were asked about, and then loops over every pair of households.
 */
export const subject = (scale: Scale): string => `
subject as materialized (
  select * from (
    select asked.ordinal, household.id as household_id, household.region_code, asked.letter_id, housing_case.id as case_id,
      housing_case.kind, housing_case.programme, housing_case.applicant_id, housing_case.submitted_on,
      housing_case.declared_income_fen, $4::text as purpose, $5::date as as_of, $7::text[] as sources
    from ${ASKED[scale]} as asked (household_id, case_id, letter_id, ordinal)
    left join household on household.id = asked.household_id
    left join housing_case on housing_case.id = asked.case_id and housing_case.household_id = asked.household_id
    offset 0
  ) as asked
  where case_id is not null and household_id is not null
)`;

/** `member`: one row per person who is a member on the day of judgement, first and last day included. */
export const MEMBER = `
member as materialized (
  select distinct on (household_id, person_id) subject.ordinal, subject.household_id, subject.case_id, subject.letter_id,
    seat.person_id, seat.relation, seat.declared_name, seat.from_date, person.name, person.birth_date, person.id_index,
    person.id_index_next,
    seat.person_id = subject.applicant_id as is_applicant
  from subject
  join household_member as seat on seat.household_id = subject.household_id
    and seat.from_date <= subject.as_of and (seat.to_date is null or seat.to_date >= subject.as_of)
  join person on person.id = seat.person_id
  order by household_id, person_id, seat.from_date desc
)`;

/**
 * `given`: the subject with one column per parameter code. The nearest region decides, then the programme's own value
 * before the general one, then the latest word; a region without a value inherits its parent's, at last the one without region.
 * @param of what of the deciding parameter stands in its column
 */
export function given(codes: readonly string[], of: 'value' | 'id' = 'value'): string {
  if (codes.length === 0) return 'given as (select * from subject)';
  const column = (code: string) => `
    (array_agg(${of} order by distance, programme_own desc, known_from desc, valid_from desc) filter (where code = '${code}'))[1] as "${code}"`;
  return `
place as (select distinct region_code, programme from subject),
lineage as (
  with recursive step (region_code, programme, ancestor, distance) as (
    select region_code, programme, region_code, 0 from place
    union all
    select step.region_code, step.programme, region.parent_code, distance + 1 from step join region on region.code = step.ancestor
  )
  select * from step
),
setting as (
  select region_code, programme, ${codes.map(column).join(',')}
  from (
    select lineage.region_code, lineage.programme, lineage.distance, parameter.code, parameter.${of}, parameter.valid_from,
      parameter.known_from, parameter.programme is not null as programme_own
    from lineage
    join parameter on parameter.region_code is not distinct from lineage.ancestor
      and (parameter.programme is null or parameter.programme = lineage.programme)
    where parameter.code in (${codes.map((code) => `'${code}'`).join(', ')}) and parameter.valid_from <= $5
      and (parameter.valid_to is null or parameter.valid_to >= $5) and parameter.known_from <= $6
  ) as candidate
  group by region_code, programme
),
given as materialized (select * from subject left join setting using (region_code, programme))`;
}
