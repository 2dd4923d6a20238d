import { inWords, type Refusal } from '../in-words';
import { inUnit, type Work } from '../unit';

/** What the database refuses of what supervision keeps, by the name of its guard, in the words of the catalogue. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  supervision_matter_stands: ['ILLEGAL_MOVE', 'matterId', '已经办结，或意见已经登记'],
  petition_once: ['INVALID_INPUT', 'registerNumber', '该登记号已经登记'],
  petition_decided: ['INVALID_INPUT', 'decidedOn', '不得早于受理之日'],
  petition_implemented_as_decided: ['INVALID_INPUT', 'implementedOn', '须为决定落实的事项，且不早于决定之日'],
  approval_publicity_of_allotted: ['ILLEGAL_MOVE', 'allotmentIds', '须为已批准并已接受的配租配售'],
  approval_publicity_day: ['INVALID_INPUT', 'publishedOn', '不得早于接受配租配售之日'],
  petition_stands: ['ILLEGAL_MOVE', 'petitionId', '已经决定或落实'],
};

/** One transaction about what supervision keeps. */
export async function supervising<T>(ctx: Parameters<typeof inUnit>[0], verb: string, work: Work<T>): Promise<T> {
  return inUnit(ctx, verb, work).catch((error: unknown) => {
    throw inWords(error, REFUSALS);
  });
}
