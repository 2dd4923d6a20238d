import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { HubError } from '../errors';

const IV = 12;
const TAG = 16;

/** Opaque, authenticated page cursors, bound to the list and filters they were made for. They carry keys, never values of a person. */
export interface Cursors {
  write(list: string, key: readonly (string | number)[]): string;
  /** Throws INVALID_CURSOR when forged, altered or taken from another list. */
  read(list: string, cursor: string): (string | number)[];
}

export function makeCursors(key: Buffer): Cursors {
  return {
    write(list, position) {
      const clear = Buffer.from(JSON.stringify(position));
      /* The same position gives the same cursor: pages stay cacheable. The key serves cursors only. */
      const iv = createHmac('sha256', key).update(list).update('\n').update(clear).digest().subarray(0, IV);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(list));
      const body = Buffer.concat([cipher.update(clear), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    read(list, cursor) {
      try {
        const bytes = Buffer.from(cursor, 'base64url');
        const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV)).setAAD(Buffer.from(list));
        opener.setAuthTag(bytes.subarray(IV, IV + TAG));
        const clear = Buffer.concat([opener.update(bytes.subarray(IV + TAG)), opener.final()]);
        return JSON.parse(clear.toString('utf8'));
      } catch {
        throw new HubError('INVALID_CURSOR', 'after');
      }
    },
  };
}
