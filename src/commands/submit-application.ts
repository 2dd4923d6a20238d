import type { QueryResultRow } from 'pg';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { gapsOf } from '../store/admission/form';
import { queryInScope } from '../store/database';
import { stepOf, type OnApplication } from '../store/admission/step';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';

/** By the division's kind, and fixed from now on. */
const FLOW_CHOSEN = guardOf(clause('IM-3.3'));

/**
 * 提交申请 [IM-3.3, IM-6(1)]: by an adult, with a letter of all adult members, with nothing lacking. Fixes the flow. Errors: NOT_FOUND, STALE_VERSION,
 * ILLEGAL_MOVE, WRONG_LEVEL, APPLICATION_INCOMPLETE telling all that is lacking, MINOR_APPLICANT, LETTER_NOT_COVERING.
 */
export async function submitApplication(ctx: RequestContext, input: OnApplication): Promise<Application> {
  const submitted = await stepOf(ctx, 'submitApplication', ApplicationStepKind.SUBMISSION, input).catch(
    async (error: unknown) => {
      throw error instanceof HubError && error.code === 'APPLICATION_INCOMPLETE' ? await allGaps(ctx, input) : error;
    },
  );
  FLOW_CHOSEN.let();
  return submitted;
}

/** 一次性告知: whatever is lacking, by its name. */
async function allGaps({ hub, viewer }: RequestContext, { applicationId }: OnApplication): Promise<HubError> {
  const query = async <Row extends QueryResultRow>(text: string, values: unknown[]) => ({
    rows: await queryInScope<Row>(hub.db.app, viewer.regions, { text, values }),
  });
  const gaps = await gapsOf(query, applicationId, hub.now());
  return new HubError('APPLICATION_INCOMPLETE', 'applicationId', gaps.map(({ label }) => label).join('、'));
}
