import { createRemoteJWKSet } from 'jose';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { SubgraphParts } from '../../resolvers/parts';
import type { Config } from '../config';
import type { Hub } from '../context';
import { loadMaskProfiles } from '../store/mask-profiles';
import { makeAuthenticate, type TrustedIssuer } from './authenticate';
import { openGateway } from './gateway';
import { openGraphqlDoor, type ResolvePurpose } from './graphql-door';
import { openHealth } from './health';
import { makeHttp } from './http';
import { makePublicDoor } from './public-door';
import { makeAccessTokens } from './partner/access-token';
import { openTokenDoor } from './partner/token-door';
import { openSigningKeys } from './signing-keys';
import { makeSubgraph } from './subgraph';

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

/** The issuer named in the environment, its keys fetched as they are needed; none named, none trusted. */
export function configuredIssuers({ OIDC_ISSUER, OIDC_JWKS_URI }: Config): TrustedIssuer[] {
  if (!OIDC_ISSUER || !OIDC_JWKS_URI) return [];
  return [{ issuer: OIDC_ISSUER, keys: createRemoteJWKSet(new URL(OIDC_JWKS_URI)) }];
}

/** Subgraphs, gateway and public door behind one address, HOST:PORT of the configuration (port 0: any free one). */
export async function startServer(hub: Hub, parts: ServerParts): Promise<RunningServer> {
  const maskOf = await loadMaskProfiles(hub.db.app, hub.regions);
  const subgraphs = parts.subgraphs.map((each) => makeSubgraph(each, { now: hub.now, maskOf }));
  const gateway = await openGateway(parts.supergraph, subgraphs, hub.log);
  const publicDoor = makePublicDoor(hub);
  const tokens = makeAccessTokens(hub);
  const app = makeHttp(hub, publicDoor.serve);
  openHealth(app, { hub, pendingMigrations: parts.pendingMigrations });
  openGraphqlDoor(app, {
    hub,
    gateway,
    authenticate: makeAuthenticate(hub, [tokens.issuer, ...parts.issuers]),
    resolvePurpose: parts.resolvePurpose,
  });
  publicDoor.open(app);
  openSigningKeys(app, hub.signer);
  openTokenDoor(app, hub, tokens);
  parts.routes?.(app);
  await app.listen({ host: hub.config.HOST, port: hub.config.PORT });
  const { address, port, family } = app.server.address() as AddressInfo;
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`, close: () => app.close() };
}
