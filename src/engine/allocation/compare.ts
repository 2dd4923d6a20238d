import {
  BatchCheckBasis as Basis,
  BatchCheckOutcome as Outcome,
  BatchCheckReason as Reason,
  type BatchCheck,
} from '../../../schema/allocation/batch-check';
import type { LegalRule } from '../../../schema/allocation/legal-rules';
import type { AllocationStep as Step } from '../../../schema/allocation/step';

/*
 * 批次比对: a pure function of what is on record of a batch, the order of its procedure and the numbers of law. No clock, no
 * database. What is not known makes a check INCONCLUSIVE: it neither passes nor finds anything.
 */

/** What is on record of a batch: each step that was taken with its day, null where that is not known. */
export interface Recorded {
  readonly taken: ReadonlyMap<Step, string | null>;
  readonly closed: boolean;
}

/** A number that a document gives; null where none does. */
export type Demand = { readonly value: number; readonly documentNumber: string } | null;

const DAY_MS = 86_400_000;
const NOTHING = { reason: null, against: null, observedDays: null, requiredDays: null, rule: null, citation: null };

/** 与所依据的分配程序版本逐项比对 [GX-6.2.2(1)]: a check for each step, in the procedure's order. */
export function compareWithProcedure(order: readonly Step[], batch: Recorded, citation: string | null): BatchCheck[] {
  return order.map((step, place) => {
    const found = batch.taken.has(step)
      ? orderOf(step, order.slice(0, place), batch)
      : absenceOf(order.slice(place + 1), batch);
    return { ...NOTHING, basis: Basis.PROCEDURE, step, citation, ...found };
  });
}

type Found = Pick<BatchCheck, 'outcome'> & Partial<BatchCheck>;

/** A step that is not there is lacking once a later one was taken, or the batch is closed. */
function absenceOf(later: readonly Step[], { taken, closed }: Recorded): Found {
  const against = later.find((other) => taken.has(other)) ?? null;
  if (against === null && !closed) return { outcome: Outcome.NOT_DUE };
  return { outcome: Outcome.FAIL, reason: Reason.SKIPPED, against };
}

/** On one day two steps are in order: which came first is not on record, and nothing forbids it. */
function orderOf(step: Step, earlier: readonly Step[], { taken }: Recorded): Found {
  const day = taken.get(step) ?? null;
  if (day === null) return { outcome: Outcome.INCONCLUSIVE, reason: Reason.DAY_UNKNOWN };
  const after = earlier.find((other) => (taken.get(other) ?? '') > day);
  if (after) return { outcome: Outcome.FAIL, reason: Reason.OUT_OF_ORDER, against: after };
  const unknown = earlier.find((other) => taken.get(other) === null);
  if (unknown) return { outcome: Outcome.INCONCLUSIVE, reason: Reason.DAY_UNKNOWN, against: unknown };
  return { outcome: Outcome.PASS };
}

/** 与法律法规规章及管理规定比对 [GX-6.2.2(2)]; null where the document in force says that the step need not be. */
export function compareWithLaw(rule: LegalRule, demand: Demand, batch: Recorded): BatchCheck | null {
  const known = { ...NOTHING, basis: Basis.LAW, step: rule.step, rule: rule.code };
  if (demand === null) return { ...known, outcome: Outcome.INCONCLUSIVE, reason: Reason.RULE_UNKNOWN };
  if (rule.kind === 'REQUIRED' && demand.value === 0) return null;
  const requiredDays = rule.kind === 'LEAST_DAYS' ? demand.value : null;
  const found = batch.taken.has(rule.step) ? periodOf(rule, requiredDays, batch) : lackOf(rule, batch);
  return { ...known, requiredDays, citation: demand.documentNumber, ...found };
}

/** Of a period only what follows it makes its lack a breach. */
function lackOf({ kind, before }: LegalRule, { taken, closed }: Recorded): Found {
  const against = before.find((other) => taken.has(other)) ?? null;
  if (against === null && !(closed && kind === 'REQUIRED')) return { outcome: Outcome.NOT_DUE };
  return { outcome: Outcome.FAIL, reason: Reason.SKIPPED, against };
}

/** Whole days: neither the day of the step nor that of what follows counts (Civil Code art. 201). */
function periodOf(rule: LegalRule, requiredDays: number | null, { taken }: Recorded): Found {
  const day = taken.get(rule.step) ?? null;
  const followed = rule.before.filter((other) => taken.has(other));
  if (day === null) return { outcome: Outcome.INCONCLUSIVE, reason: Reason.DAY_UNKNOWN };
  const gaps = followed.flatMap((against) => {
    const other = taken.get(against) ?? null;
    return other === null ? [] : [{ against, days: (Date.parse(other) - Date.parse(day)) / DAY_MS - 1 }];
  });
  const least = gaps.reduce<(typeof gaps)[number] | null>(
    (one, gap) => (one && one.days <= gap.days ? one : gap),
    null,
  );
  const observed = requiredDays === null || least === null ? null : Math.max(least.days, 0);
  const said = { against: least?.against ?? null, observedDays: observed };
  /* Without a period they may fall on one day: then there are -1 whole days between them. */
  if (least && least.days < (requiredDays ?? -1))
    return {
      ...said,
      outcome: Outcome.FAIL,
      reason: requiredDays === null ? Reason.OUT_OF_ORDER : Reason.PERIOD_TOO_SHORT,
    };
  const unknown = followed.find((other) => taken.get(other) === null);
  if (unknown) return { outcome: Outcome.INCONCLUSIVE, reason: Reason.DAY_UNKNOWN, against: unknown };
  if (requiredDays !== null && least === null) return { outcome: Outcome.NOT_DUE };
  return { ...said, outcome: Outcome.PASS };
}

/** Of all checks of a batch: what does not fit outweighs what is not known, and that what fits. */
export function verdictOf(checks: readonly Pick<BatchCheck, 'outcome'>[]): Outcome {
  const weight = [Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.NOT_DUE];
  return weight.find((one) => checks.some(({ outcome }) => outcome === one)) ?? Outcome.PASS;
}
