import { createHmac } from 'node:crypto';

/** Pure: whoever knows the seed and the files draws the same, in the same order. */
export function drawn(files: readonly string[], seed: string, size: number): string[] {
  const marked = files.map((id) => ({ id, mark: createHmac('sha256', seed).update(id).digest('hex') }));
  return marked
    .sort((a, b) => (a.mark < b.mark ? -1 : 1))
    .slice(0, size)
    .map(({ id }) => id);
}
