/** What one call asked for; never about whom. */
export interface Asked {
  readonly people: number;
  readonly fields: readonly string[];
  readonly purpose: string;
}

type Event = 'refused' | 'polls' | 'tokens';

export interface Counts {
  /** Well-formed, authenticated questions, answered or not. */
  readonly calls: number;
  readonly people: number;
  /** Calls that asked for the field. */
  readonly fields: Readonly<Record<string, number>>;
  /** Requests turned away: bad credential, replay, malformed. */
  readonly refused: number;
  readonly polls: number;
  readonly tokens: number;
  readonly last: Asked | null;
}

const NOTHING: Counts = { calls: 0, people: 0, fields: {}, refused: 0, polls: 0, tokens: 0, last: null };

/** Anything that could be a citizen number, old or new, is kept out of what the control shows. */
const withoutNumbers = (text: string) => text.replace(/\d{15,17}[\dXx]?/g, '[number]');

/** Counts what an agency is asked: the connector spy of tests and benches. */
export class Tally {
  private counts: Counts = NOTHING;

  asked(asked: Asked): void {
    const last = { ...asked, fields: asked.fields.map(withoutNumbers), purpose: withoutNumbers(asked.purpose) };
    const fields = { ...this.counts.fields };
    for (const field of last.fields) fields[field] = (fields[field] ?? 0) + 1;
    const { calls, people } = this.counts;
    this.counts = { ...this.counts, calls: calls + 1, people: people + asked.people, fields, last };
  }

  add(event: Event): void {
    this.counts = { ...this.counts, [event]: this.counts[event] + 1 };
  }

  get(): Counts {
    return this.counts;
  }

  reset(): void {
    this.counts = NOTHING;
  }
}
