import { createHash } from 'node:crypto';

/* RFC 9162 §2.1.3.2 and §2.1.4.2, written down from the text: what an auditor's own tool does with our proofs. */

const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const node = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.of(1), left, right);
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** Does the path lead from the leaf to the root? */
export function includes(leaf: string, index: number, size: number, path: readonly string[], root: string): boolean {
  if (index >= size) return false;
  let [fn, sn, r] = [index, size - 1, bytes(leaf)];
  for (const p of path.map(bytes)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = node(p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else r = node(r, p);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return sn === 0 && r.toString('hex') === root;
}

/** Is the first tree the beginning of the second? */
export function isBeginningOf(
  first: number,
  second: number,
  path: readonly string[],
  roots: readonly [string, string],
): boolean {
  if (first === second) return path.length === 0 && roots[0] === roots[1];
  const power = (first & (first - 1)) === 0;
  const [start, ...rest] = [...(power ? [bytes(roots[0])] : []), ...path.map(bytes)];
  let [fn, sn] = [first - 1, second - 1];
  while (fn % 2 === 1) [fn, sn] = [fn >> 1, sn >> 1];
  let [fr, sr] = [start!, start!];
  for (const c of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [node(c, fr), node(c, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else sr = node(sr, c);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return sn === 0 && fr.toString('hex') === roots[0] && sr.toString('hex') === roots[1];
}
