import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { settleAgainNow } from '../queue/settle-again';
import { standingBody, standingReport } from '../store/case-report';
import { contestable } from '../store/fact-contest';
import { openCaseOf } from '../store/letters/terms';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { inUnit } from '../store/unit';
import { FactContest } from '../../schema/sharing/fact-contest';

export interface ContestFact {
  readonly caseId: string;
  readonly rule: string;
  /** Source that has it on record; `housing` for the hub's own. */
  readonly source: string;
  readonly member: string;
  /** What is claimed to be true. */
  readonly claimed: string;
  readonly reason: string;
  /** 'YYYY-MM-DD', not after today; today when left out. */
  readonly filedOn?: string | null;
}

/**
 * 提出存疑: holds the finding in doubt until the source, where the correction is filed, answers anew. Errors: NOT_FOUND, CASE_CLOSED,
 * INVALID_INPUT naming the field, NOTHING_TO_CONTEST, ALREADY_CONTESTED.
 */
export async function contestFact(ctx: RequestContext, input: ContestFact): Promise<FactContest> {
  const { caseId, rule, source, member: personId } = input;
  const contestedAt = ctx.hub.now();
  const today = beijingDay(contestedAt);
  const claimed = freeText(input.claimed, 'claimed', DOCUMENT_NUMBER);
  const reason = freeText(input.reason, 'reason');
  const filedOn = pastDay(input.filedOn ?? today, 'filedOn', today);
  const { subject: contestedBy, role: contestedRole, office: contestedOffice } = ctx.viewer;
  return inUnit(ctx, 'contestFact', async (em, client) => {
    const { regionCode, householdId } = await openCaseOf(em, caseId);
    await standingReport(client, caseId, today); // none newer comes between
    const answerId = contestable(ctx.hub.engine.rules, await standingBody(client, caseId), { rule, source, personId });
    if (await em.count(FactContest, { caseId, rule, source, personId, endedAt: null }))
      throw new HubError('ALREADY_CONTESTED', 'source');
    const contest = em.create(FactContest, {
      ...{ id: randomUUID(), regionCode, householdId, caseId, rule, source, personId, answerId, claimed, reason },
      ...{ filedOn, contestedAt, contestedBy, contestedRole, contestedOffice },
      ...{ endedAt: null, endedBy: null, endedByAnswer: null, endReason: null },
    });
    await em.persist(contest).flush();
    await client.query(settleAgainNow(caseId));
    return contest;
  });
}
