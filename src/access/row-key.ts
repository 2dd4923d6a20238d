import { randomBytes } from 'node:crypto';
import type { Suite, SuiteName } from './crypto/suite';
import { suiteOf } from './crypto/suites';
import type { Seal, SealPlace } from './seal';

/** 行密钥: a key of one row alone, sealed in it. A rotation seals it anew and changes nothing of what was made with it. */
export interface RowKey {
  readonly suite: Suite;
  readonly material: Buffer;
}

/** A fresh key, sealed, with the suite it is for. */
export function sealedRowKey(place: SealPlace, seal: Seal): Buffer {
  const [suite] = seal.keyId.split('-');
  return seal.seal(`${suite}:${randomBytes(32).toString('base64')}`, place);
}

/** Throws SealBroken. */
export function rowKeyIn(sealed: Buffer, place: SealPlace, seal: Seal): RowKey {
  const [suite, key] = seal.open(sealed, place).split(':') as [SuiteName, string];
  return { suite: suiteOf(suite), material: Buffer.from(key, 'base64') };
}

/** Sealed under the key in use. */
export const resealedRowKey = (sealed: Buffer, place: SealPlace, seal: Seal): Buffer =>
  seal.seal(seal.open(sealed, place), place);
