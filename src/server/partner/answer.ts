import { GraphQLError, type FormattedExecutionResult } from 'graphql';
import { beijingDay } from '../../access/day';
import type { RequestContext } from '../../context';
import { HubError, type FaultCode } from '../../errors';
import { grantInForce } from '../../store/partners';
import { presentError } from '../faults';
import type { Question } from '../gateway';
import type { RegisteredDocument } from './admit';
import { issueReceipt } from './receipt';

/** Faults of one field that refuse the whole answer: beyond what was granted there is no part that may be shown. */
const WHOLE: readonly unknown[] = [
  'GRANT_NOT_IN_FORCE',
  'ROW_CAP_EXCEEDED',
  'DAILY_BUDGET_SPENT',
] satisfies FaultCode[];

/** The answer as a partner gets it: with its receipt in `extensions.receipt`, or refused as a whole. */
export async function receipted(
  context: RequestContext,
  question: Question,
  document: RegisteredDocument,
  result: FormattedExecutionResult,
): Promise<FormattedExecutionResult> {
  const refusal = result.errors?.map(({ extensions }) => extensions?.code).find((code) => WHOLE.includes(code));
  if (refusal) throw new HubError(refusal as FaultCode);
  if (result.data === null || result.data === undefined) return result;
  const receipt = await issueReceipt(context, question, document, result.data);
  return { ...result, extensions: { ...result.extensions, receipt } };
}

type Events = AsyncIterableIterator<FormattedExecutionResult>;

/** A partner's stream ends with its grant: looked up before each event is passed on. No generator: see `mapped` in gateway. */
export function whileGranted(
  { hub, requestId }: RequestContext,
  { grantId }: RegisteredDocument,
  events: Events,
): Events {
  let over = false;
  const ended = async (): Promise<FormattedExecutionResult> => {
    over = true;
    await events.return?.();
    const { code, message, extensions } = new HubError('GRANT_NOT_IN_FORCE');
    return {
      errors: [
        presentError(new GraphQLError(message, { extensions: { ...extensions, code } }), { requestId, log: hub.log }),
      ],
    };
  };
  return {
    async next() {
      if (over) return { done: true, value: undefined };
      const event = await events.next();
      if (event.done || (await grantInForce(hub.db.app, grantId, beijingDay(hub.now())))) return event;
      return { done: false, value: await ended() };
    },
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
