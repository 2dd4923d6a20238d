import { randomUUID } from 'node:crypto';
import type { Answer, Question } from './contract';
import type { Exchange } from './index';
import { minutes } from './time';

/** Nothing of the agency was asked, so nothing is stored: when the process is back, so are its answers. */
const ASK_AGAIN_IN = minutes(1);

/** An exchange that nobody answers: stands in for the process of an agency's subgraph while that is away. */
export const silentExchange = (now: () => Date): Pick<Exchange, 'ask'> => ({
  async ask({ asks, source, fields }: Question) {
    const at = now();
    const queryId = randomUUID();
    return new Map(
      asks.map(({ personId, letterId }): [string, Answer] => [
        personId,
        {
          ...{
            id: randomUUID(),
            personId,
            status: 'UNAVAILABLE',
            value: null,
            source,
            sourceRecordId: null,
            asOf: null,
          },
          ...{ fetchedAt: at, coverage: null, letterId, queryId, fields, reason: 'SUBGRAPH_SILENT', askedAt: at },
          ...{ dueAt: null, retryAt: new Date(at.getTime() + ASK_AGAIN_IN) },
        },
      ]),
    );
  },
});
