import fc from 'fast-check';
import { areaUnderCurve } from '../../bench/timing/two-samples';
import { seedProperties } from '../support/seed';

seedProperties();

describe('the statistic of the timing bench', () => {
  it('is 1, 0 and 0.5 where one sample lies above, below and upon the other', () => {
    expect([areaUnderCurve([3, 4], [1, 2]), areaUnderCurve([1, 2], [3, 4]), areaUnderCurve([1, 2], [2, 1])]).toEqual([
      1, 0, 0.5,
    ]);
  });

  it('counts pairs, ties by half', () => {
    const samples = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(samples, samples, (one, other) => {
        const wins = one.flatMap((a) => other.map((b) => (a > b ? 1 : a === b ? 0.5 : 0) as number));
        const share = wins.reduce((sum, each) => sum + each, 0) / wins.length;
        expect(areaUnderCurve(one, other)).toBeCloseTo(share, 10);
      }),
    );
  });
});
