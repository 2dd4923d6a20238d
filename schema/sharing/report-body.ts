/*
 * 核对报告 as it is signed: canonical JSON of this shape. It holds no name and no number of a person, and nothing of the
 * request (no id, no time of it): the same inputs give the same hash. Instants are ISO 8601 in UTC.
 */

/** Name of the report's format; a change of its shape changes the number. */
export const REPORT_SCHEMA = 'anju/cross-check-report/2';

/** Of a report beside which officers hold something of their own, or in which sources differ; every other one keeps the format, and so its hash. */
export const SCHEMA_WITH_OFFICERS = 'anju/cross-check-report/3';

/** Formats in which reports were signed; all of them are read. Since 2 a finding names the numbers of the law. */
export type ReportSchema = 'anju/cross-check-report/1' | typeof REPORT_SCHEMA | typeof SCHEMA_WITH_OFFICERS;

/**
 * Why nothing was asked about a member: no live letter, one that names neither the source nor the member, or not yet;
 * BEING_ASKED: a source that answers later is being asked, and the next version of the report says when.
 */
export type NotAsked = 'NO_LETTER' | 'LETTER_NOT_COVERING' | 'NOT_ASKED' | 'BEING_ASKED';

export interface ReportBody {
  readonly schema: ReportSchema;
  readonly household: string;
  readonly case: string;
  readonly letter: string | null;
  readonly purpose: string;
  readonly asOf: string;
  readonly ruleSet: string;
  readonly conclusion: string;
  /** Every source of the purpose, with the state of every member there. */
  readonly sources: readonly {
    readonly source: string;
    readonly asked: boolean;
    readonly members: readonly MemberState[];
  }[];
  readonly findings: readonly ReportFinding[];
}

export interface MemberState {
  readonly person: string;
  readonly answer: string | null;
  /** Status of the answer, STALE included, or why there is none. */
  readonly status: string;
  readonly reason: string | null;
  readonly asOf: string | null;
  readonly dueAt: string | null;
  readonly retryAt: string | null;
}

export interface ReportFinding {
  readonly rule: string;
  readonly title: string;
  readonly citation: readonly string[];
  readonly outcome: string;
  readonly observed: number | null;
  readonly threshold: number | null;
  readonly unit: string | null;
  readonly sentence: string;
  readonly evidence: readonly string[];
  readonly missing: readonly MissingEvidence[];
  /** Numbers of the law that the rule leans on; absent in reports of format 1. */
  readonly parameters?: readonly ReportParameter[];
  /** 人工证据 in force, apart from the answers of sources; in reports of format 3 alone. */
  readonly papers?: readonly ReportPaper[];
  /** 存疑 that is open; in reports of format 3 alone. */
  readonly contests?: readonly ReportContest[];
  /** Where sources differ; in reports of format 3 alone. */
  readonly conflicts?: readonly ReportConflict[];
}

/** What two sources have on record of one fact, and whose word decides. */
export interface ReportConflict {
  readonly fact: string;
  readonly person: string;
  readonly told: readonly {
    readonly source: string;
    readonly answer: string;
    readonly value: string | null;
    readonly asOf: string;
  }[];
  /** Source that prevails by the rule of precedence in force; null where there is none. */
  readonly prevails: string | null;
  /** Code of the parameter that is that rule; its document stands among the finding's parameters. */
  readonly precedence: string;
}

/** What a source has on record, what is claimed instead, and since when the source has been asked to correct it. */
export interface ReportContest {
  readonly id: string;
  readonly source: string;
  readonly person: string;
  /** The answer contested; null where the record is the hub's own. */
  readonly answer: string | null;
  /** Outcome by what is on record. */
  readonly recorded: string;
  readonly claimed: string;
  readonly filedOn: string;
  readonly contestedBy: string;
  readonly contestedAt: string;
}

/** A document, who brought it, who confirmed it, and its last day. */
export interface ReportPaper {
  readonly id: string;
  /** Whom it is about; null: the household. */
  readonly person: string | null;
  readonly documentKind: string;
  readonly documentNumber: string;
  readonly issuedBy: string;
  readonly validUntil: string;
  readonly addedBy: string;
  readonly confirmedBy: string;
  readonly confirmedAt: string;
}

/** A number of the law as the household was judged by it, with its document and mark. */
export interface ReportParameter {
  readonly id: string;
  readonly code: string;
  readonly value: number;
  readonly unit: string;
  readonly documentNumber: string;
  /** SEED, NATIONAL, LOCAL or UNVERIFIED. */
  readonly mark: string;
  /** Region and programme that it was set for; null where it is for all. */
  readonly regionCode: string | null;
  readonly programme: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly knownFrom: string;
}

/** What would settle an INCONCLUSIVE finding. */
export interface MissingEvidence {
  readonly source: string;
  readonly person: string;
  readonly status: string;
  readonly reason: string | null;
  /** When an answer is due or the source may be asked again; null when time alone mends nothing, or while it is being asked. */
  readonly askAgainAt: string | null;
  /** Purpose for which a letter is missing; null when a letter is not what is missing. */
  readonly letter: string | null;
}
