import fc from 'fast-check';
import { makeEngine } from '../../src/engine';
import type { Evaluation } from '../../src/engine/evaluate';
import { rules } from '../../src/rules';
import { seedProperties } from '../support/seed';
import { degraded, household } from './world/arbitrary';
import { Court } from './world/court';

seedProperties();
let court: Court;
beforeAll(async () => void (court = await Court.open(rules)));
afterAll(() => court.close());

/** What a verdict is, without what differs from one judging to the next. */
const verdict = ({ outcome, observed, threshold, note, conclusion }: Evaluation) => ({
  outcome,
  observed,
  threshold,
  note,
  conclusion,
});

const pages = fc.array(
  household.chain((plan) => fc.tuple(fc.constant(plan), degraded(plan))),
  { minLength: 20, maxLength: 40 },
);

describe('an unknown [GX-10.1.2]', () => {
  it('moves a verdict to INCONCLUSIVE or not at all, whichever answers are lost', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(pages, async (page) => {
        const whole = await court.evaluate(await court.build(...page.map(([plan]) => plan)));
        const lossy = await court.evaluate(await court.build(...page.map(([, plan]) => plan)));
        whole.forEach(({ outcome }, i) =>
          outcome.forEach((before, j) => {
            const after = lossy[i]!.outcome[j]!;
            seen.add(`${rules[j]!.code} ${before}`);
            if (after !== before && after !== 'INCONCLUSIVE')
              throw new Error(`${rules[j]!.code}: ${before} became ${after}`);
          }),
        );
      }),
      { numRuns: 15, endOnFailure: true },
    );
    /* The households are rich enough for the promise to mean something: every rule was seen to hold and not to hold. */
    for (const { code, onFalse, unsourced } of rules) {
      if (unsourced) continue; // settled by papers alone
      expect(seen).toContain(`${code} PASS`);
      if (code !== 'RR-01' && code !== 'RR-03') expect(seen).toContain(`${code} ${onFalse}`);
    }
    for (const code of ['RR-05', 'RR-10', 'RR-11']) expect(seen).toContain(`${code} NOT_APPLICABLE`);
  });

  it('never makes a conclusion firmer', async () => {
    await fc.assert(
      fc.asyncProperty(pages, async (page) => {
        const whole = await court.evaluate(await court.build(...page.map(([plan]) => plan)));
        const lossy = await court.evaluate(await court.build(...page.map(([, plan]) => plan)));
        whole.forEach(({ conclusion }, i) => expect([conclusion, 'PENDING_EVIDENCE']).toContain(lossy[i]!.conclusion));
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });
});

describe('a verdict', () => {
  it('is the same alone, inside a page, and for members in any order', async () => {
    const shuffled = household.chain((plan) =>
      fc.tuple(fc.constant(plan), fc.shuffledSubarray([...plan.members.keys()], { minLength: plan.members.length })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(shuffled, { minLength: 5, maxLength: 8 }), async (drawn) => {
        const built = await court.build(...drawn.map(([plan]) => plan));
        const page = await court.evaluate(built);
        for (const [i, subject] of built.entries()) {
          expect((await court.evaluate([subject])).map(verdict)).toEqual([verdict(page[i]!)]);
        }
        const reordered = await court.build(...drawn.map(([plan, order]) => reorder(plan, order)));
        expect((await court.evaluate(reordered)).map(verdict)).toEqual(page.map(verdict));
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it('does not depend on the order of the rules, nor on which other rules are asked', async () => {
    const subsets = fc.shuffledSubarray([...rules], { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(subsets, fc.array(household, { minLength: 3, maxLength: 6 }), async (subset, plans) => {
        const built = await court.build(...plans);
        const other = makeEngine(subset);
        const [all, some] = [await court.evaluate(built), await court.evaluate(built, {}, other)];
        all.forEach((evaluation, i) => {
          const expected = subset.map(({ code }) => evaluation.outcome[court.engine.codes.indexOf(code)]);
          expect(some[i]!.outcome).toEqual(expected);
        });
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });
});

type Plan = Parameters<Court['build']>[number];

/** Members in another order; a spouse is named by place in the household, so the place moves along. */
function reorder(plan: Plan, order: readonly number[]): Plan {
  const moved = (answer: Plan['members'][number]['answers']['civil-affairs']) => {
    const named = answer?.value?.spouseIdNumber as { spouse: number | 'STRANGER' } | null | undefined;
    if (!answer || typeof named?.spouse !== 'number') return answer;
    return { ...answer, value: { ...answer.value, spouseIdNumber: { spouse: order.indexOf(named.spouse) } } };
  };
  const members = order.map((place) => {
    const each = plan.members[place]!;
    return { ...each, answers: { ...each.answers, 'civil-affairs': moved(each.answers['civil-affairs']) } };
  });
  return { ...plan, members };
}
