import { generateKeyPairSync, randomUUID } from 'node:crypto';
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
import { sandboxSecret } from '../../src/exchange/sandbox/secret';
import { startSandbox, type Sandbox } from '../../src/exchange/sandbox/start';
import { beijingDay } from '../../src/access/day';
import { jobs } from '../../src/jobs';
import { makeLog } from '../../src/log';
import { populate } from '../../src/population/populate';
import { startWorker, type Worker } from '../../src/queue/worker';
import { emptyDatabase, testDatabase, type TestDatabase } from '../support/database';
import { keepFiles, keptLog } from '../support/scan/keep';
import { keepPeople } from '../support/scan/people';
import { runSeed } from '../support/seed';

/** A whole hub over its own database, with a population, its agencies and a worker that can be stopped and started. */
export interface Stage {
  readonly base: TestDatabase;
  readonly world: Awaited<ReturnType<typeof emptyDatabase>>;
  readonly hub: Hub;
  readonly sandbox: Sandbox;
  readonly parts: StageParts;
  work(on?: Partial<Hub>): Promise<Worker>;
  /** A county or wider office's request. */
  as(region: string, viewer?: Partial<Viewer>): RequestContext;
  request(ctx: RequestContext, input: Partial<RequestCrossCheck>): Promise<string>;
  /** Resolves when the cross-check is completed. */
  completed(id: string): Promise<void>;
  close(): Promise<void>;
}

const LOG = makeLog(process.env.LOG_LEVEL ?? 'silent');

/** All that another process needs to open the same hub. */
export interface StageParts {
  readonly env: Record<string, string>;
  readonly ownerUrl: string;
  readonly signingKeyPem: string;
  readonly agencies: Sandbox['agencies'];
}

type Patience = Parameters<typeof makeHub>[0]['patience'];

/** Agencies that are well are waited for: on a busy machine they are only slow. */
export const UNHURRIED: Patience = { timeout: 60_000, budget: 120_000 };

export const openHub = ({ env, ...parts }: StageParts, patience: Patience = UNHURRIED, now?: () => Date) =>
  makeHub({
    ...parts,
    config: loadConfig(env),
    patience,
    now,
    log: process.env.LOG_LEVEL ? LOG : keptLog('a stage of cross-checks'),
  });

/**
 * @param patience where it differs from an unhurried one
 * @param clock of the hub, its agencies and its population
 */
export async function openStage(
  households: number,
  patience: Patience = UNHURRIED,
  clock: () => Date = () => new Date(),
): Promise<Stage> {
  const [base, world] = await Promise.all([testDatabase(), emptyDatabase()]);
  const dataDir = mkdtempSync(join(tmpdir(), 'anju-stage-'));
  const env = { DATA_DIR: dataDir, HUB_ROLE_KEY: base.roleKey.toString('base64') };
  const config = loadConfig(env);
  const seal = makeSeal(config.secrets.SEAL_KEY, config.secrets.INDEX_KEY);
  await populate({
    hubOwnerUrl: base.ownerUrl,
    worldUrl: world.ownerUrl,
    seal,
    households,
    seed: String(runSeed()),
    today: beijingDay(clock()),
  });
  await base.owner.query('analyze');
  const sandbox = await startSandbox({
    agencies: SANDBOX_AGENCIES,
    worldUrl: world.ownerUrl,
    secret: sandboxSecret(base.roleKey), // the same for every file: the fund's login belongs to the whole server
    clock,
    log: LOG,
  });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signingKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const parts: StageParts = { env, ownerUrl: base.ownerUrl, signingKeyPem, agencies: sandbox.agencies };
  const hub = await openHub(parts, patience, clock);
  const workers = new Set<Worker>();
  const as = (region: string, viewer: Partial<Viewer> = {}): RequestContext => ({
    hub,
    viewer: {
      subject: `officer:${region}`,
      role: 'COUNTY_HOUSING',
      office: region,
      regions: hub.regions.scopeOf(region),
      ...viewer,
    },
    purpose: null,
    requestId: randomUUID(),
    loaders: new Map(),
  });
  return {
    ...{ base, world, hub, sandbox, parts, as },
    request: (ctx, input) =>
      requestCrossCheck(ctx, { clientKey: randomUUID(), purpose: 'ADMISSION_REVIEW', households: [], ...input }),
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
      await keepPeople({ base, world, hub, port: 0 });
      await Promise.all([...workers].map((worker) => worker.stop()));
      await Promise.all([hub as Hub & { close(): Promise<void> }, sandbox].map((opened) => opened.close()));
      await Promise.all([base.close(), world.close()]);
      keepFiles(dataDir);
      rmSync(dataDir, { recursive: true });
    },
  };
}

async function stateOf({ owner }: TestDatabase, id: string): Promise<string> {
  const { rows } = await owner.query<{ state: string }>('select state from cross_check where id = $1', [id]);
  return rows[0]!.state;
}

/** Honest households of a region that apply for low-rent housing, with a live letter: every rule about agencies applies to them and passes or is met by an answer. */
export async function honestHouseholds({ base, world }: Stage, region: string): Promise<string[]> {
  const honest = await world.owner.query<{ id: string }>(
    `select household_id as id from world.truth where plant = 'CLEAN'`,
  );
  const { rows } = await base.owner.query<{ id: string }>(
    `select h.id from household h join letter l on l.household_id = h.id join housing_case c on c.household_id = h.id and c.kind = 'APPLICATION' and c.programme = 'LOW_RENT'
     where h.region_code like $1 and h.id = any ($2) order by file_number`,
    [`${region}%`, honest.rows.map(({ id }) => id)],
  );
  return rows.map(({ id }) => id);
}
