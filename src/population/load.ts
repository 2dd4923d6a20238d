import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Copies each table's rows (see Sheet), in the tables' order. */
export async function copySheets<Table extends string>(
  client: Client,
  tables: Readonly<Record<Table, string>>,
  rowsOf: Readonly<Record<Table, Buffer>>,
): Promise<void> {
  for (const [table, columns] of Object.entries<string>(tables)) {
    const rows = rowsOf[table as Table];
    if (rows.length === 0) continue;
    const stream = client.query(copyFrom(`copy ${table} (${columns}) from stdin`));
    stream.end(rows);
    await finished(stream);
  }
}

const LINKS = `
  select conrelid::regclass::text as tab, quote_ident(conname) as link, pg_get_constraintdef(oid) as definition
  from pg_constraint where contype = 'f' and conrelid = any ($1::text[]::regclass[]) order by 1, 2`;

const FORCED = `select oid::regclass::text as name from pg_class where oid = any ($1::text[]::regclass[]) and relforcerowsecurity`;

/**
 * Loads tables in bulk, all or nothing: foreign keys are taken off and put back in the same transaction, which checks each
 * with one join instead of once per row; COPY also refuses row security, so the owner is exempt from it meanwhile, and from
 * the log of changes. Guards of letters sleep too: `check` must do what they would have done.
 */
export async function inBulk(
  owner: Client,
  tables: readonly string[],
  load: () => Promise<void>,
  check: () => Promise<void>,
): Promise<void> {
  await owner.query(`begin; set local maintenance_work_mem = '128MB'; set local synchronous_commit = off`);
  try {
    const { rows: links } = await owner.query<Record<'tab' | 'link' | 'definition', string>>(LINKS, [tables]);
    for (const { tab, link } of links) await owner.query(`alter table ${tab} drop constraint ${link}`);
    const { rows: forced } = await owner.query<{ name: string }>(FORCED, [tables]);
    for (const { name } of forced) await owner.query(`alter table ${name} no force row level security`);
    for (const table of tables) await owner.query(`alter table ${table} disable trigger user`);
    await load();
    for (const { tab, link, definition } of links) {
      await owner.query(`alter table ${tab} add constraint ${link} ${definition}`);
    }
    for (const table of tables) await owner.query(`alter table ${table} enable trigger user; analyze ${table}`);
    for (const { name } of forced) await owner.query(`alter table ${name} force row level security`);
    await check();
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}
