import fc from 'fast-check';
import { shownOf, stepsOf, type Exact } from '../../src/access/bands';
import { runSeed } from '../support/seed';

const YUAN = 100;
const M2 = 10_000;
const STEPS = stepsOf([1000 * YUAN, 1500 * YUAN], [10 * M2, 30 * M2]);
const of = (yuan: number | null, m2: number, areaTitle = '建筑面积'): Exact => ({
  ...{ incomeFen: yuan === null ? null : Math.round(yuan * YUAN), areaCm2: Math.round(m2 * M2), areaTitle },
});
const lines = (list: readonly Exact[], steps = STEPS) =>
  shownOf(list, steps).map(({ income, area }) => `${income ?? '未公布'}，${area ?? '未公布'}`);

const [LOW, MIDDLE, HIGH] = ['不超过 1000 元', '超过 1000 元、不超过 1500 元', '超过 1500 元'];
const area = (from: number, to: number) => `建筑面积 ${from} 平方米以上、不足 ${to} 平方米`;

describe('what the public list tells of incomes and areas [GX-10.2.3]', () => {
  it('is bands whose edges belong to the lower band of income and the upper band of area', () => {
    const list = [of(0, 50), of(1000, 59.9999), of(1000.01, 50), of(1500, 51), of(1500.01, 60), of(9000, 69)];
    expect(lines(list)).toEqual([
      ...[`${LOW}，${area(50, 60)}`, `${LOW}，${area(50, 60)}`],
      ...[`${MIDDLE}，${area(50, 60)}`, `${MIDDLE}，${area(50, 60)}`],
      ...[`${HIGH}，${area(60, 70)}`, `${HIGH}，${area(60, 70)}`],
    ]);
  });

  it('is the wider area for all of a band where one alone has its narrow one, so that it is not what is left', () => {
    expect(lines([of(800, 61), of(800, 62), of(800, 75)])).toEqual(Array(3).fill(`${LOW}，${area(60, 90)}`));
    const apart = [of(800, 61), of(800, 62), of(800, 75), of(1200, 71), of(1200, 72)];
    expect(lines(apart).slice(3)).toEqual(Array(2).fill(`${MIDDLE}，${area(70, 80)}`));
  });

  it('is no income where one alone has it even so, and nothing where nobody shares its area either', () => {
    const list = [of(800, 61), of(800, 62), of(1200, 65), of(9000, 65)];
    expect(lines(list)).toEqual([
      ...[`${LOW}，${area(60, 70)}`, `${LOW}，${area(60, 70)}`],
      ...[`未公布，${area(60, 90)}`, `未公布，${area(60, 90)}`],
    ]);
    expect(lines([of(800, 61)])).toEqual(['未公布，未公布']);
    expect(lines([of(800, 61), of(800, 61, '使用面积')])).toEqual(Array(2).fill('未公布，未公布'));
  });

  it('says the same of an income that nobody determined as of one that is withheld', () => {
    expect(lines([of(null, 65), of(1200, 65)])).toEqual(Array(2).fill(`未公布，${area(60, 90)}`));
    expect(lines([of(null, 65), of(null, 65)])).toEqual(Array(2).fill(`未公布，${area(60, 90)}`));
  });

  it('is nothing where the region has not set its bands, or has set none that make bands', () => {
    const list = [of(800, 61), of(800, 62)];
    for (const edges of [
      [null, 150_000],
      [100_000, null],
      [150_000, 100_000],
      [100_000, 100_000],
    ])
      expect(lines(list, stepsOf(edges, [10 * M2, 30 * M2]))).toEqual(Array(2).fill(`未公布，${area(60, 90)}`));
    for (const widths of [
      [null, 30 * M2],
      [10 * M2, null],
      [30 * M2, 10 * M2],
      [10 * M2, 25 * M2],
    ])
      expect(lines(list, stepsOf([100_000, 150_000], widths))).toEqual(Array(2).fill(`${LOW}，未公布`));
  });

  it('leaves nobody alone with what is shown of it, nor to be had by taking others away: any list', () => {
    const one = fc
      .tuple(fc.option(fc.integer({ min: 0, max: 3000 }), { nil: null }), fc.integer({ min: 15, max: 120 }))
      .map(([yuan, m2]) => of(yuan, m2));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), (list) => {
        const shown = shownOf(list, STEPS);
        const alike = (at: number) =>
          shown.filter((other) => other.income === shown[at]!.income && other.area === shown[at]!.area).length;
        for (const [at, { income, area: told }] of shown.entries()) {
          if (income === null && told === null) continue;
          expect(alike(at)).toBeGreaterThan(1);
          /* What is shown is true of it, and no band of income goes with a narrow area beside the wide one around it. */
          const [, from, to] = /(\d+) 平方米以上、不足 (\d+)/.exec(told!)!.map(Number);
          expect(list[at]!.areaCm2 / M2 >= from! && list[at]!.areaCm2 / M2 < to!).toBe(true);
          if (income === null || to! - from! === 10) continue;
          const beside = shown.filter((other) => other.income === income && other.area !== told);
          expect(
            beside.filter(
              ({ area: near }) =>
                Number(/(\d+) 平方米以上/.exec(near!)![1]) >= from! && Number(/不足 (\d+)/.exec(near!)![1]) <= to!,
            ),
          ).toEqual([]);
        }
      }),
      { seed: runSeed(), numRuns: 500 },
    );
  });
});
