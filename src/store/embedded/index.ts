import { Client } from 'pg';
import { initialise, isInitialised, launch } from './cluster';
import { freePort, freshMemory, recall, remember, type Memory } from './memory';
import { findPlace } from './place';
import { interruptPostmaster, postmasterOf, stopPostmaster } from './postmaster';
import { serverSettings } from './settings';
import { OR_YOUR_OWN, ServerTrouble } from './trouble';

/** The PostgreSQL server that npm brought along, running for us. */
export interface EmbeddedServer {
  /** Superuser on database `postgres`. */
  readonly adminUrl: string;
  /** Owner of the hub's databases: may make databases and logins, and nothing more. */
  readonly ownerUrl: string;
  /** Folder of its data. */
  readonly cluster: string;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly database: string;
  /** For tests: no durability. */
  readonly throwaway?: boolean;
  /** Called while the server's process makes ready: there is time for something else. */
  readonly meanwhile?: () => void;
}

const OWNER = 'anju_owner';

/** Starts the server of a data folder; one left over from a run that was killed is stopped first. */
export async function startEmbedded({
  dataDir,
  database,
  throwaway = false,
  meanwhile,
}: EmbeddedOptions): Promise<EmbeddedServer> {
  const place = findPlace(dataDir);
  await stopPostmaster(place.cluster);
  const known = recall(dataDir);
  if (!known && isInitialised(place)) {
    throw new ServerTrouble(
      `The passwords of ${place.cluster} are lost (postgres.json): remove that folder to start afresh, ${OR_YOUR_OWN}.`,
    );
  }
  const kept = known ?? remember(dataDir, freshMemory());
  if (!isInitialised(place)) await initialise(place, kept.adminPassword);
  const memory = { ...kept, port: await freePort(kept.port) };
  const interrupt = () => interruptPostmaster(place.cluster);
  process.once('exit', interrupt); // a process that fails takes its server along
  await launch(place, serverSettings(memory.port, throwaway), meanwhile);
  const server = addressed(memory, database, place.cluster, async () => {
    await stopPostmaster(place.cluster);
    process.off('exit', interrupt);
  });
  if (memory.owned && memory.port === kept.port) return server;
  remember(dataDir, memory);
  await ensureOwner(server.adminUrl, memory.ownerPassword, database);
  remember(dataDir, { ...memory, owned: true });
  return server;
}

/** The server of a data folder if one is running, for a command beside a running hub. */
export function runningEmbedded({ dataDir, database }: EmbeddedOptions): EmbeddedServer | undefined {
  const memory = recall(dataDir);
  const place = memory && findPlace(dataDir);
  return place && postmasterOf(place.cluster)?.ready
    ? addressed(memory, database, place.cluster, async () => undefined)
    : undefined;
}

function addressed(
  { port, adminPassword, ownerPassword }: Memory,
  database: string,
  cluster: string,
  stop: () => Promise<void>,
): EmbeddedServer {
  return {
    adminUrl: `postgres://postgres:${adminPassword}@127.0.0.1:${port}/postgres`,
    ownerUrl: `postgres://${OWNER}:${ownerPassword}@127.0.0.1:${port}/${database}`,
    cluster,
    stop,
  };
}

/** The same rights a server of one's own would give: not a superuser, so that what works here works there. */
async function ensureOwner(adminUrl: string, password: string, database: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const { rows } = await admin.query<{ owner: boolean; made: boolean }>(
      'select exists (select from pg_roles where rolname = $1) as owner, exists (select from pg_database where datname = $2) as made',
      [OWNER, database],
    );
    if (!rows[0]?.owner) await admin.query(`create role ${OWNER} login createdb createrole password '${password}'`);
    if (!rows[0]?.made) await admin.query(`create database ${admin.escapeIdentifier(database)} owner ${OWNER}`);
  } finally {
    await admin.end();
  }
}
