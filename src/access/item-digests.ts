import { randomBytes } from 'node:crypto';
import type { SuiteName } from './crypto/suite';
import { suiteOf } from './crypto/suites';
import type { Seal, SealPlace } from './seal';

/** 摘要: tells whether something was there before, and not what. Each row has a key of its own, so that no two can be compared. */
export interface ItemDigests {
  of(item: string): string;
}

const place = (row: string): SealPlace => ({ table: 'watch_mark', row, column: 'key' });

/** A fresh key for a row, sealed, with the suite it is for: a rotation seals it anew and changes no digest. */
export function sealedDigestKey(row: string, seal: Seal): Buffer {
  const [suite] = seal.keyId.split('-');
  return seal.seal(`${suite}:${randomBytes(32).toString('base64')}`, place(row));
}

export function digestsUnder(sealed: Buffer, row: string, seal: Seal): ItemDigests {
  const [suite, key] = seal.open(sealed, place(row)).split(':') as [SuiteName, string];
  const material = Buffer.from(key, 'base64');
  return { of: (item) => suiteOf(suite).mac(material, item).toString('hex') };
}

/** Sealed under the key in use. */
export const resealedDigestKey = (sealed: Buffer, row: string, seal: Seal): Buffer =>
  seal.seal(seal.open(sealed, place(row)), place(row));
