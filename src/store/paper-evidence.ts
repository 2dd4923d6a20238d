import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import type { Rule } from '../engine/rule';
import { HubError } from '../errors';
import { PaperEvidence, type PaperState } from '../../schema/sharing/paper-evidence';
import { move, paperMoves } from '../../schema/transitions';
import { standingReport } from './case-report';
import { openCaseOf } from './letters/terms';

/** The rule, whose findings papers may pass. Errors: INVALID_INPUT for one that there is not, PROHIBITION_NOT_WAIVABLE. */
export function waivable(rules: readonly Rule[], code: string): Rule {
  const rule = rules.find((each) => each.code === code);
  if (!rule) throw new HubError('INVALID_INPUT', 'rule', '没有这条规则');
  if (rule.prohibition) throw new HubError('PROHIBITION_NOT_WAIVABLE', 'rule');
  return rule;
}

/** Whom evidence without a member speaks of. */
type Applicant = { readonly applicantId: string };

/**
 * Evidence of an open case, to be moved on: its case stays open, and no report and no decision comes meanwhile. Locks as deciding
 * does: case, report, evidence. Errors: NOT_FOUND, CASE_CLOSED.
 */
export async function paperToMove(
  em: EntityManager,
  client: ClientBase,
  id: string,
  today: string,
): Promise<{ paper: PaperEvidence; applicant: Applicant }> {
  const found = await em.findOne(PaperEvidence, { id });
  if (!found) throw new HubError('NOT_FOUND', 'id');
  const applicant = await openCaseOf(em, found.caseId);
  await standingReport(client, found.caseId, today);
  const paper = await em.refreshOrFail(found, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return { paper, applicant };
}

/** Moves evidence on and writes it. Error: ILLEGAL_MOVE. */
export async function movePaper(
  em: EntityManager,
  { paper, applicant: { applicantId } }: Awaited<ReturnType<typeof paperToMove>>,
  to: PaperState,
  how: Partial<PaperEvidence>,
): Promise<PaperEvidence> {
  Object.assign(paper, how, { state: move(paperMoves, paper.state, to) });
  await em.flush();
  return Object.assign(paper, { personId: paper.member ?? applicantId });
}
