import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { makeCursors } from '../../src/access/cursor';
import type { Connection } from '../../schema/page';
import { readPage } from '../../src/store/page';
import { seedProperties } from '../support/seed';

seedProperties();
const cursors = makeCursors(randomBytes(32));
const listOf = (keys: readonly number[], list = 'numbers') => ({
  list,
  keyOf: (key: number) => [key],
  read: async (after: readonly (string | number)[] | null, limit: number) =>
    keys.filter((key) => key > Number(after?.[0] ?? -1)).slice(0, limit),
});

describe('readPage', () => {
  it('shows every row once and in order, whatever the sizes of the pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat()), fc.integer({ min: 1, max: 200 }), async (numbers, first) => {
        const keys = [...numbers].sort((a, b) => a - b);
        const seen: number[] = [];
        let after: string | null = null;
        let more = true;
        while (more) {
          const page: Connection<number> = await readPage(cursors, { first, after }, listOf(keys));
          seen.push(...page.nodes);
          expect(page.edges.map(({ node }) => node)).toEqual(page.nodes);
          expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor ?? null);
          after = page.pageInfo.endCursor;
          more = page.pageInfo.hasNextPage;
        }
        expect(seen).toEqual(keys);
      }),
    );
  });

  it('takes no cursor that it did not make for this very list', async () => {
    const { pageInfo } = await readPage(cursors, { first: 1 }, listOf([1, 2, 3]));
    const bytes = Buffer.from(pageInfo.endCursor!, 'base64url');
    const altered = fc.nat(bytes.length * 8 - 1).map((bit) => {
      const copy = Buffer.from(bytes);
      copy[bit >> 3]! ^= 1 << (bit & 7);
      return copy.toString('base64url');
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(altered, fc.string(), fc.base64String()), async (after) => {
        await expect(readPage(cursors, { after }, listOf([1, 2, 3]))).rejects.toMatchObject({
          code: 'INVALID_CURSOR',
          field: 'after',
        });
      }),
    );
    const elsewhere = readPage(cursors, { after: pageInfo.endCursor }, listOf([1, 2, 3], 'numbers 15'));
    await expect(elsewhere).rejects.toMatchObject({ code: 'INVALID_CURSOR' });
  });
});
