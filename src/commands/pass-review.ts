import type { ClientBase } from 'pg';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import { unverified } from '../store/admission/verified';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import type { Factor } from '../engine/rule';
import { standingBody, standingReport } from '../store/case-report';
import { stepOf, type OnApplication } from '../store/admission/step';
import { AdmissionFlow, type Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';
import { ROUNDS } from '../../schema/admission/moves';

export interface PassReview extends OnApplication {
  /** The officer's opinion in writing. */
  readonly opinion: string;
  /** Hash of the report that was read; where the review is on one. */
  readonly report?: string | null;
}

/** 住房、收入 of a household, each settled and good. */
const MATTERS: readonly Factor[] = ['HOUSING', 'INCOME'];
const GOOD = ['PASS', 'PASS_BY_EVIDENCE', 'NOT_APPLICABLE'];

/** 会同民政、公安部门: by flow, with the opinions there must be. */
const JOINTLY: Readonly<Record<AdmissionFlow, ReturnType<typeof guardOf>>> = {
  [AdmissionFlow.COUNTY_FLOW]: guardOf(clause('IM-3.C5')),
  [AdmissionFlow.DISTRICTED_FLOW]: guardOf(clause('IM-3.D3', 'IM-3.D5')),
};

const LAST_ROUND = 3;

/** 终审全面核查: every matter, of every member. */
const ALL_VERIFIED: Readonly<Record<AdmissionFlow, ReturnType<typeof guardOf>>> = {
  [AdmissionFlow.COUNTY_FLOW]: guardOf(clause('IM-3.C6')),
  [AdmissionFlow.DISTRICTED_FLOW]: guardOf(clause('IM-3.D6')),
};

/**
 * 审核通过 [IM-3]: of the round that runs, by another person than the round before. The district's on housing and income, the last on
 * everything in the last report. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, SECOND_PERSON_REQUIRED, OPINION_MISSING,
 * LETTER_NOT_COVERING, REPORT_STALE, EVIDENCE_EXPIRED, DECISION_UNFOUNDED, INVALID_INPUT.
 */
export async function passReview(ctx: RequestContext, input: PassReview): Promise<Application> {
  const note = freeText(input.opinion, 'opinion');
  let joint = false;
  const passed = await stepOf(ctx, 'passReview', ApplicationStepKind.PASS, input, async (application, _em, client) => {
    const { verified, joint: agencies } = ROUNDS[application.flow][application.round - 1]!;
    joint = agencies.length > 0;
    if (verified === 'ON_PAPER') return { note };
    await refuseOutdated(ctx, client, application, input.report ?? '');
    if (verified === 'HOUSING_AND_INCOME') await refuseUnsettled(ctx, client, application);
    else await refuseUnverified(client, application);
    return { note, reportHash: input.report ?? null };
  });
  if (joint) JOINTLY[passed.flow].let();
  if (passed.round === LAST_ROUND) ALL_VERIFIED[passed.flow].let();
  return passed;
}

async function refuseOutdated(
  { hub }: RequestContext,
  client: ClientBase,
  { caseId }: Application,
  report: string,
): Promise<void> {
  const standing = await standingReport(client, caseId, beijingDay(hub.now()));
  if (standing?.hash !== report) throw new HubError('REPORT_STALE', 'report');
  if (standing.outdated) throw new HubError(standing.expired ? 'EVIDENCE_EXPIRED' : 'REPORT_STALE', 'report');
}

async function refuseUnsettled({ hub }: RequestContext, client: ClientBase, { caseId }: Application): Promise<void> {
  const body = await standingBody(client, caseId);
  const matters = hub.engine.factors(body?.findings ?? []).filter(({ factor }) => MATTERS.includes(factor));
  const open = MATTERS.filter(
    (matter) => !matters.some(({ factor, outcome }) => factor === matter && GOOD.includes(outcome)),
  );
  if (open.length > 0)
    throw new HubError(
      'DECISION_UNFOUNDED',
      'report',
      open.includes('HOUSING') ? '住房情况未核实符合' : '收入情况未核实符合',
    );
}

async function refuseUnverified(client: ClientBase, { caseId, flow }: Application): Promise<void> {
  const refusal = unverified(await standingBody(client, caseId), flow);
  if (refusal !== '') throw ALL_VERIFIED[flow].refuse(new HubError('DECISION_UNFOUNDED', 'report', refusal));
}
