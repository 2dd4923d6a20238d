/** Relation and view of a source: 'civil-affairs' → civil_affairs, civil_affairs_answer. */
export const relationOf = (source: string): string => source.replaceAll('-', '_');

/**
 * The latest row that was answered about `member` for exactly this case, letter and purpose. Looked up member by member, so
 * that the cost grows with their number and no faster. Where an answer came in the instant of its PENDING, it is the later.
 */
export const latest = (relation: string, also = ''): string => `
  select answered.* from ${relation} as answered
  where answered.household_id = member.household_id and answered.person_id = member.person_id
    and answered.case_id = member.case_id and answered.letter_id = member.letter_id and answered.purpose = $4 ${also}
  order by answered.at desc, answered.status = 'PENDING', answered.id desc limit 1`;

/** Is the answer younger than its source lets it grow; NULL where it has no date. */
export const fresh = (answer: string): string => `${answer}.as_of + ${answer}.max_age >= $6`;

/** May the answer decide: found, or not found by a source that covers the regions asked about; and still fresh. */
export const usable = (answer: string): string =>
  `(${answer}.status = 'FOUND' or (${answer}.status = 'NOT_FOUND' and ${answer}.covered)) and ${fresh(answer)}`;

/** Columns of a source's relation, besides `household_id`, `person_id`, `id` and `found`: those that rules read. */
export interface Columns {
  readonly ofMember: readonly string[];
  readonly ofAnswer: readonly string[];
}
export type ColumnsOf = (source: string) => Columns;

/** A relation named after the source, a row per member: its usable answer, or NULL in every column of the answer. */
export const sourceRelation = (source: string): string => `
${relationOf(source)} as materialized (
  select * from member left join lateral (
    select *, status = 'FOUND' as found from (${latest(`${relationOf(source)}_answer`, `and '${source}' = any ($7)`)}) as answer where ${usable('answer')}
  ) as usable_answer using (household_id, person_id, case_id, letter_id)
)`;

/** `evidence`: one row per household, the ids of all usable answers beside their sources, in a fixed order. */
export function evidence(sources: readonly string[]): string {
  const used = sources.map(
    (source, place) =>
      `select household_id, person_id, id, '${source}' as source, ${place} as place from ${relationOf(source)} where id is not null`,
  );
  const none =
    'select null::uuid as household_id, null::uuid as person_id, null::uuid as id, null::text as source, 0 as place where false';
  return `
evidence as (
  select household_id, array_agg(id order by place, person_id) as ids, array_agg(source order by place, person_id) as sources
  from (${[none, ...used].join('\n    union all ')}) as used
  group by household_id
)`;
}
