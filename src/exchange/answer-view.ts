import type { ClientBase } from 'pg';
import type { Connector } from './connector';
import { factsOf, type Kind } from './fact';

const ENVELOPE = `id, at, region_code, household_id, person_id, case_id, letter_id, purpose, query_id, status, fields, covered,
    as_of, max_age, due_at, retry_at, reason`;

const snake = (camel: string): string => camel.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** 'provident-fund' → provident_fund_answer */
export const answerView = (source: string): string => `${source.replaceAll('-', '_')}_answer`;

/** A fact's typed column; a sealed citizen number shows as `<whose>_index`, the blind index to compare with (and `_index_next`, while the index key is rotated). Lists have none. */
function column([name, { column: type, sealed }]: [string, Kind]): string[] {
  if (!type) return [];
  if (sealed) {
    const whose = snake(name.replace(/IdNumber$/, ''));
    return [`value #>> '{${name},index}' as ${whose}_index`, `value #>> '{${name},next}' as ${whose}_index_next`];
  }
  return [`(value ->> '${name}')::${type} as ${snake(name)}`];
}

/**
 * One source's answers with their facts as typed columns, for rules. A fact not asked or not known is NULL; so is every
 * fact of an answer that is not FOUND. Rows are seen under the reader's own policies.
 */
export function sqlView({ name, record }: Connector): string {
  const columns = [...factsOf(record)].flatMap(column).map((item) => `,\n    ${item}`);
  return `create view ${answerView(name)} with (security_invoker = true) as select ${ENVELOPE}${columns.join('')}\n  from answer where source = '${name}'`;
}

/** Brings the typed views to what the records declare. Run by the owner after migrations; one implicit transaction. */
export async function createAnswerViews(client: ClientBase, connectors: readonly Connector[]): Promise<void> {
  const views = connectors.map(({ name }) => answerView(name)).join(', ');
  await client.query(`
    select pg_advisory_xact_lock(20261123);
    drop view if exists ${views};
    ${connectors.map((connector) => `${sqlView(connector)};`).join('\n')}
    grant select on ${views} to anju_app, anju_engine`);
}
