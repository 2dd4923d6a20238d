import type { RequestContext } from '../context';
import { waitingStep, type OnEntry } from '../store/waiting/step';
import type { WaitingListEntry } from '../../schema/waiting/waiting-list-entry';
import { WaitingStepKind } from '../../schema/waiting/waiting-step';

/** 登记参加批次. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL. */
export const registerForBatch = (ctx: RequestContext, input: OnEntry): Promise<WaitingListEntry> =>
  waitingStep(ctx, 'registerForBatch', WaitingStepKind.REGISTRATION, input);
