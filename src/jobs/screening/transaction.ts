import type { Pool, PoolClient } from 'pg';

/** One transaction of the engine role, which sees every region. Lost in a crash it is done again. */
export async function inTransaction<T>(engine: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await engine.connect();
  try {
    await client.query('begin; set local synchronous_commit = off');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
