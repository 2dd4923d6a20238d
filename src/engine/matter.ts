/** 符合 · 不符合 · 矛盾 (declared against found, for a person to settle) · 待核实 · 不适用. */
export type Outcome = 'PASS' | 'FAIL' | 'CONTRADICTION' | 'INCONCLUSIVE' | 'NOT_APPLICABLE';

/** Units of observed values and thresholds: whole cm², fen, ten-thousandths, years, months, persons. */
export type Unit = 'cm2' | 'fen' | 'bp' | 'year' | 'month' | 'person';

/** Why an answer cannot decide: its own status, gone stale, never asked, or no letter under which to ask. */
export type MissingStatus =
  | 'NO_LETTER'
  | 'NOT_ASKED'
  | 'BEING_ASKED'
  | 'STALE'
  | 'NOT_FOUND'
  | 'PENDING'
  | 'UNAVAILABLE'
  | 'REFUSED'
  | 'AMBIGUOUS'
  | 'CONFLICT'
  | 'IN_DOUBT';

/** A member for whom a source has given no answer that may decide. NOT_FOUND here means: without declared coverage. */
export interface Missing {
  readonly source: string;
  readonly personId: string;
  readonly applicant: boolean;
  readonly status: MissingStatus;
  readonly reason: string | null;
  /** When a deferred answer is due; when the source may be asked again. */
  readonly dueAt: Date | null;
  readonly retryAt: Date | null;
}

/** What a sentence may speak of. Never a name, never a citizen number. */
export interface Matter {
  readonly observed: number | null;
  readonly threshold: number | null;
  readonly note: string | null;
  /** Day of judgement, 'YYYY-MM-DD'. */
  readonly asOf: string;
  /** Answers that this rule needed and did not get. */
  readonly missing: readonly Missing[];
}
