import fc from 'fast-check';
import { differences, pointsOf, queueOrder, type QueueRule, type Waiter } from '../../src/engine/waiting-order';
import { seedProperties } from '../support/seed';

seedProperties();

const DAY = '2026-11-22';
const unknownOr = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(some, { nil: null });
const days = fc.date({ min: new Date('2015-01-01'), max: new Date(DAY), noInvalidDate: true });
const waiters: fc.Arbitrary<Waiter[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    enteredOn: days.map((day) => day.toISOString().slice(0, 10)),
    areaCm2: unknownOr(fc.nat({ max: 300_000 })),
    incomeFen: unknownOr(fc.nat({ max: 300_000 })),
    recognised: unknownOr(fc.boolean()),
    choiceMet: unknownOr(fc.boolean()),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
);
const weight = fc.integer({ min: 1, max: 1_000 });
const limit = fc.integer({ min: 1, max: 250_000 });
const rules: fc.Arbitrary<QueueRule> = fc.record({
  ...{ form: fc.constant(1 as const), housing: weight, income: weight, year: weight, choice: weight, funds: weight },
  ...{ areaLimitCm2: limit, incomeLimitFen: limit },
});
const ids = (places: readonly { readonly id: string }[]) => places.map(({ id }) => id);
const RULE: QueueRule = {
  ...{ form: 1, housing: 400, income: 300, year: 50, choice: 100, funds: 100 },
  ...{ areaLimitCm2: 150_000, incomeLimitFen: 200_000 },
};
const NOTHING = { areaCm2: null, incomeFen: null, recognised: null, choiceMet: null };

describe('the order of a queue', () => {
  it('is the same in whatever order the entries come', () => {
    fc.assert(
      fc.property(waiters, rules, fc.boolean(), fc.integer(), (all, rule, subsidy, by) => {
        const turned = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { numRuns: 1, seed: by })[0]!;
        expect(queueOrder(turned, rule, DAY, subsidy)).toEqual(queueOrder(all, rule, DAY, subsidy));
      }),
    );
  });

  it('has each place once, from the first on', () => {
    fc.assert(
      fc.property(waiters, rules, (all, rule) => {
        const places = queueOrder(all, rule, DAY, false);
        expect(places.map(({ rank }) => rank)).toEqual(all.map((_, at) => at + 1));
        expect(ids(places).sort()).toEqual(ids(all).sort());
      }),
    );
  });

  it('lowers nobody whose need grows: less housing, less income, an earlier approval, a choice that can be met', () => {
    const worse = fc.constantFrom<(one: Waiter, by: number) => Waiter>(
      (one, by) => ({ ...one, areaCm2: one.areaCm2 === null ? 0 : Math.max(0, one.areaCm2 - by) }),
      (one, by) => ({ ...one, incomeFen: one.incomeFen === null ? 0 : Math.max(0, one.incomeFen - by) }),
      (one) => ({ ...one, recognised: true }),
      (one) => ({ ...one, choiceMet: true }),
      (one) => ({ ...one, enteredOn: '2014-06-30' }),
    );
    fc.assert(
      fc.property(
        waiters,
        rules,
        fc.boolean(),
        worse,
        fc.nat(),
        fc.nat(300_000),
        (all, rule, subsidy, grows, at, by) => {
          const one = all[at % all.length]!;
          const then = all.map((each) => (each === one ? grows(one, by) : each));
          const rankIn = (of: Waiter[]) => queueOrder(of, rule, DAY, subsidy).find(({ id }) => id === one.id)!.rank;
          expect(rankIn(then)).toBeLessThanOrEqual(rankIn(all));
        },
      ),
    );
  });

  it('is changed by a decision for the one that it names, and for the others by no more than that', () => {
    fc.assert(
      fc.property(waiters, rules, fc.nat(), fc.nat(), (all, rule, who, where) => {
        const { id: entryId } = all[who % all.length]!;
        const toRank = (where % all.length) + 1;
        const [before, after] = [[], [{ entryId, toRank }]].map((byHand) => queueOrder(all, rule, DAY, false, byHand));
        expect(after!.find(({ id }) => id === entryId)!.rank).toBe(toRank);
        const others = (places: typeof before) => ids(places!).filter((id) => id !== entryId);
        expect(others(after)).toEqual(others(before));
      }),
    );
  });

  it('heeds no decision about who has no place now', () => {
    fc.assert(
      fc.property(waiters, rules, fc.uuid(), (all, rule, gone) => {
        fc.pre(!ids(all).includes(gone));
        const byHand = [{ entryId: gone, toRank: 1 }];
        expect(queueOrder(all, rule, DAY, false, byHand)).toEqual(queueOrder(all, rule, DAY, false));
      }),
    );
  });

  it('goes by the day of the approval where the points are equal, and then by the id', () => {
    const at = (id: string, enteredOn: string) => ({ id, enteredOn, ...NOTHING });
    const all = [at('a', '2026-03-01'), at('c', '2026-02-02'), at('b', '2026-02-02')];
    expect(ids(queueOrder(all, RULE, DAY, false))).toEqual(['b', 'c', 'a']);
  });

  /* Counted by hand: 400 × (15 − 9) / 15, 300 × (2000 − 500) / 2000, 50 × 3 full years. */
  it('explains its points by the factors of the law; what is unknown gives none; of dwellings the choice counts, of subsidies the funds', () => {
    const one = {
      id: 'a',
      enteredOn: '2023-11-22',
      areaCm2: 90_000,
      incomeFen: 50_000,
      recognised: false,
      choiceMet: true,
    };
    expect(pointsOf(one, RULE, DAY, false)).toEqual([
      { factor: 'HOUSING', value: 90_000, points: 160 },
      { factor: 'INCOME', value: 50_000, points: 225 },
      { factor: 'TIME', value: 3, points: 150 },
      { factor: 'CHOICE', value: 1, points: 100 },
    ]);
    const eve = pointsOf({ ...one, ...NOTHING, enteredOn: '2023-11-23' }, RULE, DAY, true);
    expect(eve).toEqual([
      { factor: 'HOUSING', value: null, points: 0 },
      { factor: 'INCOME', value: null, points: 0 },
      { factor: 'TIME', value: 2, points: 100 },
      { factor: 'FUNDS', value: null, points: 0 },
    ]);
    expect(pointsOf({ ...one, incomeFen: null, recognised: true }, RULE, DAY, false)[1]!.points).toBe(300);
    expect(pointsOf({ ...one, areaCm2: 200_000 }, RULE, DAY, false)[0]!.points).toBe(0);
  });
});

describe('two orders laid beside each other', () => {
  it('differ in whoever stands elsewhere, stands in one only, and in nobody else', () => {
    const place = (id: string, rank: number) => ({ id, rank, points: 0 });
    const [stood, computed] = [
      [place('a', 1), place('b', 3), place('c', 2)],
      [place('a', 1), place('b', 2), place('d', 3)],
    ];
    expect(differences(stood, computed)).toEqual([
      { id: 'b', stood: 3, computed: 2 },
      { id: 'c', stood: 2, computed: null },
      { id: 'd', stood: null, computed: 3 },
    ]);
    expect(differences(computed, computed)).toEqual([]);
  });
});
