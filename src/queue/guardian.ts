import { Client } from 'pg';
import type { Logger } from '../log';

/**
 * A process that was killed leaves its jobs locked for hours. Each one therefore holds an advisory lock, made of the name
 * it locks jobs in, on a connection of its own: PostgreSQL drops the lock with the process, and whoever can take it
 * knows that its holder is dead and frees its jobs.
 */
export interface Guardian {
  /** Declares these holders of jobs alive: they are of this process. */
  vouch(holders: readonly string[]): Promise<void>;
  /** Frees the jobs of dead holders; returns how many of them. */
  reclaim(): Promise<number>;
  close(): Promise<void>;
}

const VOUCH = 'select pg_advisory_lock(hashtextextended(id, 0)) from unnest($1::text[]) as w (id)';
const RECLAIM = `
  with holder as materialized (
    select distinct locked_by as id from graphile_worker.jobs where locked_by is not null and locked_by <> all ($1::text[])
  ), dead as materialized (
    select id from holder where pg_try_advisory_xact_lock(hashtextextended(id, 0))
  )
  select graphile_worker.force_unlock_workers(array_agg(id)) as unlocked, count(*)::int as dead from dead`;

/** @param ownerUrl a direct connection: session locks do not survive a pooler in transaction mode. */
export async function openGuardian(ownerUrl: string, log: Logger): Promise<Guardian> {
  const own: string[] = [];
  let client: Client | undefined;
  const connected = async (): Promise<Client> => {
    if (client) return client;
    const fresh = new Client({ connectionString: ownerUrl, application_name: 'anju_worker_guardian' });
    fresh.on('error', (err) => log.warn({ err }, 'the worker guardian lost its connection'));
    fresh.once('end', () => (client = undefined));
    await fresh.connect();
    await fresh.query(VOUCH, [own]);
    return (client = fresh);
  };
  await connected();
  return {
    async vouch(holders) {
      own.push(...holders);
      await (await connected()).query(VOUCH, [holders]);
    },
    async reclaim() {
      const { rows } = await (await connected()).query<{ dead: number }>(RECLAIM, [own]);
      return rows[0]?.dead ?? 0;
    },
    close: async () => void (await client?.end()),
  };
}
