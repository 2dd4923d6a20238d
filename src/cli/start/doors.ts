import type { FastifyInstance } from 'fastify';
import { createLocalJWKSet } from 'jose';
import { migrationNames } from '../../../migrations/names';
import { subgraphs } from '../../../resolvers';
import type { SubgraphParts } from '../../../resolvers/parts';
import { openHeadsFile } from '../../audit/heads-file';
import { startSequencer } from '../../audit/loop';
import type { Config } from '../../config';
import type { Hub } from '../../context';
import type { Worker } from '../../queue/worker';
import { configuredIssuers, startServer, startSubgraphs, type ServerParts } from '../../server/start';
import { pendingMigrations } from '../../store/migrate';
import { resolvePurpose } from '../../store/purposes';
import { registerDemoDocument } from '../demo-partner';
import { ISSUER_PATH, openIssuer, type SandboxIssuer } from '../issuer';
import { makeHub, type HubParts } from '../make-hub';
import { Refusal } from '../refusal';
import { signingKey } from '../signing-key';
import { committedSupergraph } from '../committed-supergraph';
import type { Run } from './run';
import { makeSample, sampleQuery, type Sample } from './sample';

/** The services of a process over a prepared database, and the doors it opens on them. */
export interface Doors {
  /** Where nothing is public yet: publishes. */
  roster(): Promise<void>;
  worker(): Promise<void>;
  /** Subgraphs for gateways elsewhere; their address. Refuses a name that is none. */
  subgraphs(names: readonly string[]): Promise<string>;
  /** Loads what the first questions and the first write would wait for. */
  loadAhead(): void;
  /** The address, and what to ask first where the sandbox is on. */
  gateway(): Promise<{ readonly url: string; readonly sample: Sample | undefined }>;
}

type Loading = () => Promise<unknown>;

export async function openDoors(
  config: Config,
  ownerUrl: string,
  run: Run,
  agencies?: HubParts['agencies'],
): Promise<Doors> {
  const { undo, progress } = run;
  const hub = await progress.step('hub', async () => {
    const made = await makeHub({ config, ownerUrl, agencies, signingKeyPem: signingKey(config) });
    undo.add('hub', made.close);
    return made;
  });
  const ahead: Loading[] = [hub.orm];
  return {
    async roster() {
      await progress.step(
        'public roster',
        async () => (await import('./roster.js')).publishOnce(hub),
        (said) => said,
      );
    },
    worker: () => openWorking(hub, ownerUrl, run),
    loadAhead() {
      for (const load of ahead)
        void load().catch((err: unknown) => hub.log.error({ err }, 'what later requests need does not load'));
    },
    subgraphs: (names) => openSubgraphs(hub, ownerUrl, run, names),
    gateway: () => openGateway(hub, ownerUrl, run, ahead),
  };
}

async function openGateway(hub: Hub, ownerUrl: string, { undo, progress }: Run, ahead: Loading[]) {
  const { config } = hub;
  const { dataDir, OIDC_AUDIENCE: audience, PORT: port } = config;
  const issuer = config.sandbox ? await openIssuer({ dataDir, audience, port }) : undefined;
  const parts = serverParts(config, ownerUrl, issuer);
  return progress.step(
    'gateway',
    async () => {
      const { url, close, loadAhead } = await startServer(hub, parts);
      undo.add('gateway', close);
      ahead.push(loadAhead);
      return { url, sample: issuer && (await sampleFor(hub, issuer, ownerUrl)) };
    },
    ({ url }) => url,
  );
}

/** What to ask first; registered for the demo partner, which may ask nothing else. */
async function sampleFor(hub: Hub, issuer: SandboxIssuer, ownerUrl: string): Promise<Sample | undefined> {
  const sample = await makeSample(hub, issuer);
  if (sample) await registerDemoDocument(ownerUrl, sampleQuery(sample), sample.purpose);
  return sample;
}

async function openSubgraphs(
  hub: Hub,
  ownerUrl: string,
  { undo, progress }: Run,
  names: readonly string[],
): Promise<string> {
  const parts = { subgraphs: names.map(partsOf), pendingMigrations: pendingIn(ownerUrl) };
  return progress.step(
    'subgraphs',
    async () => {
      const { url, close } = await startSubgraphs(hub, parts);
      undo.add('subgraphs', close);
      return url;
    },
    (url) => url,
  );
}

const pendingIn = (ownerUrl: string) => () => pendingMigrations(ownerUrl, migrationNames());

function partsOf(name: string): SubgraphParts {
  const parts = subgraphs.find((each) => each.name === name);
  if (!parts)
    throw new Refusal(`There is no subgraph ${name}; there are ${subgraphs.map((each) => each.name).join(', ')}.`);
  return parts;
}

/** Jobs, and the sequencer of the log. */
async function openWorking(hub: Hub, ownerUrl: string, { undo, progress }: Run): Promise<void> {
  await progress.step('worker', async () => undo.add('worker', (await openWorker(hub, ownerUrl)).stop));
  const { auditDir, AUDIT_HEAD_SECONDS } = hub.config;
  const sequencer = { pool: hub.db.app, signer: hub.signer, file: openHeadsFile(auditDir) };
  undo.add('log sequencer', startSequencer(sequencer, AUDIT_HEAD_SECONDS, hub.log).stop);
}

/** Loads apart, so that a gateway need not wait for it. */
async function openWorker(hub: Hub, ownerUrl: string): Promise<Worker> {
  const { startWorker } = await import('../../queue/worker.js');
  const { jobs } = await import('../../jobs/index.js');
  return startWorker({ ownerUrl, services: hub, jobs });
}

function serverParts(config: Config, ownerUrl: string, issuer: SandboxIssuer | undefined): ServerParts {
  return {
    subgraphs,
    supergraph: committedSupergraph(),
    issuers: [...configuredIssuers(config), ...(issuer ? [trusted(issuer)] : [])],
    resolvePurpose,
    pendingMigrations: pendingIn(ownerUrl),
    routes: issuer && ((app) => serveIssuer(app, issuer)),
  };
}

const trusted = ({ url, jwks }: SandboxIssuer) => ({ issuer: url, keys: createLocalJWKSet({ keys: [...jwks.keys] }) });

function serveIssuer(app: FastifyInstance, issuer: SandboxIssuer): void {
  app.get(`${ISSUER_PATH}/jwks.json`, async () => issuer.jwks);
  app.get(`${ISSUER_PATH}/.well-known/openid-configuration`, async () => issuer.configuration);
}
