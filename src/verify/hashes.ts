import { createHash } from 'node:crypto';

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
};

export const sha256Hex = (text: string): string => sha256(text).toString('hex');

/** Lists are written as JSON with ", " between items, at every depth. */
type Item = string | null | readonly Item[];

const written = (item: Item): string =>
  item === null || typeof item === 'string' ? JSON.stringify(item) : `[${item.map(written).join(', ')}]`;

/** SHA-256(0x00 ‖ the items), the leaf of docs/audit-log.md. */
export const leafHash = (items: readonly Item[]): Buffer => sha256(Buffer.of(0), written(items));

/** SHA-256(salt ‖ whom or what the entry is about), hex. */
export const commitment = (salt: string, about: Buffer): string => sha256(uuidBytes(salt), about).toString('hex');

export const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

/** '2026-11-25T06:30:00.123456Z' from microseconds since 1970. */
export function instantOf(microseconds: string): string {
  const micros = BigInt(microseconds);
  const seconds = new Date(Number(micros / 1000n)).toISOString().slice(0, 19);
  return `${seconds}.${(micros % 1_000_000n).toString().padStart(6, '0')}Z`;
}

/** A tree that grows leaf by leaf and keeps only the roots of its complete subtrees, the largest first. */
export class GrowingTree {
  size = 0;
  private readonly peaks: { height: number; hash: Buffer }[] = [];

  add(leaf: Buffer): void {
    let [height, node] = [0, leaf];
    while (this.peaks.at(-1)?.height === height) {
      node = sha256(Buffer.of(1), this.peaks.pop()!.hash, node);
      height += 1;
    }
    this.peaks.push({ height, hash: node });
    this.size += 1;
  }

  /** Hex. */
  root(): string {
    const [last, ...others] = [...this.peaks].reverse();
    if (!last) return sha256().toString('hex');
    return others.reduce((right, left) => sha256(Buffer.of(1), left.hash, right), last.hash).toString('hex');
  }
}
