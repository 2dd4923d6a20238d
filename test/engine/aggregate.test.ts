import { allKnown, anyKnown, countKnown, countSeen, greatestSeen, headcount, maxKnown, sumKnown } from '../../src/engine/aggregate';
import { yearsOld } from '../../src/engine/expression';
import { sql, type Sql } from '../../src/engine/sql';
import { ageOn } from '../../src/access/identity';
import fc from 'fast-check';
import { testDatabase, type TestDatabase } from '../support/database';
import { seedProperties } from '../support/seed';

seedProperties();
let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

async function over(values: readonly (number | boolean | null)[], type: 'bigint' | 'boolean', aggregate: Sql): Promise<unknown> {
  const { rows } = await base.db.engine.query(`select ${aggregate.text} as result from unnest($1::${type}[]) as t (x)`, [values]);
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
    for (const aggregate of [sumKnown(x), maxKnown(x)]) expect(await over([1, null, 5], 'bigint', aggregate)).toBeNull();
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

describe('yearsOld', () => {
  it('agrees with the age of the intake on any two days', async () => {
    const day = fc.date({ min: new Date('1930-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
    const leap = fc.constantFrom('2008-02-29', '2026-02-28', '2026-03-01', '2028-02-29');
    const pairs = fc.array(fc.tuple(fc.oneof(day, leap), fc.oneof(day, leap)), { minLength: 200, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(pairs, async (drawn) => {
        const ordered = drawn.map(([a, b]) => (a < b ? [a, b] : [b, a]) as [string, string]);
        const { rows } = await base.db.engine.query(
          `select ${yearsOld(sql`born`, sql`day`).text} as years from unnest($1::date[], $2::date[]) as t (born, day)`,
          [ordered.map(([born]) => born), ordered.map(([, on]) => on)],
        );
        expect(rows.map(({ years }) => years)).toEqual(ordered.map(([born, on]) => ageOn(born, on)));
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });
});
