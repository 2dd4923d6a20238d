/*
 * 轮候次序: a pure function of stored factors, a rule's numbers and a day. The same inputs give the same order, in whatever order
 * they come; no clock, no database.
 */

/** Numbers of the rule; `form` is the shape of the function itself. */
export interface QueueRule {
  readonly form: 1;
  /** Points at most, for no housing and no income at all. */
  readonly housing: number;
  readonly income: number;
  /** For each full year since the approval. */
  readonly year: number;
  /** Where what was chosen, or of a subsidy the funds, are to be had. */
  readonly choice: number;
  readonly funds: number;
  readonly areaLimitCm2: number;
  readonly incomeLimitFen: number;
}

/** Null is unknown. */
export interface Waiter {
  readonly id: string;
  readonly enteredOn: string;
  readonly areaCm2: number | null;
  readonly incomeFen: number | null;
  readonly recognised: boolean | null;
  readonly choiceMet: boolean | null;
}

export interface FactorPoints {
  readonly factor: 'HOUSING' | 'INCOME' | 'TIME' | 'CHOICE' | 'FUNDS';
  readonly value: number | null;
  readonly points: number;
}

/** A place given by hand, in the order of the decisions. */
export interface PlacedByHand {
  readonly entryId: string;
  readonly toRank: number;
}

export interface Place {
  readonly id: string;
  readonly rank: number;
  readonly points: number;
}

/** What each factor of somebody is worth on a day. An unknown one gives nothing. */
export function pointsOf(waiter: Waiter, rule: QueueRule, day: string, subsidy: boolean): FactorPoints[] {
  const income = waiter.recognised === true ? 0 : waiter.incomeFen;
  const years = fullYears(waiter.enteredOn, day);
  const choice = waiter.choiceMet === null ? null : Number(waiter.choiceMet);
  return [
    { factor: 'HOUSING', value: waiter.areaCm2, points: short(rule.housing, waiter.areaCm2, rule.areaLimitCm2) },
    { factor: 'INCOME', value: income, points: short(rule.income, income, rule.incomeLimitFen) },
    { factor: 'TIME', value: years, points: rule.year * years },
    {
      ...{ factor: subsidy ? ('FUNDS' as const) : ('CHOICE' as const), value: choice },
      points: (choice ?? 0) * (subsidy ? rule.funds : rule.choice),
    },
  ];
}

/** As many of the points as is lacking to the limit, rounded down. */
const short = (most: number, value: number | null, limit: number): number =>
  value === null || limit <= 0 ? 0 : Number((BigInt(most) * BigInt(Math.max(0, limit - value))) / BigInt(limit));

function fullYears(from: string, to: string): number {
  const [years, whole] = [Number(to.slice(0, 4)) - Number(from.slice(0, 4)), to.slice(5) >= from.slice(5)];
  return Math.max(0, whole ? years : years - 1);
}

/** The order: more points first, then the earlier approval, then the id; then what was decided by hand, one after the other. */
export function queueOrder(
  waiters: readonly Waiter[],
  rule: QueueRule,
  day: string,
  subsidy: boolean,
  byHand: readonly PlacedByHand[] = [],
): Place[] {
  const total = (waiter: Waiter) => pointsOf(waiter, rule, day, subsidy).reduce((sum, { points }) => sum + points, 0);
  const order = waiters.map((waiter) => ({ ...waiter, points: total(waiter) })).sort(before);
  for (const { entryId, toRank } of byHand) {
    const from = order.findIndex(({ id }) => id === entryId);
    if (from < 0) continue; // it has no place now
    const [moved] = order.splice(from, 1);
    order.splice(toRank - 1, 0, moved!);
  }
  return order.map(({ id, points }, at) => ({ id, points, rank: at + 1 }));
}

type Counted = Pick<Waiter, 'id' | 'enteredOn'> & Pick<Place, 'points'>;

const before = (a: Counted, b: Counted): number =>
  b.points - a.points || compare(a.enteredOn, b.enteredOn) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface Difference {
  readonly id: string;
  readonly stood: number | null;
  readonly computed: number | null;
}

/** Whose place is not the computed one, by id. */
export function differences(stood: readonly Omit<Place, 'points'>[], computed: readonly Place[]): Difference[] {
  const [was, is] = [stood, computed].map((places) => new Map(places.map(({ id, rank }) => [id, rank])));
  return [...new Set([...was!.keys(), ...is!.keys()])]
    .sort()
    .map((id) => ({ id, stood: was!.get(id) ?? null, computed: is!.get(id) ?? null }))
    .filter((each) => each.stood !== each.computed);
}
