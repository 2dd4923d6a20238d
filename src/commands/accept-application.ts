import { beijingDay } from '../access/day';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { stepOf, type OnApplication } from '../store/admission/step';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';

/** 居民委员会（设区城市为街道办事处）受理申请. */
const ACCEPTED = guardOf(clause('IM-3.C1', 'IM-3.D1'));

/** 受理 [IM-3.C1, IM-3.D1]: gives a receipt and begins the first review. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL. */
export async function acceptApplication(ctx: RequestContext, input: OnApplication): Promise<Application> {
  const accepted = await stepOf(
    ctx,
    'acceptApplication',
    ApplicationStepKind.ACCEPTANCE,
    input,
    ({ id, regionCode }) => ({
      documentNumber: `受理-${regionCode}-${beijingDay(ctx.hub.now()).replaceAll('-', '')}-${id.slice(0, 8)}`,
    }),
  );
  ACCEPTED.let();
  return accepted;
}
