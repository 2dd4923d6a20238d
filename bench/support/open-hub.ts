import { createLocalJWKSet } from 'jose';
import { subgraphs } from '../../resolvers';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { openIssuer } from '../../src/cli/issuer';
import { makeHub } from '../../src/cli/make-hub';
import { signingKey } from '../../src/cli/signing-key';
import { loadConfig } from '../../src/config';
import type { Hub } from '../../src/context';
import { jobs } from '../../src/jobs';
import { startWorker } from '../../src/queue/worker';
import { startServer, type RunningServer, type ServerParts } from '../../src/server/start';
import type { PageCache } from '../../src/store/page-cache';
import { resolvePurpose } from '../../src/store/purposes';
import type { Door, HubOrder } from './hub';

const NO_PAGES: PageCache = {
  get: () => undefined,
  put: () => undefined,
  drops: 0,
  drop: async () => undefined,
  close: async () => undefined,
};

/** Opens the hub of an order in this process; its door answers on a free port. */
export async function openHub({ dataDir, ownerUrl, agencies, ...order }: HubOrder): Promise<RunningServer> {
  const usual = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' };
  const config = loadConfig({ ...usual, ...order.settings });
  const made = await makeHub({ config, ownerUrl, agencies, signingKeyPem: signingKey(config) });
  const hub = order.without.includes('page cache') ? { ...made, pages: NO_PAGES } : made;
  const worker = order.worker ? await startWorker({ ownerUrl, services: hub, jobs }) : undefined;
  const issuer = await openIssuer({ dataDir, audience: config.OIDC_AUDIENCE, port: 0 });
  const issuers = [{ issuer: issuer.url, keys: createLocalJWKSet({ keys: [...issuer.jwks.keys] }) }];
  const supergraph = committedSupergraph();
  const door = await openDoor(order.door, hub, {
    ...{ subgraphs, supergraph, issuers, resolvePurpose },
    pendingMigrations: async () => [],
  });
  const close = async () => {
    await door.close();
    await worker?.stop();
    await made.close();
  };
  return { url: door.url, close };
}

async function openDoor(door: Door, hub: Hub, parts: ServerParts): Promise<RunningServer> {
  if (door === 'supergraph') return startServer(hub, parts);
  const { openPeer } = await import('../gateway/peer.js'); // its packages are no part of the product's memory
  return openPeer(door, hub, parts);
}
