import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { stepOf, type OnApplication } from '../store/admission/step';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';

export interface DecideAppeal extends OnApplication {
  /** True: the review is done anew. */
  readonly upheld: boolean;
  readonly reasons: string;
}

/** 申诉决定: by the office above the last review. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function decideAppeal(ctx: RequestContext, input: DecideAppeal): Promise<Application> {
  const note = freeText(input.reasons, 'reasons');
  const kind = input.upheld ? ApplicationStepKind.APPEAL_UPHELD : ApplicationStepKind.APPEAL_DISMISSED;
  return stepOf(ctx, 'decideAppeal', kind, input, () => ({ note }));
}
