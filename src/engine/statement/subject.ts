/*
 * The first relations of every statement. Parameters of the statement, in order:
 * $1 households uuid[] · $2 cases uuid[] · $3 letters uuid[] (NULL: none) · $4 purpose · $5 day of judgement · $6 now ·
 * $7 sources whose answers may be looked at. Of a range: $1 its first household, $2 its last, $3 regions (NULL: all).
 */

/**
 * How many households a statement is planned for: one, prepared once for all; as many as it is given; or all in a range of
 * ids, where every relation is made by one operation on sets.
 */
export type Scale = 'ONE' | 'MANY' | 'RANGE';

const ASKED: Readonly<Record<Exclude<Scale, 'RANGE'>, string>> = {
  ONE: '(select ($1::uuid[])[1], ($2::uuid[])[1], ($3::uuid[])[1], 1)',
  MANY: 'unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality',
};

/**
 * `subject`: one row per household asked about, with its case. Outer joins behind a fence, because the planner takes inner
 * ones for far fewer rows than were asked about, and then loops over every pair of households.
 */
export const subject = (scale: Exclude<Scale, 'RANGE'>): string => `
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

/** Rows of the households in the range. */
export const inRange = (relation: string): string => `${relation}.household_id between $1::uuid and $2::uuid`;

/**
 * `subject` of a range: who has an open case on the day, by the latest of them and the letter in force on it, as a cross-check
 * takes them. Outer joins here too: the range stands on both sides of each, and the planner would multiply the two.
 */
export const subjectsInRange = (also: string): string => `
subject as materialized (
  select * from (
    select null::bigint as ordinal, household.id as household_id, household.region_code, in_force.id as letter_id,
      latest.id as case_id, latest.kind, latest.programme, latest.applicant_id, latest.submitted_on,
      latest.declared_income_fen, $4::text as purpose, $5::date as as_of
    from household
    left join (
      select distinct on (household_id) * from housing_case as opened
      where ${inRange('opened')} and submitted_on <= $5::date and (closed_on is null or closed_on > $5::date)
      order by household_id, submitted_on desc, id desc
    ) as latest on latest.household_id = household.id
    left join (
      select distinct on (case_id) id, case_id from letter as signed
      where ${inRange('signed')} and purpose = $4 and state = 'ACTIVE' and signed_on <= $5::date and valid_until >= $5::date
      order by case_id, signed_on desc, id desc
    ) as in_force on in_force.case_id = latest.id
    where household.id between $1::uuid and $2::uuid and case when $3::text[] is null then true else household.region_code = any ($3) end
      and $6::timestamptz is not null and $7::text[] is not null ${also}
    offset 0
  ) as found
  where case_id is not null
)`;

/** Columns of `member` that a relation of a source takes over where rules read them. */
export const MEMBER_COLUMNS = [
  ...[
    'case_id',
    'letter_id',
    'relation',
    'declared_name',
    'from_date',
    'name',
    'birth_date',
    'id_index',
    'id_index_next',
  ],
  'is_applicant',
];

const ON_THE_DAY = 'seat.from_date <= $5::date and (seat.to_date is null or seat.to_date >= $5::date)';

/** Seats with their subjects and persons; of a range behind a fence, by outer joins for the planner's sake. */
const seats = (scale: Scale): string =>
  scale === 'RANGE'
    ? `household_member as seat left join subject on subject.household_id = seat.household_id
    left join person on person.id = seat.person_id where ${inRange('seat')} and ${ON_THE_DAY} offset 0`
    : `subject join household_member as seat on seat.household_id = subject.household_id and ${ON_THE_DAY}
    join person on person.id = seat.person_id`;

/** `member`: one row per person who is a member on the day of judgement, first and last day included. */
export const member = (scale: Scale): string => `
member as materialized (
  select distinct on (household_id, person_id) * from (
    select subject.ordinal, subject.household_id, subject.case_id, subject.letter_id, seat.person_id, seat.relation,
      seat.declared_name, seat.from_date, person.name, person.birth_date, person.id_index, person.id_index_next,
      seat.person_id = subject.applicant_id as is_applicant
    from ${seats(scale)}
  ) as each_seat
  where case_id is not null
  order by household_id, person_id, from_date desc
)`;

const TAKEN = 'taken.from_date <= $5::date and (taken.to_date is null or taken.to_date >= $5::date)';

/**
 * `seat`: one row per member and household in which that person is a member on the day (`seat_of`), this one included. It is `sure` by the
 * number; NULL where another number sits there of which an officer has found by now that it is the same person (IdentityMatch).
 */
export const SEAT = `
seat as materialized (
  select member.household_id, member.person_id, taken.household_id as seat_of, true as sure
  from member join household_member as taken on taken.person_id = member.person_id and ${TAKEN}
  union all
  select member.household_id, member.person_id, taken.household_id, null
  from (
    select person_a as person_id, person_b as other_id from identity_match where state = 'SAME' and reviewed_at <= $6::timestamptz
    union all
    select person_b, person_a from identity_match where state = 'SAME' and reviewed_at <= $6::timestamptz
    offset 0
  ) as twin join member using (person_id) join household_member as taken on taken.person_id = twin.other_id and ${TAKEN}
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
    select lineage.region_code collate "C" as region_code, lineage.programme collate "C" as programme, lineage.distance, parameter.code, parameter.${of}, parameter.valid_from,
      parameter.known_from, parameter.programme is not null as programme_own
    from lineage
    join parameter on coalesce(parameter.region_code, '') = coalesce(lineage.ancestor, '')
      and (parameter.programme is null or parameter.programme = lineage.programme)
    where parameter.code in (${codes.map((code) => `'${code}'`).join(', ')}) and parameter.valid_from <= $5
      and (parameter.valid_to is null or parameter.valid_to >= $5) and parameter.known_from <= $6
  ) as candidate
  group by region_code, programme
),
given as materialized (select * from subject left join setting using (region_code, programme))`;
}
