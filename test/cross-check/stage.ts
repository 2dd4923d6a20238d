import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_AGENCIES } from '../../connectors/sandboxes';
import { makeSeal } from '../../src/access/seal';
import type { Viewer } from '../../src/access/viewer';
import { makeHub } from '../../src/cli/make-hub';
import { requestCrossCheck, type RequestCrossCheck } from '../../src/commands/request-cross-check';
import { loadConfig } from '../../src/config';
import type { Hub, RequestContext } from '../../src/context';
import { startSandbox, type Sandbox } from '../../src/exchange/sandbox/start';
import { beijingDay } from '../../src/exchange/time';
import { jobs } from '../../src/jobs';
import { makeLog } from '../../src/log';
import { populate } from '../../src/population/populate';
import { startWorker, type Worker } from '../../src/queue/worker';
import { emptyDatabase, testDatabase, type TestDatabase } from '../support/database';
import { runSeed } from '../support/seed';

/** A whole hub over its own database, with a population, its four agencies and a worker that can be stopped and started. */
export interface Stage {
  readonly base: TestDatabase;
  readonly world: Awaited<ReturnType<typeof emptyDatabase>>;
  readonly hub: Hub;
  readonly sandbox: Sandbox;
  work(on?: Partial<Hub>): Promise<Worker>;
  /** A county or wider office's request. */
  as(region: string, viewer?: Partial<Viewer>): RequestContext;
  request(ctx: RequestContext, input: Partial<RequestCrossCheck>): Promise<string>;
  /** Resolves when the cross-check is completed. */
  completed(id: string): Promise<void>;
  close(): Promise<void>;
}

const LOG = makeLog('silent');

export async function openStage(households: number, patience?: Parameters<typeof makeHub>[0]['patience']): Promise<Stage> {
  const [base, world] = await Promise.all([testDatabase(), emptyDatabase()]);
  const dataDir = mkdtempSync(join(tmpdir(), 'anju-stage-'));
  const config = loadConfig({ DATA_DIR: dataDir, HUB_ROLE_KEY: base.roleKey.toString('base64'), LOG_LEVEL: 'silent' });
  const seal = makeSeal(config.secrets.SEAL_KEY, config.secrets.INDEX_KEY);
  await populate({ hubOwnerUrl: base.ownerUrl, worldUrl: world.ownerUrl, seal, households, seed: String(runSeed()), today: beijingDay(new Date()) });
  await base.owner.query('analyze');
  const sandbox = await startSandbox({ agencies: SANDBOX_AGENCIES, worldUrl: world.ownerUrl, secret: randomBytes(32), clock: () => new Date(), log: LOG });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signingKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const hub = await makeHub({ config, ownerUrl: base.ownerUrl, signingKeyPem, agencies: sandbox.agencies, patience, log: LOG });
  const workers = new Set<Worker>();
  const as = (region: string, viewer: Partial<Viewer> = {}): RequestContext => ({
    hub,
    viewer: { subject: `officer:${region}`, role: 'COUNTY_HOUSING', office: region, regions: hub.regions.scopeOf(region), ...viewer },
    purpose: null,
    requestId: randomUUID(),
    loaders: new Map(),
  });
  return {
    ...{ base, world, hub, sandbox, as },
    request: (ctx, input) => requestCrossCheck(ctx, { clientKey: randomUUID(), purpose: 'ADMISSION_REVIEW', households: [], ...input }),
    async work(on = {}) {
      const worker = await startWorker<Hub>({ ownerUrl: base.ownerUrl, services: { ...hub, ...on }, jobs });
      workers.add(worker);
      return { stop: async () => void (workers.delete(worker) && (await worker.stop())) };
    },
    async completed(id) {
      const stopping = new AbortController();
      const changes = hub.listener.follow('cross_check', stopping.signal);
      let told = changes.next();
      while ((await stateOf(base, id)) !== 'COMPLETED') {
        await told;
        told = changes.next();
      }
      stopping.abort();
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.stop()));
      await Promise.all([hub as Hub & { close(): Promise<void> }, sandbox].map((opened) => opened.close()));
      await Promise.all([base.close(), world.close()]);
      rmSync(dataDir, { recursive: true });
    },
  };
}

async function stateOf({ owner }: TestDatabase, id: string): Promise<string> {
  const { rows } = await owner.query<{ state: string }>('select state from cross_check where id = $1', [id]);
  return rows[0]!.state;
}

/** Households of a region that have a live letter, in the order of their file numbers. */
export async function householdsIn({ base }: Stage, region: string, limit = 1000): Promise<string[]> {
  const { rows } = await base.owner.query<{ id: string }>(
    `select h.id from household h join letter l on l.household_id = h.id where h.region_code like $1 order by file_number limit $2`,
    [`${region}%`, limit],
  );
  return rows.map(({ id }) => id);
}
