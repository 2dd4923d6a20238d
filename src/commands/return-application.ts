import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { stepOf, type OnApplication } from '../store/admission/step';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind } from '../../schema/admission/application-step';

export interface ReturnApplication extends OnApplication {
  /** Everything that is lacking, each in words. */
  readonly items: readonly string[];
}

const MOST_ITEMS = 50;

/** 一次性告知补正: tells at once all that is lacking. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT. */
export async function returnApplication(ctx: RequestContext, input: ReturnApplication): Promise<Application> {
  if (input.items.length === 0 || input.items.length > MOST_ITEMS)
    throw new HubError('INVALID_INPUT', 'items', `须一次列明全部补正事项，1 至 ${MOST_ITEMS} 项`);
  const items = input.items.map((item, at) => `${at + 1}. ${freeText(item, `items.${at}`, 200)}`);
  return stepOf(ctx, 'returnApplication', ApplicationStepKind.RETURN, input, () => ({ note: items.join('\n') }));
}
