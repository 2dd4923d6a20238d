import type { Hash } from 'node:crypto';
import { Transform } from 'node:stream';

/** Passes on what it hashes. */
export const hashed = (digest: Hash): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest.update(chunk);
      done(null, chunk);
    },
  });
