import {
  allKnown,
  anyKnown,
  countKnown,
  countSeen,
  greatestSeen,
  headcount,
  maxKnown,
  sumKnown,
} from '../../src/engine/aggregate';
import { sql, type Sql } from '../../src/engine/sql';
import { testDatabase, type TestDatabase } from '../support/database';

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

async function over(
  values: readonly (number | boolean | null)[],
  type: 'bigint' | 'boolean',
  aggregate: Sql,
): Promise<unknown> {
  const { rows } = await base.db.engine.query(
    `select ${aggregate.text} as result from unnest($1::${type}[]) as t (x)`,
    [values],
  );
  return rows[0].result;
}
const x = sql`x`;

describe('aggregates that keep an unknown unknown', () => {
  const T = true;
  const F = false;
  it.each([
    [[T], T, T],
    [[F], F, F],
    [[null], null, null],
    [[T, F], T, F],
    [[T, null], T, null],
    [[F, null], null, F],
    [[T, F, null], T, F],
  ])('any and all of %p are %p and %p (Kleene)', async (values, any, all) => {
    expect(await over(values, 'boolean', anyKnown(x))).toBe(any);
    expect(await over(values, 'boolean', allKnown(x))).toBe(all);
  });

  it('sum, greatest and count are unknown as soon as one item is', async () => {
    for (const aggregate of [sumKnown(x), maxKnown(x)])
      expect(await over([1, null, 5], 'bigint', aggregate)).toBeNull();
    expect(await over([1, 2, 5], 'bigint', sumKnown(x))).toBe(8);
    expect(await over([1, 2, 5], 'bigint', maxKnown(x))).toBe(5);
    expect(await over([T, F, T], 'boolean', countKnown(x))).toBe(2);
    expect(await over([T, null], 'boolean', countKnown(x))).toBeNull();
  });

  it('a sum that no reader holds exactly is unknown, and no fault', async () => {
    expect(await over([Number.MAX_SAFE_INTEGER, 1], 'bigint', sumKnown(x))).toBeNull();
  });

  it('what is only shown looks at what is known', async () => {
    expect(await over([1, null, 5], 'bigint', greatestSeen(x))).toBe(5);
    expect(await over([T, null, F], 'boolean', countSeen(x))).toBe(1);
    expect(await over([1, null, 5], 'bigint', headcount)).toBe(3);
  });
});
