import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { makeEngine } from '../../src/engine';
import { householdRanges } from '../../src/engine/ranges';
import { columnsRead } from '../../src/engine/statement/columns';
import { defineRule, type Rule } from '../../src/engine/rule';
import { sql } from '../../src/engine/sql';
import { makeTrial, rulesAfter, type Change, type Moved, type Proposed } from '../../src/engine/trial';
import { rules } from '../../src/rules';
import { housingDifficulty } from '../../src/rules/eligibility/housing-difficulty';
import { noHighEndVehicle } from '../../src/rules/eligibility/no-high-end-vehicle';
import { forgetKnownSince } from '../support/parameters';
import { seedProperties } from '../support/seed';
import { NOW, PURPOSE, TODAY } from './world/build';
import { Court } from './world/court';
import { applicant, child, cleanFamily, fund, property, spouse, vehicle } from './world/families';
import type { HouseholdPlan } from './world/plan';

seedProperties();
let court: Court;
beforeAll(async () => void (court = await Court.open(rules)));
afterAll(() => court.close());

const NUMBERS = {
  'housing.per-head-area-cm2': [0, 130_000, 2_000_000],
  'income.per-head-monthly-fen': [0, 150_001],
  'high-end-vehicle.price-fen': [0, 90_000_000],
  'hukou.non-local-admitted': [0, 1],
  'adult-age.years': [1, 60],
} as const;

const proposed: fc.Arbitrary<Proposed> = fc.constantFrom(...Object.entries(NUMBERS)).chain(([code, values]) =>
  fc.record({
    code: fc.constant(code),
    regionCode: fc.constantFrom('15', '150402', '150426', '45'),
    programme: fc.constantFrom(null, 'LOW_RENT'),
    value: fc.constantFrom<number>(...values),
    validFrom: fc.constant('2026-11-01'),
    validTo: fc.constant(null),
  }),
);

/** Couples with a child, sound but for how much they own and what they drive; some of whom an agency says nothing. */
const nearTheLimits: fc.Arbitrary<HouseholdPlan> = fc
  .record({
    regionCode: fc.constantFrom('150426', '150402', '450102'),
    programme: fc.constantFrom('LOW_RENT' as const, 'PUBLIC_RENTAL' as const),
    area: fc.constantFrom(0, 300_000, 400_000),
    price: fc.constantFrom(null, 8_000_000, 15_000_001),
    silent: fc.constantFrom(false, false, true),
  })
  .map(({ area, price, silent, ...plan }) => {
    const owned = silent ? { status: 'UNAVAILABLE' as const } : property(area);
    const [married] = cleanFamily.members;
    const answers = { ...married!.answers, property: owned, vehicle: vehicle(price), 'provident-fund': fund(40_000) };
    return { ...cleanFamily, ...plan, members: [{ ...applicant, answers }, spouse, child] };
  });

const load = ({ code, regionCode, programme, value, validFrom, validTo }: Proposed) =>
  court.base.owner.query(
    `insert into parameter (id, code, region_code, programme, value, unit, document_number, mark, valid_from, valid_to, known_from)
     select $1, $2, $3, $4, $5, unit, '示例', 'LOCAL', $6, $7, $8 from parameter where code = $2 limit 1`,
    [randomUUID(), code, regionCode, programme, value, validFrom, validTo, NOW],
  );

/** 'from → to' of every household of this place and programme, counted. */
function counted(moved: readonly Moved[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { regionCode, programme, before, after, households } of moved) {
    const key = `${regionCode} ${programme} ${before} → ${after}`;
    counts[key] = (counts[key] ?? 0) + households;
  }
  return counts;
}

/** Judges the plans as they stand by a change that nobody has made, range by range. */
async function tried(change: Change): Promise<Moved[]> {
  const { engine } = court.base.db;
  const { sources } = makeEngine(rulesAfter(change));
  const read = await columnsRead(engine, [...rules, ...rulesAfter(change)], sources);
  const trial = makeTrial(change, sources, read);
  const asked = { purpose: PURPOSE, asOf: TODAY, now: NOW, sources, regions: null };
  const moved: Moved[] = [];
  for (const range of await householdRanges(engine, 10, null))
    moved.push(...(await trial(engine, { ...asked, range })));
  return moved;
}

