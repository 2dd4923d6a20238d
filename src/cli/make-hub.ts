import { join } from 'node:path';
import type { PoolConfig } from 'pg';
import { connectors } from '../../connectors';
import { entities } from '../../schema';
import { makeCursors } from '../access/cursor';
import { makePurposeTokens } from '../access/purpose-token';
import { makePseudonyms } from '../access/pseudonym';
import { makeSeal } from '../access/seal';
import { makeSigner } from '../audit/signer';
import type { Config } from '../config';
import type { Hub } from '../context';
import { makeEngine } from '../engine';
import { refuseUndeclaredParameters, refuseUnknownSources } from '../engine/rule';
import { makeExchange, type Exchange, type ExchangeOptions } from '../exchange';
import { makeLog, type Logger } from '../log';
import { makeMetrics, type Metrics } from '../metrics';
import { fileOutbox, OUTBOX } from '../notices/file-outbox';
import { rules } from '../rules';
import { clockDrift } from '../store/clock-drift';
import { inScope, openDatabase, sendInScope, type Database } from '../store/database';
import { openFiles } from '../store/files/open';
import { openScanner } from '../store/files/scanner';
import { openListener } from '../store/listener';
import { openKeys, type HubKeys } from '../store/keys/open';
import { watchKeys } from '../store/keys/watch';
import { makeMapper } from '../store/orm';
import { memoryPages, type PageCache } from '../store/page-cache';
import { redisPages } from '../store/redis-pages';
import { loadRegionTree } from '../store/regions';
import { firstKeys } from './first-keys';

export interface HubParts {
  readonly config: Config;
  readonly ownerUrl: string;
  /** PKCS #8 PEM of the key that signs reports. */
  readonly signingKeyPem: string;
  /** Settings of agencies by source name; those not given are read from the environment. */
  readonly agencies?: ExchangeOptions['settings'];
  readonly patience?: ExchangeOptions['patience'];
  /** Whoever gives a clock vouches for it; else the database's is asked beside this machine's. */
  readonly now?: () => Date;
  readonly log?: Logger;
  /** Over the usual size of each pool. */
  readonly pool?: PoolConfig;
}

/** A process's hub: every machine made once and given its content. The database is already prepared. */
export async function makeHub(parts: HubParts): Promise<Hub & { close(): Promise<void> }> {
  const { config, ownerUrl, now = () => new Date(), log = makeLog(config.LOG_LEVEL) } = parts;
  const { secrets } = config;
  const db = openDatabase(ownerUrl, secrets.ROLE_KEY, parts.pool);
  const keys = await openKeys({ db: db.engine, masterSecret: secrets.MASTER_KEY, first: firstKeys(parts) }).catch(
    (error: unknown) => db.close().then(() => Promise.reject(error)),
  );
  const seal = makeSeal(keys.of('seal'), keys.of('index'));
  const metrics = makeMetrics();
  refuseUnsoundRules();
  const engine = makeEngine(rules);
  const exchange = exchangeOf(parts, { db, keys, seal, now, log, metrics });
  const mapper = makeMapper(db.url('anju_app'), entities);
  const [regions, listener, pages] = await Promise.all([
    loadRegionTree(db.app),
    openListener(db.url('anju_app'), log),
    pagesOf(config, keys, log),
    engine.ensureRuleSet(db.app),
  ]);
  const watch = watchKeys(keys, listener, log);
  return {
    ...{ config, log, now, db, orm: mapper.orm, regions, keys, seal, exchange, engine, pages, listener, metrics },
    clockDrift: parts.now ? async () => 0 : () => clockDrift(db.engine, now),
    files: openFiles(config),
    scanner: openScanner(config, log),
    channel: fileOutbox(join(config.dataDir, OUTBOX)),
    cursors: makeCursors(keys.of('cursor')),
    purposeTokens: makePurposeTokens(keys.of('purpose')),
    objectorSeal: makeSeal(keys.of('objector'), keys.of('index')),
    pseudonyms: makePseudonyms(keys.of('pseudonym')),
    signer: makeSigner(keys.of('signing'), keys.formerSigners),
    async close() {
      watch.stop();
      await Promise.all([exchange.close(), listener.close(), pages.close(), mapper.close()]);
      await db.close();
    },
  };
}

function refuseUnsoundRules(): void {
  refuseUnknownSources(
    rules,
    connectors.map(({ name }) => name),
  );
  refuseUndeclaredParameters(rules);
}

const pagesOf = async ({ REDIS_URL: url }: Config, keys: HubKeys, log: Logger): Promise<PageCache> =>
  url
    ? redisPages({ url, keys: keys.of('service'), onError: (err) => log.warn({ err }, 'Redis does not answer') })
    : memoryPages();

interface ExchangeNeeds {
  readonly db: Database;
  readonly keys: Hub['keys'];
  readonly seal: Hub['seal'];
  readonly now: () => Date;
  readonly log: Logger;
  readonly metrics: Metrics;
}

function exchangeOf({ agencies, patience }: HubParts, { db, keys, seal, now, log, metrics }: ExchangeNeeds): Exchange {
  return makeExchange({
    ...{ connectors, seal, now, log, patience, settings: agencies },
    async scoped(regions, work, first) {
      await keys.fresh();
      return inScope(db.app, regions, work, first);
    },
    async send(regions, queries) {
      await keys.fresh();
      return sendInScope(db.app, regions, queries);
    },
    onCall({ source, people, ms, outcome }) {
      metrics.sourceCalls.observe({ source, outcome }, ms / 1000);
      metrics.sourcePeople.inc({ source }, people);
    },
    onQuarantine: (source, answers) => metrics.quarantined.inc({ source }, answers),
  });
}
