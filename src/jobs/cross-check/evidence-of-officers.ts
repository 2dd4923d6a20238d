import type { PoolClient } from 'pg';
import type { PaperKind } from '../../../schema/sharing/paper-evidence';

/** 人工证据 in force, as a report shows it: never the note, which speaks in somebody's own words. */
export interface Paper {
  readonly id: string;
  readonly rule: string;
  /** Whom it is about; null: the household. */
  readonly person: string | null;
  readonly documentKind: PaperKind;
  readonly documentNumber: string;
  readonly issuedBy: string;
  readonly validUntil: string;
  readonly addedBy: string;
  readonly confirmedBy: string;
  readonly confirmedAt: Date;
}

/** What officers hold against or beside what the sources say of one case. */
export interface OfOfficers {
  readonly applicant: string;
  readonly papers: readonly Paper[];
}

const PAPERS = `
  select p.case_id as "caseId", c.applicant_id as applicant, p.id, p.rule, p.person_id as person, p.document_kind as "documentKind",
    p.document_number as "documentNumber", p.issued_by as "issuedBy", p.valid_until as "validUntil", p.added_by as "addedBy",
    p.settled_by as "confirmedBy", p.settled_at as "confirmedAt"
  from paper_evidence p join housing_case c on c.id = p.case_id
  where p.case_id = any ($1::uuid[]) and p.id = any (evidence_in_force(p.case_id, $2)) order by p.rule, p.settled_at, p.id`;

/** By case, what is in force on a day; a case without any is absent. */
export async function evidenceOfOfficers(
  client: Pick<PoolClient, 'query'>,
  caseIds: readonly string[],
  today: string,
): Promise<Map<string, OfOfficers>> {
  const { rows } = await client.query<Paper & { caseId: string; applicant: string }>({
    name: 'evidence-of-officers',
    text: PAPERS,
    values: [caseIds, today],
  });
  const byCase = new Map<string, { applicant: string; papers: Paper[] }>();
  for (const { caseId, applicant, ...paper } of rows) {
    const known = byCase.get(caseId) ?? { applicant, papers: [] };
    known.papers.push(paper);
    byCase.set(caseId, known);
  }
  return byCase;
}
