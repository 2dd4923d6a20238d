import { guarded, type Sql } from './sql';

/** A fact that two sources know: what each says of it, and which prevails where they differ. */
export interface Agreement {
  /** Name of the fact in both records, 'deceasedOn', and its column. */
  readonly fact: string;
  readonly column: string;
  readonly between: readonly [string, string];
  /** What the rule reads of it: a boolean over the relation of a source and `given`. */
  readonly says: Sql;
  /** Code of the parameter that is the rule of precedence: 0 the first, 1 the second. Without a value neither prevails. */
  readonly precedence: string;
}

const [DIFFERS, DISPUTED] = [' differs', ' disputed'] as const;

/**
 * What the note of such a rule says beside its own words: sources differ about somebody; and nothing but such a difference, which no
 * rule of precedence settles, makes the rule fail.
 */
export const noteOfAgreement = (differs: Sql, disputed: Sql): Sql =>
  guarded`case when ${differs} then '${{ text: DIFFERS, written: [], parameters: [] }}' else '' end
    || case when ${disputed} then '${{ text: DISPUTED, written: [], parameters: [] }}' else '' end`;

export const differs = (note: string | null | undefined): boolean => note?.includes(DIFFERS) ?? false;
export const disputed = (note: string | null | undefined): boolean => note?.includes(DISPUTED) ?? false;
