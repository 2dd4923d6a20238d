import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWTPayload } from 'jose';
import type { SubgraphParts } from '../../../resolvers/parts';
import { subgraphs } from '../../../resolvers';
import { makeHub } from '../../../src/cli/make-hub';
import { loadConfig } from '../../../src/config';
import type { Hub } from '../../../src/context';
import { startServer } from '../../../src/server/start';
import { subgraphSdl } from '../../../src/server/subgraph';
import { emitSupergraph } from '../../../src/server/supergraph';
import { resolvePurpose } from '../../../src/store/purposes';
import { testDatabase, type TestDatabase } from '../../support/database';
import { keepFiles, keptLog } from '../../support/scan/keep';
import { testIssuer, type TestIssuer } from './issuer';

/** A hub served on a free port over a database of its own. */
export interface Stage {
  readonly base: TestDatabase;
  readonly hub: Hub;
  readonly issuer: TestIssuer;
  readonly url: string;
  /** Asks as the bearer of these claims; null asks without a token. */
  ask(query: string, options?: Asking): Promise<Asked>;
  close(): Promise<void>;
}

export interface Asking {
  readonly claims?: JWTPayload | null;
  readonly variables?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
  readonly operationName?: string;
}

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, unknown> | null;
  readonly errors: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
  readonly text: string;
}

interface StageOptions {
  readonly subgraphs?: readonly SubgraphParts[];
  readonly now?: () => Date;
  readonly pendingMigrations?: () => Promise<string[]>;
  /** By which way the hub comes to its database, where not directly. */
  readonly way?: (ownerUrl: string) => Promise<string>;
  /** Connections of each role to its database. */
  readonly connections?: number;
  /** Over those of the stage. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Nobody is sent away because the machine is busy. */
export const UNHURRIED = { LIMIT_WAITING: '100000', LIMIT_WAIT_MS: '60000' } as const;

/** For tests that ask far more than a client may, and far more at once than a hub without time to spare takes. */
export const UNCOUNTED = {
  ...UNHURRIED,
  LIMIT_CLIENT_REQUESTS: '1000000000',
  LIMIT_STRANGER_REQUESTS: '1000000000',
  LIMIT_PUBLIC_REQUESTS: '1000000000',
} as const;

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const { now = () => new Date(), pendingMigrations = async () => [], way = async (url: string) => url } = options;
  const base = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'anju-served-'));
  const config = loadConfig({
    DATA_DIR: dataDir,
    HUB_ROLE_KEY: base.roleKey.toString('base64'),
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...options.settings,
  });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signingKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const pool = options.connections === undefined ? {} : { max: options.connections };
  const hub = await makeHub({
    config,
    ownerUrl: await way(base.ownerUrl),
    signingKeyPem,
    now,
    log: keptLog('a stage'),
    pool,
  });
  const issuer = await testIssuer(now);
  const parts = options.subgraphs ?? subgraphs;
  const supergraph = emitSupergraph(parts.map(subgraphSdl));
  const server = await startServer(hub, {
    subgraphs: parts,
    supergraph,
    issuers: [issuer],
    resolvePurpose,
    pendingMigrations,
  });
  return {
    ...{ base, hub, issuer, url: server.url },
    ask: (query, asking) => ask(server.url, issuer, query, asking),
    async close() {
      await fetch(`${server.url}/metrics`);
      await server.close();
      await hub.close();
      await base.close();
      keepFiles(dataDir);
      rmSync(dataDir, { recursive: true });
    },
  };
}

async function ask(
  url: string,
  issuer: TestIssuer,
  query: string,
  { claims = {}, variables, headers, operationName }: Asking = {},
): Promise<Asked> {
  const authorization: Record<string, string> =
    claims === null ? {} : { authorization: `Bearer ${await issuer.mint(claims)}` };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization, ...headers },
    body: JSON.stringify({ query, variables, operationName }),
  });
  const text = await response.text();
  const { data = null, errors = [] } = JSON.parse(text);
  return { status: response.status, headers: response.headers, data, errors, text };
}
