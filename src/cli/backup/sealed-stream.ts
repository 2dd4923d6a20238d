import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

/*
 * A file of a backup: 32 random bytes, then frames of up to 64 KiB, each sealed by AES-256-GCM under a key of the file's own.
 * A frame's nonce is its number and whether it is the last, so that none can be left out, moved, or taken from another file.
 */
const SALT = 32;
const FRAME = 64 * 1024;
const TAG = 16;
const HEAD = 4;

/** The file is not what was written, or the key is another. */
export class NotOurs extends Error {}

const keyOf = (key: Buffer, salt: Buffer, name: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `anju backup ${name}`, 32));

function nonceOf(frame: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(frame, 0, 6);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
}

/** @param name binds the content to its place: a file does not open under another's name. */
export function seal(key: Buffer, name: string): Transform {
  const salt = randomBytes(SALT);
  const own = keyOf(key, salt, name);
  let [frame, open] = [0, Buffer.alloc(0)];
  const sealed = (content: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(frame, last));
    frame += 1;
    const text = Buffer.concat([cipher.update(content), cipher.final()]);
    const head = Buffer.alloc(HEAD);
    head.writeUInt32BE(text.length * 2 + (last ? 1 : 0));
    return Buffer.concat([head, text, cipher.getAuthTag()]);
  };
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      open = Buffer.concat([open, chunk]);
      for (; open.length > FRAME; open = open.subarray(FRAME)) this.push(sealed(open.subarray(0, FRAME), false));
      done();
    },
    flush(done) {
      done(null, sealed(open, true));
    },
  });
  transform.push(salt);
  return transform;
}

/** Throws {@link NotOurs} before it lets out a frame that is not as it was written, and at the end of a file cut short. */
export function unseal(key: Buffer, name: string): Transform {
  let [frame, held, ended] = [0, Buffer.alloc(0), false];
  let own: Buffer | undefined;
  const opened = (last: boolean, text: Buffer, tag: Buffer): Buffer => {
    const decipher = createDecipheriv('aes-256-gcm', own!, nonceOf(frame, last));
    decipher.setAuthTag(tag);
    frame += 1;
    return Buffer.concat([decipher.update(text), decipher.final()]);
  };
  const take = (stream: Transform): void => {
    if (!own && held.length >= SALT) {
      own = keyOf(key, held.subarray(0, SALT), name);
      held = held.subarray(SALT);
    }
    while (own && held.length >= HEAD) {
      const head = held.readUInt32BE();
      const [length, last] = [Math.floor(head / 2), head % 2 === 1];
      if (ended || length > FRAME) throw new NotOurs(name);
      if (held.length < HEAD + length + TAG) return;
      const end = HEAD + length;
      stream.push(opened(last, held.subarray(HEAD, end), held.subarray(end, end + TAG)));
      held = held.subarray(end + TAG);
      ended = last;
    }
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      held = Buffer.concat([held, chunk]);
      attempt(done, name, () => take(this));
    },
    flush(done) {
      done(ended && held.length === 0 ? null : new NotOurs(name));
    },
  });
}

function attempt(done: TransformCallback, name: string, work: () => void): void {
  try {
    work();
  } catch {
    return done(new NotOurs(name));
  }
  done();
}
