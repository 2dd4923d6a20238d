import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { rootAt } from '../../audit/tree';
import { nodesOf } from '../../audit/tree-rows';
import { Refusal } from '../refusal';
import { migrationsOf, partitionsOf, sequencesOf, tablesOf, type TableOf } from './catalogue';
import { hashed } from './copy';
import { packHeap } from './heap-files';
import type { Heap } from './heaps';
import { newManifest, writeManifest, type BackedUpHeap, type BackedUpTable, type Manifest } from './manifest';
import { seal } from './sealed-stream';

export interface BackupPlan {
  readonly ownerUrl: string;
  /** Made; must not hold anything yet. */
  readonly folder: string;
  readonly key: Buffer;
  /** What is kept beside the tables. */
  readonly heaps: readonly Heap[];
  readonly say: (line: string) => void;
}

export const fileOf = (folder: string, { name }: Pick<TableOf, 'name'>): string =>
  join(folder, `${name}.copy.gz.sealed`);

/**
 * Every table as it stood at one instant, compressed and sealed, a file each, then what is kept beside them; the manifest last. Writers
 * are not held up. A file is in its store before its row is written, so that none of the rows' files is too late.
 * Jobs are not among it: what was accepted stands in the tables, and the sweep gives it its job again.
 */
export async function backUp({ ownerUrl, folder, key, heaps, say }: BackupPlan): Promise<Manifest> {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Refusal(`${folder} is not empty.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const client = new Client({ connectionString: ownerUrl, application_name: 'anju_backup' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const id = randomUUID() as string;
    const { server, at } = (
      await client.query<{ server: string; at: Date }>(
        `select current_setting('server_version') as server, now() as at`,
      )
    ).rows[0]!;
    const [migrations, head] = [await migrationsOf(client), await headOf(client)];
    const partitions = await partitionsOf(client);
    const tables: BackedUpTable[] = [];
    for (const table of await tablesOf(client)) {
      tables.push(await copyOut(client, table, { id, folder, key }));
      say(`${table.name}: ${tables.at(-1)!.rows} rows`);
    }
    const sequences = await sequencesOf(client); // a sequence knows no snapshot: read last, it is never behind the rows
    const kept = await packAll(client, heaps, { place: { id, folder, key }, say });
    const when = { id, at: at.toISOString(), server };
    const manifest = newManifest({ ...when, migrations, tables, partitions, sequences, head, heaps: kept });
    writeManifest(folder, manifest, key);
    return manifest;
  } finally {
    await client.end();
  }
}

interface Place {
  readonly id: string;
  readonly folder: string;
  readonly key: Buffer;
}

interface Packing {
  readonly place: Place;
  readonly say: (line: string) => void;
}

/** What was erased while the backup ran is not lost. */
async function packAll(client: Client, heaps: readonly Heap[], { place, say }: Packing): Promise<BackedUpHeap[]> {
  const packed: (readonly [Heap, BackedUpHeap])[] = [];
  for (const heap of heaps) packed.push([heap, await packHeap(client, heap, place)]);
  await client.query('commit');
  const kept: BackedUpHeap[] = [];
  for (const [heap, { lost, ...rest }] of packed) {
    const missed = await heap.wanted(lost, client);
    kept.push({ ...rest, lost: [...missed] });
    say(`${heap.name}: ${rest.pieces}`);
    for (const name of missed) say(`${heap.name}: ${name} IS MISSING OR BROKEN and not in this backup`);
  }
  return kept;
}

async function copyOut(client: Client, table: TableOf, { id, folder, key }: Place): Promise<BackedUpTable> {
  const { name, columns } = table;
  const rows = client.query(copyTo(`copy (select ${columns.map(quoted).join()} from ${name}) to stdout`));
  const digest = createHash('sha256');
  const file = createWriteStream(fileOf(folder, table), { mode: 0o600, flags: 'wx', flush: true });
  await pipeline(rows, hashed(digest), createGzip({ level: 3 }), seal(key, `${id} ${name}`), file);
  return { name, columns: [...columns], rows: rows.rowCount, hash: digest.digest('hex') };
}

export const quoted = (column: string): string => `"${column}"`;

/** The tree of the log in this snapshot. */
export async function headOf(client: Client): Promise<Manifest['head']> {
  const { rows } = await client.query<{ log: string; size: string }>('select log_id as log, size::text from log_state');
  const [log, size] = [rows[0]!.log, Number(rows[0]!.size)];
  return { log, size, root: (await rootAt(size, nodesOf(client))).toString('hex') };
}
