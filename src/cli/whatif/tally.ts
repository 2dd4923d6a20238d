import type { Conclusion } from '../../engine/evaluate';
import { suppress, type Shown } from './suppress';

/** What a change of numbers does to a household: 受益, 受损, 转为待补证. */
export const EFFECTS = ['gains', 'loses', 'becomesInconclusive'] as const;
export type Effect = (typeof EFFECTS)[number];

const BECOMES: Readonly<Record<Conclusion, Effect>> = {
  ELIGIBLE: 'gains',
  INELIGIBLE_PROPOSED: 'loses',
  PENDING_EVIDENCE: 'becomesInconclusive',
};

export const effectOf = (before: Conclusion, after: Conclusion): Effect | null =>
  before === after ? null : BECOMES[after];

/** Counts by county and programme with totals at the end of each; null is withheld. */
export interface Table {
  readonly counties: readonly string[];
  readonly programmes: readonly string[];
  readonly effects: Readonly<Record<Effect, Shown>>;
}

/** Counts households without knowing them. */
export class Tally {
  private readonly counts = new Map<string, number>();
  private readonly counties = new Set<string>();
  private readonly programmes = new Set<string>();

  add(county: string, programme: string, effect: Effect | null, households: number): void {
    this.counties.add(county);
    this.programmes.add(programme);
    if (effect === null) return;
    const key = [effect, county, programme].join('/');
    this.counts.set(key, (this.counts.get(key) ?? 0) + households);
  }

  /** What may be shown. No number of households that stay as they are: it would give the others away. */
  table(): Table {
    const [counties, programmes] = [[...this.counties].sort(), [...this.programmes].sort()];
    const shown = (effect: Effect): Shown => {
      const rows = counties.map((county) =>
        summed(programmes.map((programme) => this.counts.get([effect, county, programme].join('/')) ?? 0)),
      );
      return suppress([...rows, [...programmes, ''].map((_, at) => total(rows.map((row) => row[at]!)))]);
    };
    const [gains, loses, becomesInconclusive] = [shown('gains'), shown('loses'), shown('becomesInconclusive')];
    return { counties, programmes, effects: { gains, loses, becomesInconclusive } };
  }
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
const summed = (numbers: readonly number[]): number[] => [...numbers, total(numbers)];
