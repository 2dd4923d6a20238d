import { createCipheriv, createDecipheriv, createHmac, randomFillSync } from 'node:crypto';

/** Where a sealed value lives; bound into the seal, so that two rows' values swapped do not open (security.md §4). */
export interface SealPlace {
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** Seals and finds citizen numbers: AES-256-GCM for keeping, HMAC-SHA-256 for equality, a key for each. */
export interface Seal {
  readonly keyId: string;
  seal(clear: string, place: SealPlace): Buffer;
  /** Throws when the bytes were changed or moved to another place. */
  open(sealed: Buffer, place: SealPlace): string;
  /** Blind index of a normalised citizen number. */
  index(idNumber: string): Buffer;
}

const IV = 12;
const TAG = 16;

/* Random bytes are drawn in bulk: one by one they cost as much as the cipher. Each IV is used once. */
const pool = Buffer.alloc(IV * 512);
let drawn = pool.length;

function freshIv(): Buffer {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += IV;
  return Buffer.from(pool.subarray(drawn - IV, drawn));
}

export function makeSeal(sealKey: Buffer, indexKey: Buffer, keyId = 'k1'): Seal {
  const boundTo = ({ table, row, column }: SealPlace) => Buffer.from(`${table}\n${row}\n${column}\n${keyId}`);
  return {
    keyId,
    seal(clear, place) {
      const iv = freshIv();
      const cipher = createCipheriv('aes-256-gcm', sealKey, iv).setAAD(boundTo(place));
      const body = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, body, cipher.getAuthTag()]);
    },
    open(sealed, place) {
      const opener = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(0, IV)).setAAD(boundTo(place));
      opener.setAuthTag(sealed.subarray(sealed.length - TAG));
      return Buffer.concat([opener.update(sealed.subarray(IV, sealed.length - TAG)), opener.final()]).toString('utf8');
    },
    index: (idNumber) => createHmac('sha256', indexKey).update(idNumber).digest(),
  };
}

/** Place of a person's own citizen number. */
export const personNumber = (personId: string): SealPlace => ({ table: 'person', row: personId, column: 'id_number' });
