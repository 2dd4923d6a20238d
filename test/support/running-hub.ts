import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_AGENCIES } from '../../connectors/sandboxes';
import { subgraphs } from '../../resolvers';
import { beijingDay } from '../../src/access/day';
import { makeSeal } from '../../src/access/seal';
import type { Role } from '../../src/access/viewer';
import { makeHub } from '../../src/cli/make-hub';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { loadConfig } from '../../src/config';
import type { Hub } from '../../src/context';
import { sandboxSecret } from '../../src/exchange/sandbox/secret';
import { startSandbox, type Sandbox } from '../../src/exchange/sandbox/start';
import { jobs } from '../../src/jobs';
import { makeLog } from '../../src/log';
import { populate } from '../../src/population/populate';
import { startWorker } from '../../src/queue/worker';
import { startServer } from '../../src/server/start';
import { resolvePurpose } from '../../src/store/purposes';
import { testIssuer, type TestIssuer } from '../server/support/issuer';
import { UNHURRIED } from '../server/support/stage';
import { emptyDatabase, testDatabase, type TestDatabase } from './database';
import { keepFiles, keptLog } from './scan/keep';
import { keepPeople } from './scan/people';
import { runSeed } from './seed';
import { startApart, type SubgraphsApart } from './subgraphs-apart';

/** The product as people meet it: population, agencies, worker and gateway, on databases of its own. */
export interface RunningHub {
  readonly base: TestDatabase;
  readonly world: Awaited<ReturnType<typeof emptyDatabase>>;
  readonly hub: Hub;
  readonly sandbox: Sandbox;
  readonly issuer: TestIssuer;
  /** Where JOURNEYS=apart: the processes of the subgraphs. */
  readonly apart: SubgraphsApart | undefined;
  readonly url: string;
  /** Everything the hub said over HTTP through {@link RunningHub.send}: status line, headers, body. */
  readonly said: string[];
  /** Everything it wrote to its log. */
  readonly logged: string[];
  /** Any request, kept in `said`. */
  send(path: string, init?: RequestInit): Promise<Heard>;
  /** A GraphQL question as somebody. */
  ask<Data = Record<string, unknown>>(who: Who, query: string, asking?: Asking): Promise<Asked<Data>>;
  close(): Promise<void>;
}

/** Who asks: claims of the token; of a partner system, its client id. Null asks without a token. */
export type Who = {
  readonly role: Role;
  readonly region: string;
  readonly sub?: string;
  readonly client_id?: string;
  /** Of a citizen: the hub's id of the person it is. */
  readonly person?: string;
} | null;

export interface Asking {
  readonly variables?: Record<string, unknown>;
  /** The header `x-purpose`. */
  readonly purpose?: string;
  readonly headers?: Record<string, string>;
}

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Fault {
  readonly message: string;
  readonly path?: (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly field?: string;
    readonly remedy: string;
    readonly requestId: string;
  };
}

export interface Asked<Data> extends Heard {
  /** As promised by the caller; a test that reads what is not there fails. */
  readonly data: Data;
  readonly errors: readonly Fault[];
}

/** An agency that fails is not asked twice, nor left alone after many failures: each test meets it afresh. */
const PATIENCE = { retries: 0, timeout: 20_000, budget: 60_000, tripAfter: 10_000, askAgainIn: 60_000 };

/**
 * One hub for a test file; its subgraphs in processes of their own where JOURNEYS=apart.
 * @param clock of the hub and its agencies, where days have to pass
 */
export async function openRunningHub(
  households = 80,
  settings: Readonly<Record<string, string>> = {},
  clock: () => Date = () => new Date(),
): Promise<RunningHub> {
  const { base, world, config, sandbox, close } = await openWorld(households, settings, clock);
  const logged: string[] = [];
  const log = keptLog('a running hub', (line) => void logged.push(line));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signingKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const { ownerUrl } = base;
  const same = { ownerUrl, signingKeyPem, agencies: sandbox.agencies, patience: PATIENCE };
  const apart = process.env.JOURNEYS === 'apart' ? await startApart(config, same, logged) : undefined;
  const hub = await makeHub({ config: { ...config, SUBGRAPH_URLS: apart?.urls ?? {} }, ...same, log, now: clock });
  const worker = await startWorker({ ownerUrl, services: hub, jobs });
  const issuer = await testIssuer(hub.now);
  const parts = { subgraphs, supergraph: committedSupergraph(), issuers: [issuer], resolvePurpose };
  const server = await startServer(hub, { ...parts, pendingMigrations: async () => [] });
  return {
    ...{ base, world, hub, sandbox, issuer, apart, url: server.url, logged, ...voiceOf(server.url, issuer) },
    async close() {
      await keepPeople({ base, world, hub, port: Number(new URL(server.url).port) });
      await worker.stop();
      await server.close();
      await hub.close();
      await apart?.close();
      await close();
    },
  };
}

/** Databases with a population fresh in every run, and the agencies that know the same people. */
async function openWorld(households: number, settings: Readonly<Record<string, string>>, clock: () => Date) {
  const [base, world] = await Promise.all([testDatabase(), emptyDatabase()]);
  const dataDir = mkdtempSync(join(tmpdir(), 'anju-running-'));
  const config = loadConfig({
    ...{ DATA_DIR: dataDir, HUB_ROLE_KEY: base.roleKey.toString('base64'), PORT: '0' },
    ...UNHURRIED,
    ...settings,
  });
  const worldUrl = world.ownerUrl;
  await populate({
    ...{ hubOwnerUrl: base.ownerUrl, worldUrl, households, seed: String(runSeed()), today: beijingDay(clock()) },
    seal: makeSeal(config.secrets.SEAL_KEY, config.secrets.INDEX_KEY),
  });
  const sandbox = await startSandbox({
    ...{ agencies: SANDBOX_AGENCIES, worldUrl, clock, log: makeLog('silent') },
    secret: sandboxSecret(base.roleKey), // the same for every file: the fund's login belongs to the whole server
  });
  const close = async () => {
    await sandbox.close();
    await Promise.all([base.close(), world.close()]);
    keepFiles(dataDir);
    rmSync(dataDir, { recursive: true });
  };
  return { base, world, config, sandbox, close };
}

/** Speaks to a hub and keeps what it says. */
function voiceOf(url: string, issuer: TestIssuer): Pick<RunningHub, 'said' | 'send' | 'ask'> {
  const said: string[] = [];
  const send = async (path: string, init?: RequestInit): Promise<Heard> => {
    const response = await fetch(url + path, init);
    const heard = { status: response.status, headers: response.headers, text: await response.text() };
    said.push(JSON.stringify([heard.status, [...heard.headers], heard.text]));
    return heard;
  };
  return {
    said,
    send,
    async ask<Data>(who: Who, query: string, { variables, purpose, headers: more }: Asking = {}) {
      const headers = {
        'content-type': 'application/json',
        ...(who ? { authorization: `Bearer ${await issuer.mint({ ...who })}` } : {}),
        ...(purpose ? { 'x-purpose': purpose } : {}),
        ...more,
      };
      const heard = await send('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      const { data = null, errors = [] } = JSON.parse(heard.text) as { data?: Data; errors?: Fault[] };
      return { ...heard, data: data as Data, errors };
    },
  };
}
