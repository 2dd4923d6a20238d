import { randomBytes } from 'node:crypto';
import { IV_BYTES, type SuiteName } from './suite';
import { suiteOf } from './suites';

/** 主密钥: wraps data keys and does nothing else. */
export interface MasterKey {
  /** Names the key without telling it. */
  readonly name: string;
  /** @param place what the data key is, as text: a wrapped key moved to another place does not unwrap. */
  wrap(suite: SuiteName, material: Buffer, place: string): Buffer;
  /** Throws under another master key, or when a bit or the place differs. */
  unwrap(suite: SuiteName, wrapped: Buffer, place: string): Buffer;
}

const NAME_LENGTH = 12;

/** @param secret 32 bytes. Each suite wraps under a key of its own, derived from it. */
export function makeMasterKey(secret: Buffer): MasterKey {
  const wrapping = (suite: SuiteName) => suiteOf(suite).mac(secret, 'wrap').subarray(0, suiteOf(suite).keyBytes);
  return {
    name: suiteOf('aes').mac(secret, 'name').toString('hex').slice(0, NAME_LENGTH),
    wrap(suite, material, place) {
      const iv = randomBytes(IV_BYTES);
      return Buffer.concat([iv, suiteOf(suite).encrypt(wrapping(suite), iv, material, Buffer.from(place))]);
    },
    unwrap: (suite, wrapped, place) =>
      suiteOf(suite).decrypt(
        wrapping(suite),
        wrapped.subarray(0, IV_BYTES),
        wrapped.subarray(IV_BYTES),
        Buffer.from(place),
      ),
  };
}
