import type { AnswerStatus } from '../../../src/exchange/contract';

export const SOURCES = ['civil-affairs', 'police', 'property', 'provident-fund', 'vehicle'] as const;
export type Source = (typeof SOURCES)[number];

/** An answer as stored; what is left out is that of a good, fresh, covered one. */
export interface AnswerPlan {
  readonly status: Exclude<AnswerStatus, 'STALE'>;
  readonly value?: Readonly<Record<string, unknown>>;
  /** Facts asked for; the keys of `value` when left out. */
  readonly fields?: readonly string[];
  readonly covered?: boolean;
  readonly ageInDays?: number;
  readonly dueAt?: Date;
  readonly retryAt?: Date;
}

export interface MemberPlan {
  readonly relation: 'APPLICANT' | 'SPOUSE' | 'CHILD' | 'PARENT' | 'OTHER';
  readonly birthDate: string;
  readonly name: string;
  readonly declaredName?: string;
  readonly from?: string;
  readonly to?: string | null;
  readonly signature: 'SELF' | 'GUARDIAN' | null;
  /** A member of another household, by its place in the list of plans and of that household's members. */
  readonly samePersonAs?: readonly [household: number, member: number];
  readonly answers: Partial<Record<Source, AnswerPlan>>;
}

export interface HouseholdPlan {
  readonly regionCode: string;
  readonly closedOn?: string | null;
  readonly kind: 'APPLICATION' | 'ANNUAL_REVIEW' | 'RE_CHECK';
  readonly programme: 'LOW_RENT' | 'PUBLIC_RENTAL' | 'AFFORDABLE_SALE' | 'PRICE_CAPPED_SALE' | 'RENTAL_SUBSIDY';
  readonly submittedOn: string;
  readonly declaredIncomeFen: number | null;
  readonly letter: { readonly signedOn: string; readonly validUntil: string; readonly endedOn?: string | null } | null;
  readonly members: readonly MemberPlan[];
  /** Days on which earlier annual reviews were closed. */
  readonly reviewedOn?: readonly string[];
  /** Members, by place, who gave something back on a day. */
  readonly bars?: readonly { readonly member: number; readonly returnedOn: string; readonly liftedOn: string | null }[];
  /** Signals of misuse, and what somebody found there. */
  readonly inspections?: readonly {
    readonly kind: string;
    readonly seenFrom: string;
    readonly inspectedOn: string | null;
    readonly state: string;
  }[];
  readonly entitlements?: readonly {
    readonly programme: string;
    readonly since: string;
    readonly until: string | null;
  }[];
}

/** Stands in a civil-affairs value for the citizen number of a member (its place) or of somebody outside the household. */
export const spouseNumber = (member: number | 'STRANGER') => ({ spouse: member });
