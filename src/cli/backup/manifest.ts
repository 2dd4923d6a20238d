import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { Refusal } from '../refusal';
import { writeWhole } from '../../whole-file';

const FORMAT = 2;

const Table = z.object({
  name: z.string().regex(/^[a-z_0-9]+$/),
  columns: z.array(z.string().regex(/^[a-z_0-9]+$/)),
  rows: z.number().int(),
  /** SHA-256 of the rows as COPY wrote them, hex. */
  hash: z.string(),
});

/** What is kept beside the tables, in one file a heap. */
const Heap = z.object({
  name: z.enum(['files', 'outbox']),
  pieces: z.number().int(),
  /** SHA-256 of all pieces with their names, hex. */
  hash: z.string(),
  /** Names of pieces that were missing or broken already. */
  lost: z.array(z.string()),
});

const Manifest = z.object({
  format: z.literal(FORMAT),
  /** Part of every file's name for its key: files of two backups do not mix. */
  id: z.uuid(),
  at: z.string(),
  server: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(Table),
  /** Quarters of growing tables, as they stood: some were pruned, some made since the migrations. */
  partitions: z.array(z.object({ parent: z.string().regex(/^[a-z_0-9]+$/), name: z.string().regex(/^[a-z_0-9]+$/) })),
  sequences: z.array(z.object({ name: z.string(), last: z.string(), called: z.boolean() })),
  heaps: z.array(Heap),
  head: z.object({ log: z.string(), size: z.number().int(), root: z.string() }),
});

export type Manifest = z.infer<typeof Manifest>;
export type BackedUpTable = Manifest['tables'][number];
export type BackedUpHeap = Manifest['heaps'][number];

const FILE = 'manifest.json';

export const newManifest = (manifest: Omit<Manifest, 'format'>): Manifest => ({ format: FORMAT, ...manifest });

export const holdsBackup = (folder: string): boolean => existsSync(join(folder, FILE));

/** Written last and at once: a folder without it is no backup. */
export function writeManifest(folder: string, manifest: Manifest, key: Buffer): void {
  writeWhole(join(folder, FILE), JSON.stringify({ manifest, mac: macOf(manifest, key) }, null, 2));
}

export function readManifest(folder: string, key: Buffer): Manifest {
  if (!holdsBackup(folder)) throw new Refusal(`${folder} holds no finished backup: ${FILE} is missing.`);
  const { manifest, mac } = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as { manifest: Manifest; mac: string };
  const [given, right] = [Buffer.from(String(mac), 'hex'), Buffer.from(macOf(manifest, key), 'hex')];
  if (given.length !== right.length || !timingSafeEqual(given, right))
    throw new Refusal(`${FILE} was changed, or HUB_BACKUP_KEY is not the key this backup was made with.`);
  if (manifest.format !== FORMAT)
    throw new Refusal('The backup is of another version of the hub: restore it with that one.');
  return Manifest.parse(manifest);
}

function macOf(manifest: Manifest, key: Buffer): string {
  const own = Buffer.from(hkdfSync('sha256', key, '', 'anju backup manifest', 32));
  return createHmac('sha256', own).update(canonicalize(manifest)!).digest('hex');
}
