import { randomBytes } from 'node:crypto';
import { makeSeal, type Seal } from '../../../src/access/seal';
import type { Session } from '../../../src/access/session';
import { makeExchange, type Exchange, type ExchangeOptions } from '../../../src/exchange';
import { createAnswerViews } from '../../../src/exchange/answer-view';
import type { Connector } from '../../../src/exchange/connector';
import { inScope, sendInScope } from '../../../src/store/database';
import { testDatabase, type TestDatabase } from '../../support/database';
import { keptLog } from '../../support/scan/keep';
import { FAKE_FIELDS } from './agency';
import { makeFamily, REGION, type Family, type LetterTerms, type Someone } from './family';

/** A migrated database with an exchange over the given connectors; its clock stands still until a test moves it. */
export interface SmallHub {
  readonly base: TestDatabase;
  readonly seal: Seal;
  readonly time: { now: Date };
  readonly session: Session;
  /** Lines of the log, as text. */
  readonly logged: string[];
  /** A transaction of the app role, as the exchange gets them. */
  readonly scoped: ExchangeOptions['scoped'];
  readonly send: ExchangeOptions['send'];
  exchange(options: Partial<ExchangeOptions> & Pick<ExchangeOptions, 'connectors'>): Exchange;
  family(people: readonly Someone[], terms?: LetterTerms): Promise<Family>;
  close(): Promise<void>;
}

export async function smallHub(views: readonly Connector[] = []): Promise<SmallHub> {
  const base = await testDatabase();
  if (views.length > 0) await createAnswerViews(base.owner, views);
  await base.owner.query(`update purpose set fields = fields || $1`, [FAKE_FIELDS.map((field) => `property.${field}`)]);
  const seal = makeSeal(randomBytes(32), randomBytes(32));
  const time = { now: new Date('2026-11-22T02:00:00Z') };
  const logged: string[] = [];
  const opened: Exchange[] = [];
  const scoped: ExchangeOptions['scoped'] = (regions, work, first) => inScope(base.db.app, regions, work, first);
  const send: ExchangeOptions['send'] = (regions, queries) => sendInScope(base.db.app, regions, queries);
  return {
    base,
    seal,
    time,
    logged,
    scoped,
    send,
    session: {
      viewer: { subject: 'clerk', role: 'COUNTY_HOUSING', office: REGION, regions: [REGION] },
      purpose: null,
      requestId: 'r1',
    },
    exchange(options) {
      const made = makeExchange({
        scoped,
        send,
        seal,
        now: () => time.now,
        log: keptLog('an exchange', (line) => void logged.push(line)),
        ...options,
      });
      opened.push(made);
      return made;
    },
    family: (people, terms) => makeFamily(base.owner, seal, people, terms),
    async close() {
      await Promise.all(opened.map((exchange) => exchange.close()));
      await base.close();
    },
  };
}
