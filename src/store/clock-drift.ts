import type { Pool } from 'pg';

/** By how many ms a clock is ahead of the database's. The way there and back lies between two looks at ours. */
export async function clockDrift(pool: Pick<Pool, 'query'>, now: () => Date): Promise<number> {
  const before = now().getTime();
  const { rows } = await pool.query<{ at: Date }>('select clock_timestamp() as at');
  return (before + now().getTime()) / 2 - rows[0]!.at.getTime();
}
