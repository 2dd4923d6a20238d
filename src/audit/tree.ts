import { hash } from 'node:crypto';

/*
 * The Merkle tree of RFC 6962 §2.1 over leaf hashes that lie elsewhere. A node is (level, index): the root of the complete
 * subtree over leaves [index · 2^level, (index + 1) · 2^level).
 */

export const EMPTY_ROOT = Buffer.from(hash('sha256', '', 'hex'), 'hex');

/** Hash of an inner node. */
export const hashNode = (left: Buffer, right: Buffer): Buffer =>
  Buffer.from(hash('sha256', Buffer.concat([NODE, left, right]), 'hex'), 'hex');
const NODE = Buffer.from([1]);

/** Gives complete subtrees' roots. */
export type NodeAt = (level: number, index: number) => Promise<Buffer>;

/** Root of a power of two of hashes. */
export function rootOfComplete(hashes: readonly Buffer[]): Buffer {
  let row = hashes;
  while (row.length > 1) row = pairs(row);
  return row[0]!;
}

export const pairs = (row: readonly Buffer[]): Buffer[] =>
  Array.from({ length: row.length / 2 }, (_, at) => hashNode(row[2 * at]!, row[2 * at + 1]!));

/** MTH of the first `size` leaves. */
export const rootAt = (size: number, nodeAt: NodeAt): Promise<Buffer> =>
  size === 0 ? Promise.resolve(EMPTY_ROOT) : rootOf(0, size, nodeAt);

/** PATH(leaf, D[size]), RFC 6962 §2.1.1: hashes from the leaf's sibling up. */
export async function inclusionPath(leaf: number, size: number, nodeAt: NodeAt): Promise<Buffer[]> {
  const path: Buffer[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    if (leaf < middle) {
      path.push(await rootOf(middle, to, nodeAt));
      to = middle;
    } else {
      path.push(await rootOf(from, middle, nodeAt));
      from = middle;
    }
  }
  return path.reverse();
}

/** PROOF(older, D[newer]), RFC 6962 §2.1.2; 0 < older ≤ newer. */
export async function consistencyPath(older: number, newer: number, nodeAt: NodeAt): Promise<Buffer[]> {
  const path: Buffer[] = [];
  let [from, to, whole] = [0, newer, true];
  while (older < to) {
    const middle = from + largestPowerBelow(to - from);
    if (older <= middle) {
      path.push(await rootOf(middle, to, nodeAt));
      to = middle;
    } else {
      path.push(await rootOf(from, middle, nodeAt));
      [from, whole] = [middle, false];
    }
  }
  if (!whole) path.push(await rootOf(from, to, nodeAt));
  return path.reverse();
}

/** MTH of leaves [from, to); `from` is a multiple of the range's largest power of two. */
async function rootOf(from: number, to: number, nodeAt: NodeAt): Promise<Buffer> {
  const length = to - from;
  const power = largestPowerUpTo(length);
  const left = await nodeAt(Math.log2(power), from / power);
  return power === length ? left : hashNode(left, await rootOf(from + power, to, nodeAt));
}

/* By multiplication: bit operators would stop at 2^31 leaves. */
function largestPowerUpTo(length: number): number {
  let power = 1;
  while (power * 2 <= length) power *= 2;
  return power;
}

const largestPowerBelow = (length: number): number => largestPowerUpTo(length - 1);
