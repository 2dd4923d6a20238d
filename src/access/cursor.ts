import { HubError } from '../errors';
import { IV_BYTES, TAG_BYTES, type SuiteName } from './crypto/suite';
import { suiteOf } from './crypto/suites';
import { keysOf, type DataKey, type PurposeKeys } from './keyring';

/** Opaque, authenticated page cursors, bound to the list and filters they were made for. They carry keys, never values of a person. */
export interface Cursors {
  write(list: string, key: readonly (string | number)[]): string;
  /** Throws INVALID_CURSOR when forged, altered or taken from another list. */
  read(list: string, cursor: string): (string | number)[];
}

/** @param given a key, or those of the key table: written under the current one, read under all that are not retired. */
export function makeCursors(given: Buffer | PurposeKeys): Cursors {
  const keys = keysOf(given);
  return {
    write(list, position) {
      const { material, provider } = keys.current();
      const suite = suiteOf(provider as SuiteName);
      const clear = Buffer.from(JSON.stringify(position));
      /* The same position gives the same cursor: pages stay cacheable. The key serves cursors only. */
      const iv = suite.mac(material, `${list}\n${clear.toString('utf8')}`).subarray(0, IV_BYTES);
      return Buffer.concat([iv, suite.encrypt(material, iv, clear, Buffer.from(list))]).toString('base64url');
    },
    read(list, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      if (bytes.length >= IV_BYTES + TAG_BYTES) {
        for (const key of keys.readable()) {
          const position = readUnder(key, list, bytes);
          if (position) return position;
        }
      }
      throw new HubError('INVALID_CURSOR', 'after');
    },
  };
}

function readUnder({ material, provider }: DataKey, list: string, bytes: Buffer): (string | number)[] | undefined {
  try {
    const suite = suiteOf(provider as SuiteName);
    const clear = suite.decrypt(material, bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES), Buffer.from(list));
    return JSON.parse(clear.toString('utf8'));
  } catch {
    return undefined;
  }
}
