import { randomFillSync } from 'node:crypto';
import { IV_BYTES } from './suite';

/* Random bytes are drawn in bulk: one by one they cost as much as the cipher. Each IV is used once. */
const pool = Buffer.alloc(IV_BYTES * 512);
let drawn = pool.length;

export function freshIv(): Buffer {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += IV_BYTES;
  return Buffer.from(pool.subarray(drawn - IV_BYTES, drawn));
}
