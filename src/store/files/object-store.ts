import { createHash } from 'node:crypto';
import { addAbortSignal } from 'node:stream';
import type { _Object } from '@aws-sdk/client-s3';
import { openBucket, silent, type BucketSettings, type Outgoing } from './bucket';
import { fileId, isFileId, isMissing, type FileStore, type Kept } from './file-store';

export interface ObjectStoreSettings extends BucketSettings {
  /** Before every id, '' or with a slash at its end. */
  readonly prefix: string;
}

/**
 * Files in a bucket that speaks S3. A file waits whole in a folder of this machine first, so that it goes out with its length and hash
 * said before, by one request that the store takes whole or not at all.
 */
export function objectStore({ prefix, ...settings }: ObjectStoreSettings, spool: FileStore): FileStore {
  const bucket = openBucket(settings);
  const keyOf = (id: string): string => prefix + fileId(id);
  return {
    async put(id, content) {
      const key = keyOf(id);
      try {
        const outgoing = await intoSpool(spool, id, content);
        if (await bucket.has(key)) throw new Error('there is such a file');
        await bucket.put(key, outgoing);
      } finally {
        await spool.remove(id);
      }
    },
    async *get(id) {
      const key = keyOf(id);
      const signal = AbortSignal.timeout(settings.answerMs);
      try {
        yield* addAbortSignal(signal, await bucket.get(key, signal)) as AsyncIterable<Buffer>;
      } catch (error) {
        if (isMissing(error)) throw error;
        silent(error);
      }
    },
    async remove(id) {
      await spool.remove(id);
      await bucket.remove(keyOf(id));
    },
    async *list() {
      yield* spool.list();
      for (let next: string | undefined, more = true; more; more = next !== undefined) {
        const { Contents = [], NextContinuationToken } = await bucket.page(prefix, next);
        yield* (Contents as Required<_Object>[]).flatMap((found) => keptAs(found, prefix));
        next = NextContinuationToken;
      }
    },
  };
}

function keptAs({ Key, LastModified }: Required<_Object>, prefix: string): Kept[] {
  const id = Key.slice(prefix.length);
  return isFileId(id) ? [{ id, at: LastModified }] : [];
}

async function intoSpool(spool: FileStore, id: string, content: AsyncIterable<Buffer>): Promise<Outgoing> {
  const digest = createHash('sha256');
  let bytes = 0;
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const part of content) {
      digest.update(part);
      bytes += part.length;
      yield part;
    }
  }
  await spool.put(id, measured());
  return { read: () => spool.get(id), bytes, sha256: digest.digest('hex') };
}