type Judged = Awaited<ReturnType<Court['evaluate']>>;

const moves = (plans: readonly HouseholdPlan[], before: Judged, after: Judged): Moved[] =>
  before.map(({ conclusion, regionCode }, at) => ({
    ...{ regionCode, programme: plans[at]!.programme, before: conclusion, after: after[at]!.conclusion, households: 1 },
  }));

const plans = fc.array(nearTheLimits, { minLength: 15, maxLength: 25 });
const movedAtAll = (expected: readonly Moved[]) => expected.filter((each) => each.before !== each.after).length;

describe('a trial of numbers', () => {
  it('tells of every place and programme what judging again would say once the numbers were loaded', async () => {
    const files = fc.uniqueArray(proposed, {
      maxLength: 4,
      selector: ({ code, regionCode, programme }) => `${code}/${regionCode}/${programme}`,
    });
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(plans, files, async (drawn, numbers) => {
        await court.base.owner.query('truncate household cascade');
        const built = await court.buildInForce(drawn);
        const moved = await tried({ rules, proposedRules: [], proposed: numbers });
        const before = await court.evaluate(built);
        for (const number of numbers) await load(number);
        const after = await court.evaluate(built);
        await forgetKnownSince(court.base.owner, NOW);
        const expected = moves(drawn, before, after);
        changed += movedAtAll(expected);
        expect(counted(moved)).toEqual(counted(expected));
      }),
      { numRuns: 10, endOnFailure: true },
    );
    expect(changed).toBeGreaterThan(0);
  });
});

/** Drafts of rules, and whether they move anybody. */
const DRAFTS: Readonly<Record<string, readonly [drafts: readonly Rule[], moves: boolean]>> = {
  'another text under the same code': [[defineRule({ ...noHighEndVehicle, programmes: undefined })], true],
  'a new wording beside the end of the old one': [
    [
      defineRule({ ...housingDifficulty, until: '2026-11-21' }),
      defineRule({ ...housingDifficulty, code: 'RR-07.2', since: TODAY, holds: sql`per_head_cm2 < 100000` }),
    ],
    true,
  ],
  'the end of a rule': [[defineRule({ ...housingDifficulty, until: '2026-11-21' })], true],
  'a rule of its own': [
    [defineRule({ ...noHighEndVehicle, code: 'RR-90', programmes: ['PUBLIC_RENTAL'], onFalse: 'CONTRADICTION' })],
    true,
  ],
  'a duty of the authority': [
    [defineRule({ ...housingDifficulty, code: 'RR-91', binds: 'AUTHORITY', holds: sql`false` })],
    false,
  ],
};

describe('a trial of drafts of rules', () => {
  it.each(Object.entries(DRAFTS))(
    'tells of %s what judging again by it would say, with numbers or without',
    async (_what, [proposedRules, moving]) => {
      let changed = 0;
      await fc.assert(
        fc.asyncProperty(plans, fc.array(proposed, { maxLength: 1 }), async (drawn, numbers) => {
          await court.base.owner.query('truncate household cascade');
          const built = await court.buildInForce(drawn);
          const alone = await tried({ rules, proposedRules, proposed: [] });
          const moved = await tried({ rules, proposedRules, proposed: numbers });
          const before = await court.evaluate(built);
          const replaced = new Set(proposedRules.map(({ code }) => code));
          const engine = makeEngine([...rules.filter(({ code }) => !replaced.has(code)), ...proposedRules]);
          await engine.ensureRuleSet(court.base.db.engine);
          const after = moves(drawn, before, await court.evaluate(built, {}, engine));
          for (const number of numbers) await load(number);
          const both = moves(drawn, before, await court.evaluate(built, {}, engine));
          await forgetKnownSince(court.base.owner, NOW);
          changed += movedAtAll(after);
          expect(counted(alone)).toEqual(counted(after));
          expect(counted(moved)).toEqual(counted(both));
        }),
        { numRuns: 3, endOnFailure: true },
      );
      expect(changed > 0).toBe(moving);
    },
  );
});
