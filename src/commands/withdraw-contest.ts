import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { settleAgainNow } from '../queue/settle-again';
import { standingReport } from '../store/case-report';
import { openCaseOf } from '../store/letters/terms';
import { inUnit } from '../store/unit';
import { FactContest } from '../../schema/sharing/fact-contest';

export interface WithdrawContest {
  readonly id: string;
  readonly reason: string;
}

/** 撤回存疑: the record counts again as it is. Errors: NOT_FOUND, CASE_CLOSED, INVALID_INPUT, CONTEST_ENDED. */
export async function withdrawContest(ctx: RequestContext, { id, reason }: WithdrawContest): Promise<FactContest> {
  const endReason = freeText(reason, 'reason');
  const endedAt = ctx.hub.now();
  return inUnit(ctx, 'withdrawContest', async (em, client) => {
    const found = await em.findOne(FactContest, { id });
    if (!found) throw new HubError('NOT_FOUND', 'id');
    await openCaseOf(em, found.caseId);
    await standingReport(client, found.caseId, beijingDay(endedAt));
    const contest = await em.refreshOrFail(found, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (contest.endedAt) throw new HubError('CONTEST_ENDED', 'id');
    Object.assign(contest, { endedAt, endedBy: ctx.viewer.subject, endReason });
    await em.flush();
    await client.query(settleAgainNow(contest.caseId));
    return contest;
  });
}
