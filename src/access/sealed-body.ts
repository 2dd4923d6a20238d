import { freshIv } from './crypto/fresh-iv';
import { IV_BYTES } from './crypto/suite';
import { rowKeyIn, sealedRowKey } from './row-key';
import { SealBroken, type Seal, type SealPlace } from './seal';

/** A text under a key of its own: without the key, which can be destroyed alone, nobody reads it. */
export interface SealedBody {
  readonly sealed: Buffer;
  readonly sealedKey: Buffer;
}

/** Place of an archive entry's own key. */
export const bodyKey = (entry: string): SealPlace => ({ table: 'archive_body', row: entry, column: 'sealed_key' });

const bound = (entry: string) => Buffer.from(`archive_body\n${entry}\nsealed`);

export function sealBody(text: string, entry: string, seal: Seal): SealedBody {
  const sealedKey = sealedRowKey(bodyKey(entry), seal);
  const { suite, material } = rowKeyIn(sealedKey, bodyKey(entry), seal);
  const iv = freshIv();
  const sealed = suite.encrypt(material.subarray(0, suite.keyBytes), iv, text, bound(entry), [iv]);
  return { sealed, sealedKey };
}

/** Throws SealBroken. */
export function openBody({ sealed, sealedKey }: SealedBody, entry: string, seal: Seal): string {
  const { suite, material } = rowKeyIn(sealedKey, bodyKey(entry), seal);
  try {
    const key = material.subarray(0, suite.keyBytes);
    return suite.decrypt(key, sealed.subarray(0, IV_BYTES), sealed.subarray(IV_BYTES), bound(entry)).toString('utf8');
  } catch {
    throw new SealBroken();
  }
}
