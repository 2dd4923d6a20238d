import fc from 'fast-check';
import { BatchCheckOutcome as Outcome, BatchCheckReason as Reason } from '../../schema/allocation/batch-check';
import type { LegalRule } from '../../schema/allocation/legal-rules';
import { AllocationStep } from '../../schema/allocation/step';
import { compareWithLaw, compareWithProcedure, verdictOf } from '../../src/engine/allocation/compare';
import { seedProperties } from '../support/seed';

seedProperties();

const STEPS = Object.values(AllocationStep);
const dayOf = (n: number): string => `2026-12-${String(n).padStart(2, '0')}`;
const order = fc.shuffledSubarray(STEPS, { minLength: 1 });
/** Few days, so that many fall together. */
const days = fc.dictionary(fc.constantFrom(...STEPS), fc.option(fc.integer({ min: 1, max: 6 })), {
  maxKeys: STEPS.length,
});
const mapOf = (taken: Readonly<Record<string, number | null>>) =>
  new Map(Object.entries(taken).map(([step, day]) => [step as AllocationStep, day === null ? null : dayOf(day)]));

describe('the comparison with a procedure', () => {
  it('finds what no way of filling in the unknown days would put right, passes what every way leaves right, and leaves the rest open', () => {
    fc.assert(
      fc.property(order, days, fc.boolean(), (steps, taken, closed) => {
        /* Every pair is asked alone: an unknown day may have been before all others, or after. */
        const oracle = steps.map((step, place) => {
          const day = taken[step];
          if (day === undefined) {
            const passed = closed || steps.slice(place + 1).some((other) => taken[other] !== undefined);
            return passed ? Outcome.FAIL : Outcome.NOT_DUE;
          }
          if (day === null) return Outcome.INCONCLUSIVE;
          const others = steps.slice(0, place).flatMap((other) => (taken[other] === undefined ? [] : [taken[other]]));
          const worlds = [0, 99].map((unknown) => others.every((other) => (other ?? unknown) <= day));
          if (worlds.every(Boolean)) return Outcome.PASS;
          return worlds.some(Boolean) ? Outcome.INCONCLUSIVE : Outcome.FAIL;
        });
        const checks = compareWithProcedure(steps, { taken: mapOf(taken), closed }, null);
        expect(checks.map(({ step }) => step)).toEqual(steps);
        expect(checks.map(({ outcome }) => outcome)).toEqual(oracle);
      }),
    );
  });
});

describe('the comparison with a rule', () => {
  const rules: LegalRule[] = [
    {
      code: 'x',
      kind: 'LEAST_DAYS',
      step: AllocationStep.PUBLICISE_QUALIFIED,
      before: [AllocationStep.SELECT_DWELLINGS, AllocationStep.SIGN_CONTRACTS],
    },
    {
      code: 'y',
      kind: 'REQUIRED',
      step: AllocationStep.PUBLICISE_QUALIFIED,
      before: [AllocationStep.SELECT_DWELLINGS, AllocationStep.SIGN_CONTRACTS],
    },
  ];

  it.each(rules)('that is $kind counts day by day, and lets no unknown pass or find', (rule) => {
    fc.assert(
      fc.property(days, fc.boolean(), fc.integer({ min: 1, max: 4 }), (taken, closed, value) => {
        const day = taken[rule.step];
        const after = rule.before.flatMap((step) => (taken[step] === undefined ? [] : [taken[step]]));
        /* Days are counted one by one: all that lie wholly between. */
        const between = (from: number, to: number) =>
          Array.from({ length: 120 }, (_, n) => n).filter((n) => n > from && n < to).length;
        const kept = (from: number, to: number) => (rule.kind === 'REQUIRED' ? to >= from : between(from, to) >= value);
        const oracle = (): Outcome => {
          if (day === undefined) {
            if (after.length > 0) return Outcome.FAIL;
            return closed && rule.kind === 'REQUIRED' ? Outcome.FAIL : Outcome.NOT_DUE;
          }
          if (day === null) return Outcome.INCONCLUSIVE;
          const worlds = [0, 110].map((unknown) => after.every((other) => kept(day, other ?? unknown)));
          if (after.length === 0) return rule.kind === 'REQUIRED' ? Outcome.PASS : Outcome.NOT_DUE;
          if (worlds.every(Boolean)) return Outcome.PASS;
          return worlds.some(Boolean) ? Outcome.INCONCLUSIVE : Outcome.FAIL;
        };
        const demand = { value: rule.kind === 'REQUIRED' ? 1 : value, documentNumber: '1' };
        const check = compareWithLaw(rule, demand, { taken: mapOf(taken), closed })!;
        expect([check.outcome, check.citation]).toEqual([oracle(), '1']);
        const unset = compareWithLaw(rule, null, { taken: mapOf(taken), closed })!;
        expect([unset.outcome, unset.reason]).toEqual([Outcome.INCONCLUSIVE, Reason.RULE_UNKNOWN]);
      }),
    );
  });
});

describe('the outcome of a batch', () => {
  it('is what weighs most: a finding, then what is not known, then what is not due', () => {
    const of = (...outcomes: Outcome[]) => verdictOf(outcomes.map((outcome) => ({ outcome })));
    const { PASS, FAIL, INCONCLUSIVE, NOT_DUE } = Outcome;
    expect(of(PASS, INCONCLUSIVE, FAIL, NOT_DUE)).toBe(FAIL);
    expect(of(PASS, NOT_DUE, INCONCLUSIVE)).toBe(INCONCLUSIVE);
    expect(of(PASS, NOT_DUE)).toBe(NOT_DUE);
    expect([of(PASS), of()]).toEqual([PASS, PASS]);
  });
});
