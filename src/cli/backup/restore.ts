import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { inBulk } from '../../population/load';
import { prepareDatabase } from '../prepare';
import { Refusal } from '../refusal';
import { fileOf, headOf, quoted } from './back-up';
import { hashed } from './copy';
import { readHeap } from './heap-files';
import type { Heap } from './heaps';
import { migrationsOf, partitionsOf, tablesOf } from './catalogue';
import { readManifest, type BackedUpTable, type Manifest } from './manifest';
import { NotOurs, unseal } from './sealed-stream';

export interface RestorePlan {
  /** Owner of an empty database. */
  readonly ownerUrl: string;
  readonly folder: string;
  readonly key: Buffer;
  readonly roleKey: Buffer;
  /** Of this version of the hub. */
  readonly migrations: readonly string[];
  /** Where what was kept beside the tables goes. */
  readonly heaps: readonly Heap[];
  readonly say: (line: string) => void;
}

/**
 * Fills an empty database from a backup, all of it or nothing: tables, roles and grants come from the migrations, rows,
 * sequences and the tree of the log from the backup, each compared with what the manifest says; then what is kept beside them, before
 * the rows are there for anybody. Fallen in between, it is done again: pieces that are there already stay. Throws Refusal.
 */
export async function restore(plan: RestorePlan): Promise<Manifest> {
  const { ownerUrl, roleKey, migrations, folder, key } = plan;
  const manifest = readManifest(folder, key);
  refuseOtherVersion(manifest, migrations);
  await refuseUnwhole(manifest, plan);
  const client = new Client({ connectionString: ownerUrl, application_name: 'anju_restore' });
  await client.connect();
  try {
    if ((await tablesOf(client)).length > 0) throw new Refusal('The database is not empty: restore into a new one.');
    await prepareDatabase(ownerUrl, roleKey);
    await refuseOtherShape(client, manifest);
    await alignPartitions(client, manifest);
    await inBulk(
      client,
      manifest.tables.map(({ name }) => name),
      () => load(client, manifest, plan),
      async () => undefined, // hashes, counts and the tree of the log were compared: what the guards let in then, they let in now
    );
    return manifest;
  } finally {
    await client.end();
  }
}

function refuseOtherVersion({ migrations: theirs }: Manifest, ours: readonly string[]): void {
  const lacking = ours.filter((name) => !theirs.includes(name));
  const unknown = theirs.filter((name) => !ours.includes(name));
  if (lacking.length + unknown.length > 0)
    throw new Refusal(
      `The backup is of another version of the hub (${[...lacking.map((name) => `without ${name}`), ...unknown.map((name) => `with ${name}`)].join(', ')}): restore it with that version, then migrate.`,
    );
}

async function refuseOtherShape(client: Client, manifest: Manifest): Promise<void> {
  const shape = (tables: readonly { name: string; columns: readonly string[] }[]) =>
    tables.map(({ name, columns }) => `${name} ${[...columns].sort().join()}`).join('\n');
  const applied = await migrationsOf(client);
  if (shape(await tablesOf(client)) !== shape(manifest.tables) || applied.join() !== manifest.migrations.join())
    throw new Refusal('The tables of the backup are not those of this version of the hub.');
}

/** A quarter that was pruned must not stand here as an empty one: what was in it would look deleted. */
async function alignPartitions(client: Client, manifest: Manifest): Promise<void> {
  const names = (partitions: Manifest['partitions']) => new Set(partitions.map(({ name }) => name));
  const [wanted, standing] = [names(manifest.partitions), names(await partitionsOf(client))];
  for (const name of standing) if (!wanted.has(name)) await client.query(`drop table ${name}`);
  for (const { parent, name } of manifest.partitions) {
    const [, year, quarter] = /_(\d{4})q([1-4])$/.exec(name) ?? [];
    if (standing.has(name) || !year) continue;
    const first = `${year}-${String(Number(quarter) * 3 - 2).padStart(2, '0')}-01`;
    await client.query('select ensure_partitions($1::text::regclass, $2, 1)', [parent, first]);
  }
}

type Source = Pick<RestorePlan, 'folder' | 'key' | 'heaps' | 'say'>;

async function load(client: Client, manifest: Manifest, source: Source): Promise<void> {
  await client.query(`truncate ${manifest.tables.map(({ name }) => name).join()}`);
  for (const table of manifest.tables) {
    await copyIn(client, manifest.id, table, source);
    source.say(`${table.name}: ${table.rows} rows`);
  }
  for (const { name, last, called } of manifest.sequences)
    await client.query('select setval($1::text::regclass, $2, $3)', [name, last, called]);
  await client.query('update log_state set horizon = 0, resume_tx = 0, resume_id = 0'); // numbers of another server's transactions
  const { log, size, root } = await headOf(client);
  const { head } = manifest;
  if (log !== head.log || size !== head.size || root !== head.root)
    throw new Refusal('The tree of the log is not the one that was backed up.');
  for (const heap of source.heaps) await putBack(manifest, heap, source);
}

async function putBack(manifest: Manifest, heap: Heap, source: Source): Promise<void> {
  const kept = manifest.heaps.find(({ name }) => name === heap.name);
  if (!kept) throw new Refusal(`The backup holds no ${heap.name}.`);
  await readHeap(manifest, kept, source, ({ name, content }) => heap.put(name, content));
  source.say(`${heap.name}: ${kept.pieces}`);
  for (const name of kept.lost) source.say(`${heap.name}: ${name} was missing or broken when the backup was made`);
}

/** Reads the whole backup before anything is touched. */
async function refuseUnwhole(manifest: Manifest, source: Source): Promise<void> {
  for (const table of manifest.tables)
    await readRows(manifest.id, table, source, new Writable({ write: (_, __, done) => done() }));
  for (const heap of manifest.heaps) await readHeap(manifest, heap, source, async () => undefined);
}

async function copyIn(client: Client, id: string, table: BackedUpTable, source: Source): Promise<void> {
  const into = client.query(copyFrom(`copy ${table.name} (${table.columns.map(quoted).join()}) from stdin`));
  await readRows(id, table, source, into);
  if (into.rowCount !== table.rows) throw new Refusal(`The rows of ${table.name} are not those that were backed up.`);
}

/** Opens a table's file and hands on its rows. */
async function readRows(id: string, table: BackedUpTable, { folder, key }: Source, into: Writable): Promise<void> {
  const { name, hash } = table;
  const digest = createHash('sha256');
  const file = createReadStream(fileOf(folder, table));
  await pipeline(file, unseal(key, `${id} ${name}`), createGunzip(), hashed(digest), into).catch((error: unknown) => {
    const { code } = error as { code?: string };
    if (code === 'ENOENT') throw new Refusal(`The backup is not whole: the rows of ${name} are missing.`);
    throw error instanceof NotOurs || code?.startsWith('Z_')
      ? new Refusal(`The rows of ${name} were changed or cut short.`)
      : error;
  });
  if (digest.digest('hex') !== hash) throw new Refusal(`The rows of ${name} are not those that were backed up.`);
}
