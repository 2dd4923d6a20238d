import { createLocalJWKSet } from 'jose';
import { subgraphs } from '../../resolvers';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { openIssuer } from '../../src/cli/issuer';
import { makeHub } from '../../src/cli/make-hub';
import { signingKey } from '../../src/cli/signing-key';
import { loadConfig } from '../../src/config';
import { jobs } from '../../src/jobs';
import { startWorker } from '../../src/queue/worker';
import { startServer, type ServerParts } from '../../src/server/start';
import type { PageCache } from '../../src/store/page-cache';
import { resolvePurpose } from '../../src/store/purposes';
import type { HubOrder, HubReady } from './hub';

const NO_PAGES: PageCache = {
  get: () => undefined,
  put: () => undefined,
  drop: async () => undefined,
  close: async () => undefined,
};

/** Opens the hub of an order in this process; its door answers on a free port. */
export async function openHub({ dataDir, ownerUrl, agencies, ...order }: HubOrder): Promise<HubReady> {
  const config = loadConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', NODE_ENV: 'production' });
  const made = await makeHub({ config, ownerUrl, agencies, signingKeyPem: signingKey(config) });
  const hub = order.without.includes('page cache') ? { ...made, pages: NO_PAGES } : made;
  const issuer = await openIssuer({ dataDir, audience: config.OIDC_AUDIENCE, port: 0 });
  const issuers = [{ issuer: issuer.url, keys: createLocalJWKSet({ keys: [...issuer.jwks.keys] }) }];
  const supergraph = committedSupergraph();
  const parts: ServerParts = { subgraphs, supergraph, issuers, resolvePurpose, pendingMigrations: async () => [] };
  if (order.worker) await startWorker({ ownerUrl, services: hub, jobs });
  if (order.door === 'supergraph') return { url: (await startServer(hub, parts)).url };
  const { openPeer } = await import('../gateway/peer.js');
  return { url: (await openPeer(order.door, hub, parts)).url };
}
