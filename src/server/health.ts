import type { FastifyInstance } from 'fastify';
import type { Hub } from '../context';
import { HubError } from '../errors';

export interface Health {
  readonly hub: Hub;
  /** Names of migrations the database lacks. */
  readonly pendingMigrations: () => Promise<readonly string[]>;
  /** The hub's own subgraphs in other processes. */
  readonly subgraphs?: { ready(): Promise<boolean> };
}

/** /healthz: the process lives. /readyz: it can answer (the graph is open before there is a server). /metrics: figures for Prometheus. */
export function openHealth(app: FastifyInstance, health: Health): void {
  const { metrics } = health.hub;
  let migrated = false;
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async () => {
    migrated ||= await isMigrated(health);
    const ready = migrated && (await databaseAnswers(health.hub)) && (await (health.subgraphs?.ready() ?? true));
    metrics.ready.set(ready ? 1 : 0);
    if (!ready) throw new HubError('NOT_READY');
    return { status: 'ready' };
  });
  app.get('/metrics', async (_request, reply) => {
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

/** Asked until it is so: what is applied stays applied. */
async function isMigrated({ pendingMigrations, hub }: Health): Promise<boolean> {
  try {
    return (await pendingMigrations()).length === 0;
  } catch (err) {
    hub.log.warn({ err }, 'migrations cannot be compared');
    return false;
  }
}

/** One that takes longer is no database to answer from. */
const PATIENCE_MS = 3_000;

async function databaseAnswers({ db, log }: Hub): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    await Promise.race([Promise.all([db.app.query('select 1'), db.publicReader.query('select 1')]), late]);
    return true;
  } catch (err) {
    log.warn({ err }, 'the database does not answer');
    return false;
  } finally {
    clearTimeout(timer);
  }
}
