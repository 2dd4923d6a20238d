import { Client } from 'pg';
import type { Config } from '../config';
import { runningEmbedded, startEmbedded } from '../store/embedded';
import { holderOf, isHolder, lockFolder } from '../store/embedded/lock';
import { Refusal } from './refusal';

/** The PostgreSQL server a command works on. */
export interface DatabaseServer {
  /** Owner, on the hub's database. */
  readonly ownerUrl: string;
  /** For people; without a password. */
  readonly where: string;
  stop(): Promise<void>;
}

const DATABASE = 'anju';
const OLDEST = 150_000;

/**
 * The server given by DATABASE_URL, checked, or our own, started. Whoever calls holds the lock of the data folder.
 * `meanwhile` is called while our own makes ready.
 */
export async function openServer({ DATABASE_URL, dataDir }: Config, meanwhile?: () => void): Promise<DatabaseServer> {
  if (DATABASE_URL) return givenServer(DATABASE_URL);
  const { ownerUrl, cluster, stop } = await startEmbedded({ dataDir, database: DATABASE, meanwhile });
  return { ownerUrl, where: cluster, stop };
}

/** For a single command: beside a running hub its server is used, otherwise one is started for the time of the command. */
export async function withServer<T>(
  config: Config,
  what: string,
  work: (server: DatabaseServer) => Promise<T>,
): Promise<T> {
  if (config.DATABASE_URL) return work(await openServer(config));
  if (holderOf(config.dataDir)) return work(beside(config));
  const lock = lockFolder(config.dataDir, what);
  if (isHolder(lock)) return work(beside(config));
  try {
    const server = await openServer(config);
    return await work(server).finally(server.stop);
  } finally {
    lock.release();
  }
}

/** The server somebody else runs: DATABASE_URL, or that of a running hub. */
export async function joinServer(config: Config): Promise<DatabaseServer> {
  if (config.DATABASE_URL) return openServer(config);
  if (holderOf(config.dataDir)) return beside(config);
  throw new Refusal('No hub runs here: set DATABASE_URL, or run npm start, which does everything in one process.');
}

function beside({ dataDir }: Config): DatabaseServer {
  const running = runningEmbedded({ dataDir, database: DATABASE });
  if (!running) throw new Refusal(`A hub is starting or stopping in ${dataDir}: try again in a moment.`);
  return { ownerUrl: running.ownerUrl, where: running.cluster, stop: async () => undefined };
}

async function givenServer(ownerUrl: string): Promise<DatabaseServer> {
  const where = `${new URL(ownerUrl).host}${new URL(ownerUrl).pathname}`;
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new Refusal(
      `DATABASE_URL (${where}) does not answer: ${(error as { code?: string }).code ?? 'no answer within 10 s'}.`,
    );
  }
  try {
    const { rows } = await client.query<{ version: number; roles: boolean }>(RIGHTS);
    const { version, roles } = rows[0]!;
    if (version < OLDEST)
      throw new Refusal(
        `DATABASE_URL (${where}) is PostgreSQL ${Math.floor(version / 10_000)}; 15 or later is needed.`,
      );
    if (!roles) throw new Refusal(`The user of DATABASE_URL needs CREATEROLE: alter role … createrole createdb.`);
    return { ownerUrl, where, stop: async () => undefined };
  } finally {
    await client.end();
  }
}

const RIGHTS = `select current_setting('server_version_num')::int as version, rolsuper or rolcreaterole as roles
  from pg_roles where rolname = current_user`;

/** Address of the agencies' own records: a second database on the same server. */
export function sandboxUrl(ownerUrl: string): string {
  const address = new URL(ownerUrl);
  address.pathname += '_sandbox';
  return address.toString();
}

/** Makes a database that is not there yet; the owner of the hub's owns it. */
export async function ensureDatabase(owner: Client, url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const { rowCount } = await owner.query('select from pg_database where datname = $1', [name]);
  if (!rowCount) await owner.query(`create database ${owner.escapeIdentifier(name)}`);
}
