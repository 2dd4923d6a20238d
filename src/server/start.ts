import { createRemoteJWKSet } from 'jose';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { SubgraphParts } from '../../resolvers/parts';
import { makeServiceTokens, type ServiceTokens } from '../access/service-token';
import type { Config } from '../config';
import type { Hub } from '../context';
import { steadyHeap } from '../steady-heap';
import { loadMaskProfiles } from '../store/mask-profiles';
import { makeAuthenticate, type TrustedIssuer } from './authenticate';
import { openExecutors } from './executors';
import { openFileDoor } from './files/door';
import { openImportDoor } from './imports/door';
import { openGateway } from './gateway';
import { openGraphqlDoor, type ResolvePurpose } from './graphql-door';
import { openHealth } from './health';
import { makeHttp } from './http';
import { OFFICERS, makeAdmission } from './limits/admission';
import { openGuard } from './limits/guard';
import { watchSaturation } from './limits/saturation';
import { openPaperDoor } from './papers/door';
import { openPublicityDoor } from './publicity-door';
import { makePublicDoor } from './public-door';
import { makeAccessTokens } from './partner/access-token';
import { openTokenDoor } from './partner/token-door';
import { openSigningKeys } from './signing-keys';
import { makeSubgraph } from './subgraph';
import { openSubgraphDoor } from './subgraph-door';

export interface ServerParts {
  readonly subgraphs: readonly SubgraphParts[];
  /** Their composition, as emitted to schema/supergraph.graphql and checked to be so: composing costs as much as the rest of a start. */
  readonly supergraph: string;
  readonly issuers: readonly TrustedIssuer[];
  readonly resolvePurpose: ResolvePurpose;
  readonly pendingMigrations: () => Promise<readonly string[]>;
  /** Routes of the sandbox (its issuer); none outside it. */
  readonly routes?: (app: FastifyInstance) => void;
}

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

export interface RunningGateway extends RunningServer {
  /** Makes what first questions would wait for. */
  loadAhead(): Promise<void>;
}

/** The issuer named in the environment, its keys fetched as they are needed; none named, none trusted. */
export function configuredIssuers({ OIDC_ISSUER, OIDC_JWKS_URI }: Config): TrustedIssuer[] {
  if (!OIDC_ISSUER || !OIDC_JWKS_URI) return [];
  return [{ issuer: OIDC_ISSUER, keys: createRemoteJWKSet(new URL(OIDC_JWKS_URI)) }];
}

/** Subgraphs, gateway and public door behind one address, HOST:PORT of the configuration (port 0: any free one). */
export async function startServer(hub: Hub, parts: ServerParts): Promise<RunningGateway> {
  const maskOf = await loadMaskProfiles(hub.db.app, hub.regions);
  const executors = await openExecutors(hub, parts.subgraphs, { now: hub.now, maskOf }, serviceTokensOf(hub));
  const gateway = await openGateway(parts.supergraph, executors.byName, { log: hub.log, limits: hub.config });
  const guard = await openGuard(hub);
  const publicDoor = makePublicDoor(hub, guard);
  const tokens = makeAccessTokens(hub);
  const app = makeHttp(hub, publicDoor.serve);
  openHealth(app, { hub, pendingMigrations: parts.pendingMigrations, subgraphs: executors });
  const reception = { hub, guard, authenticate: makeAuthenticate(hub, [tokens.issuer, ...parts.issuers]) };
  const graphqlDoor = { ...reception, gateway, resolvePurpose: parts.resolvePurpose };
  openGraphqlDoor(app, graphqlDoor);
  openPaperDoor(app, graphqlDoor);
  openFileDoor(app, reception);
  openImportDoor(app, reception);
  publicDoor.open(app);
  openPublicityDoor(app, hub, guard);
  openSigningKeys(app, hub.signer);
  openTokenDoor(app, { hub, guard, tokens });
  parts.routes?.(app);
  app.addHook('onClose', async () => {
    guard.close();
    await executors.close();
  });
  return { ...(await listen(app, hub)), loadAhead: executors.loadAhead };
}

/** Subgraphs alone, for gateways in other processes: what they answer they answer to a gateway's token only. */
export async function startSubgraphs(
  hub: Hub,
  parts: Pick<ServerParts, 'subgraphs' | 'pendingMigrations'>,
): Promise<RunningServer> {
  const maskOf = await loadMaskProfiles(hub.db.app, hub.regions);
  const app = makeHttp(hub, (_request, _response, next) => next());
  openHealth(app, { hub, pendingMigrations: parts.pendingMigrations });
  const tokens = serviceTokensOf(hub);
  const { isSaturated, stop } = watchSaturation(hub.config);
  const admission = makeAdmission(hub.config, OFFICERS, () => isSaturated(hub.db.app));
  app.addHook('onClose', async () => stop());
  for (const part of parts.subgraphs)
    openSubgraphDoor(app, { hub, subgraph: makeSubgraph(part, { now: hub.now, maskOf }), tokens, admission });
  return listen(app, hub);
}

const serviceTokensOf = ({ keys, now, regions: { scopeOf } }: Hub): ServiceTokens =>
  makeServiceTokens({ keys: keys.of('service'), now, scopeOf });

async function listen(app: FastifyInstance, { config }: Hub): Promise<RunningServer> {
  await app.listen({ host: config.HOST, port: config.PORT });
  steadyHeap();
  const { address, port, family } = app.server.address() as AddressInfo;
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`, close: () => app.close() };
}
