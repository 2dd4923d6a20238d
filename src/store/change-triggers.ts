import { LOGIN_ROLES } from './roles';

/** A table that writes down its changes. */
export interface LoggedTable {
  readonly table: string;
  /** What the log calls a row. */
  readonly noun: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  /** SQL of what makes rows one set, of a row called `row`; undefined: each row is named by its key. */
  readonly set?: string;
}

export interface ChangeTriggers {
  readonly name: string;
  /** Of the function that the triggers run. */
  readonly body: string;
  readonly triggers: readonly string[];
}

/**
 * Statement-level triggers that write an entry for each changed row, or each set of rows, into write_entry: who (the
 * caller of the transaction, see `actingAs`), which act, which columns. A change by the owner at hand, without a caller,
 * is one entry for the whole statement. If the entry cannot be written the statement fails.
 */
export function changeTriggers(logged: LoggedTable): ChangeTriggers {
  const name = `log_change_of_${logged.table}`;
  const trigger = (event: string, referencing: string) => `
    create or replace trigger log_${event} after ${event} on ${logged.table} ${referencing} for each statement execute function ${name}()`;
  return {
    name,
    body: bodyOf(logged),
    triggers: [
      trigger('insert', 'referencing new table as new_rows'),
      trigger('update', 'referencing old table as old_rows new table as new_rows'),
      trigger('delete', 'referencing old table as old_rows'),
      trigger('truncate', ''),
    ],
  };
}

const COLUMNS = 'subject, role, office, request_id, verb, op, entity, entity_id, region_code, fields, rows';

function bodyOf(logged: LoggedTable): string {
  const { noun, columns } = logged;
  const region = (row: string) => (columns.includes('region_code') ? `min(${row}.region_code)` : 'null');
  const entry = (id: string, place: string, fields: string, rows: string) =>
    `insert into public.write_entry (${COLUMNS})
     select who ->> 'subject', who ->> 'role', who ->> 'office', who ->> 'requestId', coalesce(who ->> 'verb', lower(tg_op)),
       tg_op, '${noun}', ${id}, ${place}, ${fields}, ${rows}`;
  const detailed = (row: string, from: string, fields: string) =>
    `${entry(idOf(logged, row), region(row), fields, 'count(*)')} from ${from} group by ${idOf(logged, row)}`;
  const whole = (rows: string, fields: string) =>
    `${entry(`'*'`, 'null', fields, 'count(*)')} from ${rows} having count(*) > 0`;
  const all = literal(columns.map(camel));
  return `
declare
  caller jsonb := nullif(current_setting('app.caller', true), '')::jsonb;
  who jsonb := coalesce(caller, jsonb_build_object('subject', 'db:' || session_user, 'role', 'SYSTEM', 'office', '-',
    'requestId', 'tx:' || pg_current_xact_id()::text));
  by_row boolean := caller is not null or session_user in (${LOGIN_ROLES.map((role) => `'${role}'`).join(', ')});
begin
  if tg_op = 'INSERT' then
    if by_row then ${detailed('n', 'new_rows n', all)};
    else ${whole('new_rows', all)}; end if;
  elsif tg_op = 'UPDATE' then
    if by_row then ${detailed('n', `new_rows n left join old_rows o on ${sameKey(logged)}`, changed(columns))};
    else ${whole('new_rows', all)}; end if;
  elsif tg_op = 'DELETE' then
    if by_row then ${detailed('o', 'old_rows o', literal([]))};
    else ${whole('old_rows', literal([]))}; end if;
  else
    ${entry(`'*'`, 'null', literal([]), '0')};
  end if;
  return null;
end `;
}

/** Keys of several columns are joined as the object mapper joins them. */
const idOf = ({ set, key }: LoggedTable, row: string): string =>
  set
    ? `(${set.replaceAll('row.', `${row}.`)})::text`
    : `concat_ws('~~~', ${key.map((column) => `${row}.${column}`).join(', ')})`;

const sameKey = ({ key }: LoggedTable): string =>
  key.map((column) => `o.${column} is not distinct from n.${column}`).join(' and ');

/** Names of columns that differ in at least one row. Compared as text: not every type can be compared. */
const changed = (columns: readonly string[]): string =>
  `array_remove(array[${columns
    .map(
      (column) => `case when bool_or(n.${column}::text is distinct from o.${column}::text) then '${camel(column)}' end`,
    )
    .join(', ')}], null)`;

const literal = (names: readonly string[]): string => `'{${names.join(',')}}'::text[]`;

const camel = (column: string): string => column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
