import { connectors } from '../../connectors';
import { entities } from '../../schema';
import { makeCursors } from '../access/cursor';
import { makePurposeTokens } from '../access/purpose-token';
import { makeSeal } from '../access/seal';
import { makeSigner } from '../audit/signer';
import type { Config } from '../config';
import type { Hub } from '../context';
import { makeEngine } from '../engine';
import { makeExchange, type ExchangeOptions } from '../exchange';
import { makeLog } from '../log';
import { makeMetrics, type Metrics } from '../metrics';
import { rules } from '../rules';
import { inScope, openDatabase } from '../store/database';
import { openListener } from '../store/listener';
import { openOrm } from '../store/orm';
import { memoryPages, redisPages } from '../store/page-cache';
import { loadRegionTree } from '../store/regions';
import { signingKey } from './signing-key';

export interface HubOptions {
  readonly config: Config;
  /** Owner of a prepared database. */
  readonly ownerUrl: string;
  /** Settings of connectors by source name; those not given are read from the environment. */
  readonly settings?: ExchangeOptions['settings'];
  /** Overrides connectors' patience, for tests and benches. */
  readonly patience?: ExchangeOptions['patience'];
  readonly now?: () => Date;
}

/** A hub and the way to let go of all it opened. */
export interface OpenHub {
  readonly hub: Hub;
  close(): Promise<void>;
}

/** Opens the services of one process over a prepared database: what start, serve, work, tests and benches stand on. */
export async function openHub({ config, ownerUrl, settings, patience, now = () => new Date() }: HubOptions): Promise<OpenHub> {
  const { secrets } = config;
  const [log, metrics] = [makeLog(config.LOG_LEVEL), makeMetrics()];
  const db = openDatabase(ownerUrl, secrets.ROLE_KEY);
  const seal = makeSeal(secrets.SEAL_KEY, secrets.INDEX_KEY);
  const engine = makeEngine(rules);
  const onError = (err: Error) => log.warn({ err }, 'Redis is not there: pages come from memory');
  const [orm, regions, listener, pages] = await Promise.all([
    openOrm(db.url('anju_app'), entities),
    loadRegionTree(db.app),
    openListener(db.url('anju_app'), log),
    config.REDIS_URL ? redisPages(config.REDIS_URL, onError) : memoryPages(),
    engine.ensureRuleSet(db.engine),
  ]);
  const scoped: ExchangeOptions['scoped'] = (codes, work) => inScope(db.app, codes, work);
  const exchange = makeExchange({ connectors, settings, patience, scoped, seal, now, log, ...gauges(metrics) });
  const [cursors, purposeTokens] = [makeCursors(secrets.CURSOR_KEY), makePurposeTokens(secrets.PURPOSE_KEY)];
  const signer = makeSigner(signingKey(config));
  const hub: Hub = { config, log, now, db, orm, regions, seal, cursors, purposeTokens, exchange, engine, signer, pages, listener, metrics };
  const close = async () => {
    await Promise.all([exchange.close(), listener.close(), pages.close(), orm.close(true)]);
    await db.close();
  };
  return { hub, close };
}

function gauges({ sourceCalls, sourcePeople, quarantined }: Metrics): Pick<ExchangeOptions, 'onCall' | 'onQuarantine'> {
  return {
    onCall({ source, people, ms, outcome }) {
      sourceCalls.observe({ source, outcome }, ms / 1000);
      sourcePeople.inc({ source }, people);
    },
    onQuarantine: (source, answers) => quarantined.inc({ source }, answers),
  };
}
