import type { PoolClient } from 'pg';
import type { PaperKind } from '../../../schema/sharing/paper-evidence';

/** 人工证据 in force, as a report shows it: never the note, which speaks in somebody's own words. */
export interface Paper {
  readonly id: string;
  readonly rule: string;
  /** Whom it is about; null: the household. */
  readonly person: string | null;
  /** For whom it speaks: that member, or all who were members when it was brought. */
  readonly persons: readonly string[];
  readonly documentKind: PaperKind;
  readonly documentNumber: string;
  readonly issuedBy: string;
  readonly validUntil: string;
  readonly addedBy: string;
  readonly confirmedBy: string;
  readonly confirmedAt: Date;
}

/** 存疑, as a report shows it: never the reason. */
export interface Contest {
  readonly id: string;
  readonly rule: string;
  readonly source: string;
  readonly person: string;
  /** The answer contested; null where the record is the hub's own. */
  readonly answer: string | null;
  readonly claimed: string;
  readonly filedOn: string;
  readonly contestedBy: string;
  readonly contestedAt: Date;
}

/** What officers hold against or beside what the sources say of one case. */
export interface OfOfficers {
  readonly applicant: string;
  readonly papers: readonly Paper[];
  readonly contests: readonly Contest[];
}

type Client = Pick<PoolClient, 'query'>;
type Of<What> = What & { readonly caseId: string; readonly applicant: string };

const IN_FORCE = 'from housing_case c cross join lateral (select evidence_in_force(c.id, $2) as ids) as now';
const PAPERS = `
  select c.id as "caseId", c.applicant_id as applicant, p.id, p.rule, p.person_id as person, p.persons, p.document_kind as "documentKind",
    p.document_number as "documentNumber", p.issued_by as "issuedBy", p.valid_until as "validUntil", p.added_by as "addedBy",
    p.settled_by as "confirmedBy", p.settled_at as "confirmedAt"
  ${IN_FORCE} join paper_evidence p on p.case_id = c.id and p.id = any (now.ids)
  where c.id = any ($1::uuid[]) order by p.rule, p.settled_at, p.id`;
const CONTESTS = `
  select c.id as "caseId", c.applicant_id as applicant, f.id, f.rule, f.source, f.person_id as person, f.answer_id as answer, f.claimed,
    f.filed_on as "filedOn", f.contested_by as "contestedBy", f.contested_at as "contestedAt"
  ${IN_FORCE} join fact_contest f on f.case_id = c.id and f.id = any (now.ids)
  where c.id = any ($1::uuid[]) order by f.rule, f.contested_at, f.id`;

/** By case, what is in force on a day; a case without any is absent. */
export async function evidenceOfOfficers(
  client: Client,
  caseIds: readonly string[],
  today: string,
): Promise<Map<string, OfOfficers>> {
  const values = [caseIds, today];
  const papers = await client.query<Of<Paper>>({ name: 'papers-in-force', text: PAPERS, values });
  const contests = await client.query<Of<Contest>>({ name: 'contests-in-force', text: CONTESTS, values });
  const byCase = new Map<string, { applicant: string; papers: Paper[]; contests: Contest[] }>();
  const of = (caseId: string, applicant: string) => {
    const known = byCase.get(caseId) ?? { applicant, papers: [], contests: [] };
    byCase.set(caseId, known);
    return known;
  };
  for (const { caseId, applicant, ...paper } of papers.rows) of(caseId, applicant).papers.push(paper);
  for (const { caseId, applicant, ...contest } of contests.rows) of(caseId, applicant).contests.push(contest);
  return byCase;
}

/**
 * Ends the contests to which the source has given a newer answer: it was asked for after them. False where officers hold nothing of
 * any of the cases, which is the usual.
 */
export async function endAnswered(client: Client, caseIds: readonly string[], now: Date): Promise<boolean> {
  const { rows } = await client.query<{ more: boolean }>({
    name: 'end-contests',
    text: 'select end_contests($1, $2) as more',
    values: [caseIds, now],
  });
  return rows[0]!.more;
}
