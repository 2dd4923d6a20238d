import type { FastifyInstance } from 'fastify';
import { createLocalJWKSet } from 'jose';
import { migrations } from '../../../migrations';
import { subgraphs } from '../../../resolvers';
import type { Config } from '../../config';
import { jobs } from '../../jobs';
import { startWorker } from '../../queue/worker';
import { configuredIssuers, startServer, type ServerParts } from '../../server/start';
import { pendingMigrations } from '../../store/migrate';
import { resolvePurpose } from '../../store/purposes';
import { registerDemoDocument } from '../demo-partner';
import { ISSUER_PATH, openIssuer, type SandboxIssuer } from '../issuer';
import { makeHub, type HubParts } from '../make-hub';
import { signingKey } from '../signing-key';
import { committedSupergraph } from '../committed-supergraph';
import type { Run } from './run';
import { publishOnce } from './roster';
import { makeSample, sampleQuery, type Sample } from './sample';

/** The services of a process over a prepared database, and the doors it opens on them. */
export interface Doors {
  /** Where nothing is public yet: publishes. */
  roster(): Promise<void>;
  worker(): Promise<void>;
  /** The address, and what to ask first where the sandbox is on. */
  gateway(): Promise<{ readonly url: string; readonly sample: Sample | undefined }>;
}

export async function openDoors(
  config: Config,
  ownerUrl: string,
  run: Run,
  agencies?: HubParts['agencies'],
): Promise<Doors> {
  const { undo, progress } = run;
  const hub = await progress.step('hub', () =>
    makeHub({ config, ownerUrl, agencies, signingKeyPem: signingKey(config) }),
  );
  undo.add('hub', hub.close);
  return {
    async roster() {
      await progress.step(
        'public roster',
        () => publishOnce(hub),
        (said) => said,
      );
    },
    async worker() {
      const worker = await progress.step('worker', () => startWorker({ ownerUrl, services: hub, jobs }));
      undo.add('worker', worker.stop);
    },
    async gateway() {
      const { dataDir, OIDC_AUDIENCE: audience, PORT: port } = config;
      const issuer = config.sandbox ? await openIssuer({ dataDir, audience, port }) : undefined;
      const parts = serverParts(config, ownerUrl, issuer);
      const server = await progress.step(
        'gateway',
        () => startServer(hub, parts),
        ({ url }) => url,
      );
      undo.add('gateway', server.close);
      const sample = issuer && (await makeSample(hub, issuer));
      if (sample) await registerDemoDocument(ownerUrl, sampleQuery(sample), sample.purpose);
      return { url: server.url, sample };
    },
  };
}

function serverParts(config: Config, ownerUrl: string, issuer: SandboxIssuer | undefined): ServerParts {
  return {
    subgraphs,
    supergraph: committedSupergraph(),
    issuers: [...configuredIssuers(config), ...(issuer ? [trusted(issuer)] : [])],
    resolvePurpose,
    pendingMigrations: () => pendingMigrations(ownerUrl, migrations),
    routes: issuer && ((app) => serveIssuer(app, issuer)),
  };
}

const trusted = ({ url, jwks }: SandboxIssuer) => ({ issuer: url, keys: createLocalJWKSet({ keys: [...jwks.keys] }) });

function serveIssuer(app: FastifyInstance, issuer: SandboxIssuer): void {
  app.get(`${ISSUER_PATH}/jwks.json`, async () => issuer.jwks);
  app.get(`${ISSUER_PATH}/.well-known/openid-configuration`, async () => issuer.configuration);
}
