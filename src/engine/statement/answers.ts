/** Relation and view of a source: 'civil-affairs' → civil_affairs, civil_affairs_answer. */
export const relationOf = (source: string): string => source.replaceAll('-', '_');

/**
 * The latest row per household and member (and source, in the table of all) that was answered for exactly this case,
 * letter and purpose. `relation` is the table of answers, or the typed view of one source.
 */
export function latest(relation: string, key: readonly string[] = ['household_id', 'person_id']): string {
  const columns = key.map((column) => `answered.${column}`).join(', ');
  return `
  select distinct on (${columns}) answered.*
  from subject
  join ${relation} as answered on answered.household_id = subject.household_id and answered.case_id = subject.case_id
    and answered.letter_id = subject.letter_id and answered.purpose = subject.purpose
  order by ${columns}, answered.at desc, answered.id desc`;
}

/** Is the answer younger than its source lets it grow; NULL where it has no date. */
export const fresh = (answer: string): string => `${answer}.as_of + ${answer}.max_age >= $6`;

/** May the answer decide: found, or not found by a source that covers the regions asked about; and still fresh. */
export const usable = (answer: string): string =>
  `(${answer}.status = 'FOUND' or (${answer}.status = 'NOT_FOUND' and ${answer}.covered)) and ${fresh(answer)}`;

/** A relation named after the source, a row per member: its usable answer, or NULL in every column of the answer. */
export const sourceRelation = (source: string): string => `
${relationOf(source)} as materialized (
  select * from member left join (
    select *, status = 'FOUND' as found from (${latest(`${relationOf(source)}_answer`)}) as answer where ${usable('answer')}
  ) as usable_answer using (household_id, person_id)
)`;

/** `evidence`: one row per household, the ids of all usable answers beside their sources, in a fixed order. */
export function evidence(sources: readonly string[]): string {
  const used = sources.map((source) => `select household_id, person_id, id, '${source}' as source from ${relationOf(source)} where id is not null`);
  const none = 'select null::uuid as household_id, null::uuid as person_id, null::uuid as id, null::text as source where false';
  return `
evidence as (
  select household_id, array_agg(id order by source, person_id) as ids, array_agg(source order by source, person_id) as sources
  from (${[none, ...used].join('\n    union all ')}) as used
  group by household_id
)`;
}
