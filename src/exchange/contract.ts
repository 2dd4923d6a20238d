import type { PurposeGrant } from '../access/viewer';

/** States of an answer (domain.md §10). STALE is derived when read; the others are stored. Only FOUND and covered NOT_FOUND decide. */
export const ANSWER_STATUSES = [
  'FOUND',
  'NOT_FOUND',
  'PENDING',
  'UNAVAILABLE',
  'REFUSED',
  'STALE',
  'AMBIGUOUS',
  'CONFLICT',
  'IN_DOUBT',
] as const;
export type AnswerStatus = (typeof ANSWER_STATUSES)[number];

export interface Coverage {
  readonly regions: readonly string[];
  readonly from: string;
  readonly to: string | null;
}

/** The envelope of every fact an agency gave, or did not give. */
export interface Answer<Value = Record<string, unknown>> {
  readonly id: string;
  readonly personId: string;
  readonly status: AnswerStatus;
  readonly value: Value | null;
  readonly source: string;
  readonly sourceRecordId: string | null;
  readonly asOf: Date | null;
  readonly fetchedAt: Date;
  readonly coverage: Coverage | null;
  readonly letterId: string;
  readonly queryId: string;
  readonly fields: readonly string[];
  readonly reason: string | null;
  readonly askedAt: Date;
  readonly dueAt: Date | null;
  readonly retryAt: Date | null;
}

/** One person about whom a source is asked, under one letter. */
export interface Ask {
  readonly personId: string;
  readonly householdId: string;
  readonly caseId: string;
  readonly letterId: string;
  readonly regionCode: string;
}

/** A page of people, one source, one purpose: at most one call leaves. */
export interface Question {
  readonly source: string;
  readonly purpose: string;
  /** Fields of the source's record: selected ∩ permitted ∩ named in the purpose. Never empty. */
  readonly fields: readonly string[];
  readonly asks: readonly Ask[];
}

/** From a grant to a question about some of its persons; null where letter or purpose do not cover it. */
export function questionUnder(
  grant: PurposeGrant,
  source: string,
  fields: readonly string[],
  personIds: readonly string[],
): Question | null {
  const allowed = fields.filter((field) => grant.fields.has(`${source}.${field}`));
  const covered = personIds.filter((id) => grant.persons.has(id));
  if (!grant.sources.has(source) || allowed.length === 0 || covered.length === 0) return null;
  const { caseId, letterId, householdId, regionCode, purpose } = grant;
  return {
    source,
    purpose,
    fields: allowed,
    asks: covered.map((personId) => ({ personId, householdId, caseId, letterId, regionCode })),
  };
}
