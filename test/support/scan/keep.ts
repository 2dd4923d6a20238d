import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Client } from 'pg';
import { makeLog, type Logger } from '../../../src/log';
import { record } from './record.cjs';
import type { Kept } from './search';

/** Keeps something a hub wrote for the search at the end of the run. */
export const keep = (kind: Kept['kind'], place: string, text: string, port?: number): void =>
  record({ kind, place, text, ...(port === undefined ? {} : { port }) });

/** A log at its most talkative, kept; `and` hears each line too. */
export const keptLog = (place: string, and: (line: string) => void = () => undefined): Logger =>
  makeLog('trace', {
    write: (line) => {
      keep('log', place, line);
      and(line);
    },
  });

/** Every file below a folder, but those in which agencies are spoken to: there people go by their numbers. */
export function keepFiles(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const place = relative(folder, path);
    if (!entry.isFile() || NOT_THE_HUBS.test(place) || statSync(path).size > LARGEST) continue;
    keep('file', place, readFileSync(path, 'latin1'));
  }
}

/**
 * The server's own files hold the sandbox's world beside the hub's tables, which are searched as tables; parcels to and from
 * an agency name people by their numbers, and so do the sheets that a test itself lays down.
 */
const NOT_THE_HUBS = /(^|\/)(pg|mailbox|to-agency|from-agency|sftp|moved)(\/|$)|(?<!\.rejects)\.csv(\.part)?$/;
const LARGEST = 64 * 1024 * 1024;
/** What is kept of a table at a time, with what it has put aside (TOAST): PostgreSQL makes no text of more than a GiB. */
const BYTES = 64 * 1024 * 1024;

/** Tables, and how many of their pages, 8 KiB each, make so much. */
const TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name,
    greatest(1, ${BYTES} / (pg_table_size(c.oid) / (pg_relation_size(c.oid) / 8192)))::int as pages from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    and pg_relation_size(c.oid) > 0`;

/** Every row of every table of a hub, and every payload of a job it ever queued: see {@link REMEMBER_JOBS}. */
export async function keepTables(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ name: string; pages: number }>(TABLES);
  for (const { name, pages } of rows) {
    const kind = name.startsWith('scan.') ? 'job' : 'table';
    for (let from = 0, more = true; more; from += pages) {
      const held = await owner.query<{ rows: string | null; more: boolean }>(
        `select string_agg(t::text, e'\\n') as rows, pg_relation_size('${name}') / 8192 > ${from + pages} as more
         from ${name} t where ctid >= '(${from},0)' and ctid < '(${from + pages},0)'`,
      );
      keep(kind, name, held.rows[0]?.rows ?? '');
      more = held.rows[0]?.more ?? false;
    }
  }
}

/** A job is gone when it is done: a trigger of the tests' own template keeps what it was given. */
export const REMEMBER_JOBS = `
  create schema scan;
  create table scan.job (task int, payload text);
  create function scan.remember() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
    begin insert into scan.job values (new.task_id, new.payload::text); return new; end $$;
  revoke all on function scan.remember() from public;
  create trigger scan_remember before insert or update of payload on graphile_worker._private_jobs
    for each row execute function scan.remember()`;
