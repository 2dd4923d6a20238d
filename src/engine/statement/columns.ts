import type { PoolClient } from 'pg';
import type { Rule } from '../rule';
import { relationOf, type Columns, type ColumnsOf } from './answers';
import { MEMBER_COLUMNS } from './subject';

/** Columns of an answer's view that its relation has under their own or another name anyhow. */
const MADE = ['id', 'household_id', 'person_id', 'case_id', 'letter_id', 'region_code'];

const COLUMNS = `
  select source, array(
    select attname::text from pg_attribute
    where attrelid = to_regclass(view) and attnum > 0 and not attisdropped and attname <> all ($3) order by attnum) as columns
  from unnest($1::text[], $2::text[]) as v (source, view)`;

/**
 * Which columns of members and of the views of answers occur in the SQL of the rules that read a source. What stands in no rule
 * is not taken out of a stored answer, and not carried along: over a million households that is most of the work.
 */
export async function columnsRead(
  client: Pick<PoolClient, 'query'>,
  rules: readonly Rule[],
  sources: readonly string[],
): Promise<ColumnsOf> {
  const views = sources.map((source) => `${relationOf(source)}_answer`);
  const { rows } = await client.query<{ source: string; columns: string[] }>(COLUMNS, [sources, views, MADE]);
  const read = new Map(rows.map(({ source, columns }) => [source, inWords(rules, source, columns)]));
  return (source) => read.get(source)!;
}

function inWords(rules: readonly Rule[], source: string, columns: readonly string[]): Columns {
  const readers = rules.filter(({ needs }) => needs.includes(source));
  const words = new Set(readers.flatMap(({ facts }) => facts.text.match(/[a-z_][a-z0-9_]*/g) ?? []));
  const read = (all: readonly string[]) => all.filter((column) => words.has(column));
  return { ofMember: read(MEMBER_COLUMNS), ofAnswer: read(columns) };
}
