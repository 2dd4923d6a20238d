import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { beijingDay } from '../../src/access/day';
import { makeSeal } from '../../src/access/seal';
import { openIssuer, type SandboxIssuer } from '../../src/cli/issuer';
import { prepareDatabase } from '../../src/cli/prepare';
import { forkSandbox } from '../../src/cli/sandbox-fork';
import { ensureDatabase, sandboxUrl } from '../../src/cli/server';
import { loadConfig, type Config } from '../../src/config';
import { populate } from '../../src/population/populate';
import { startEmbedded } from '../../src/store/embedded';
import { postmasterOf } from '../../src/store/embedded/postmaster';

/** A PostgreSQL of its own with the product's settings and tables. */
export interface Base {
  readonly config: Config;
  readonly dataDir: string;
  /** Superuser, on the database `postgres`. */
  readonly adminUrl: string;
  readonly ownerUrl: string;
  /** Process of PostgreSQL; its backends are its children. */
  readonly postgres: number;
}

/** What most benches measure in: made-up people, and their agencies. */
export interface World extends Base {
  /** Connected as owner. */
  readonly owner: Client;
  readonly agencies: Awaited<ReturnType<typeof forkSandbox>>;
  readonly issuer: SandboxIssuer;
}

const SEED = 'bench';

/** Runs a bench in a world with so many households, and clears it away however the bench ends. */
export const inWorld = <T>(households: number, work: (world: World) => Promise<T>): Promise<T> =>
  clearing((undo) => openWorld(households, undo), work);

/** The same with the database alone, and nobody in it. */
export const inDatabase = <T>(work: (base: Base) => Promise<T>): Promise<T> => clearing(openBase, work);

type Undo = (() => unknown)[];

async function clearing<W, T>(open: (undo: Undo) => Promise<W>, work: (world: W) => Promise<T>): Promise<T> {
  const undo: Undo = [];
  const clear = async () => {
    for (const close of undo.splice(0).reverse()) await close();
  };
  const stop = () => void clear().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await work(await open(undo));
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await clear();
  }
}

async function openBase(undo: Undo): Promise<Base> {
  const dataDir = mkdtempSync(join(tmpdir(), 'anju-bench-'));
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const config = loadConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' });
  const { adminUrl, ownerUrl, cluster, stop } = await startEmbedded({ dataDir, database: 'anju' });
  undo.push(() => rmSync(cluster, { recursive: true, force: true }), stop);
  await prepareDatabase(ownerUrl, config.secrets.ROLE_KEY);
  return { config, dataDir, adminUrl, ownerUrl, postgres: postmasterOf(cluster)!.pid };
}

async function openWorld(households: number, undo: Undo): Promise<World> {
  const base = await openBase(undo);
  const { config, dataDir, ownerUrl } = base;
  const worldUrl = sandboxUrl(ownerUrl);
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  undo.push(() => owner.end());
  await ensureDatabase(owner, worldUrl);
  const { SEAL_KEY, INDEX_KEY, SERVICE_KEY } = config.secrets;
  const population = { households, seed: SEED, today: beijingDay(new Date()) };
  await populate({ hubOwnerUrl: ownerUrl, worldUrl, ...population, seal: makeSeal(SEAL_KEY, INDEX_KEY) });
  const agencies = await forkSandbox({ worldUrl, secret: SERVICE_KEY, logLevel: 'error' });
  undo.push(agencies.close);
  const issuer = await openIssuer({ dataDir, audience: config.OIDC_AUDIENCE, port: 0 });
  return { ...base, owner, agencies, issuer };
}
