import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { fileCipher } from '../../access/file-cipher';
import { SealBroken, type Seal } from '../../access/seal';
import type { Config } from '../../config';
import { isMissing, type FileStore } from '../../store/files/file-store';
import { openFiles } from '../../store/files/open';
import { OUTBOX } from '../../notices/file-outbox';
import { writeWhole } from '../../whole-file';

/** What the hub keeps beside its database: pieces by their names. */
export interface Heap {
  readonly name: 'files' | 'outbox';
  /** What the rows of this snapshot speak of, and what else there is. */
  names(snapshot: Client): Promise<readonly string[]>;
  /** Undefined where there is none, or where it is not what was kept. */
  sound(name: string, snapshot: Client): Promise<Buffer | undefined>;
  /** Of these, the ones that should be there still: nothing erased them meanwhile. */
  wanted(names: readonly string[], now: Client): Promise<readonly string[]>;
  /** The same again changes nothing; what is there and differs gives way. */
  put(name: string, content: Buffer): Promise<void>;
}

export const heapsOf = (config: Config, seal: Seal): readonly Heap[] => [
  documents(openFiles(config), seal),
  outbox(join(config.dataDir, OUTBOX)),
];

const KEPT = 'select id from application_document where length(sealed_key) > 0 order by id';
const ONE = 'select sealed_key as key, sha256 from application_document where id = $1';
const STILL = 'select id from application_document where id = any ($1::uuid[]) and length(sealed_key) > 0';

/** Sealed as they lie in the store: each is opened once, to see that it is what was handed in. */
function documents(files: FileStore, seal: Seal): Heap {
  const idsOf = async (client: Client, text: string, values: unknown[] = []): Promise<string[]> =>
    (await client.query<{ id: string }>(text, values)).rows.map(({ id }) => id);
  return {
    name: 'files',
    names: (snapshot) => idsOf(snapshot, KEPT),
    async sound(id, snapshot) {
      const content = await contentOf(files, id);
      const { rows } = await snapshot.query<{ key: Buffer; sha256: string }>(ONE, [id]);
      return content && (await isWhole(content, { id, ...rows[0]! }, seal)) ? content : undefined;
    },
    wanted: (ids, now) => idsOf(now, STILL, [ids]),
    async put(id, content) {
      const there = await contentOf(files, id);
      if (there?.equals(content)) return;
      if (there) await files.remove(id);
      await files.put(id, once(content));
    },
  };
}

async function contentOf(files: FileStore, id: string): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of files.get(id)) pieces.push(piece);
    return Buffer.concat(pieces);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function isWhole(
  content: Buffer,
  kept: { id: string; key: Buffer; sha256: string },
  seal: Seal,
): Promise<boolean> {
  const digest = createHash('sha256');
  try {
    for await (const piece of fileCipher(kept.key, kept.id, seal).open(once(content))) digest.update(piece);
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
  return digest.digest('hex') === kept.sha256;
}

async function* once(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}

/** Read after the snapshot: a message that the rows do not know yet is delivered already, and never twice. */
const outbox = (root: string): Heap => ({
  name: 'outbox',
  names: async () =>
    existsSync(root)
      ? readdirSync(root)
          .filter((name) => name.endsWith('.json'))
          .sort()
      : [],
  sound: async (name) => readFileSync(join(root, name)),
  wanted: async () => [],
  put: async (name, content) => writeWhole(join(root, name), content),
});
