import { relationOf, usable, type Columns, type ColumnsOf } from './answers';
import { inRange } from './subject';

/*
 * What all sources told of the members of a range of households: one relation, a row a member, in the order of households and
 * persons. Made by joins of what is sorted that way already and kept once; what a source told is a part of it.
 */

const IDENTITY = 'household_id, person_id, case_id, letter_id';

/** Column of `told`: a source's own. */
const own = (source: string, column: string): string => `"${source} ${column}"`;

const partsOf = ({ ofAnswer }: Pick<Columns, 'ofAnswer'>): string[] => ['id', 'found', ...ofAnswer];
const listed = (columns: readonly string[]): string => columns.map((column) => `, ${column}`).join('');

/** The latest usable answers of a source, and of everything only what is read. */
function usableOf(source: string, columns: readonly string[]): string {
  const named = partsOf({ ofAnswer: columns }).map((column) => `${column} as ${own(source, column)}`);
  return `
  left join (
    select ${IDENTITY}${listed(named)} from (
      select distinct on (${IDENTITY}) ${IDENTITY}, id, status = 'FOUND' as found, ${usable('answered')} as usable${listed(columns)}
      from ${relationOf(source)}_answer as answered
      where ${inRange('answered')} and purpose = $4 and '${source}' = any ($7)
      order by ${IDENTITY}, at desc, status = 'PENDING', id desc
    ) as answer where usable
  ) as ${relationOf(source)} using (${IDENTITY})`;
}

/** `told`, and the relations named after the sources: the usable answer of each member, or NULL in every column of the answer. */
export function toldInRange(sources: readonly string[], columnsOf: ColumnsOf): string {
  const ofMember = new Set(sources.flatMap((source) => columnsOf(source).ofMember));
  const told = sources.flatMap((source) => partsOf(columnsOf(source)).map((column) => own(source, column)));
  const joined = sources.map((source) => usableOf(source, columnsOf(source).ofAnswer)).join('');
  const parts = sources.map((source) => {
    const { ofMember, ofAnswer } = columnsOf(source);
    const answered = partsOf({ ofAnswer }).map((column) => `${own(source, column)} as ${column}`);
    return `
${relationOf(source)} as not materialized (
  select household_id, person_id${listed([...ofMember, ...answered])} from told
)`;
  });
  return [
    `
told as materialized (
  select household_id, person_id${listed([...ofMember, ...told])} from member ${joined}
)`,
    ...parts,
  ].join(',');
}

/** `evidence` of a range: as of households that are named, and without sorting what is in order. */
export function evidenceInRange(sources: readonly string[]): string {
  const ids = sources.map((source) => {
    const id = own(source, 'id');
    return `coalesce(array_agg(${id} order by person_id) filter (where ${id} is not null), '{}')`;
  });
  const names = sources.map((source) => `array_fill('${source}'::text, array[count(${own(source, 'id')})::int])`);
  return `
evidence as (
  select household_id, ${[`'{}'::uuid[]`, ...ids].join(' || ')} as ids, ${[`'{}'::text[]`, ...names].join(' || ')} as sources
  from told group by household_id
)`;
}
