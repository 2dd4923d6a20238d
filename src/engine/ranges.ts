import type { Pool, PoolClient } from 'pg';

/** All households from one id to another, both included. */
export interface HouseholdRange {
  readonly first: string;
  readonly last: string;
}

const LAST_OF_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const RANGES = `
  select first, coalesce(last, '${LAST_OF_ALL}') as last from (
    select id as first, lead(id, $1 - 1) over (order by id) as last, row_number() over (order by id) - 1 as place
    from household where $2::text[] is null or region_code = any ($2)
  ) as each where place % $1 = 0 order by first`;

/** Ranges of so many households each, in the order of their ids; null: of every region. */
export async function householdRanges(
  client: Pick<PoolClient, 'query'>,
  size: number,
  regions: readonly string[] | null,
): Promise<HouseholdRange[]> {
  return (await client.query<HouseholdRange>(RANGES, [size, regions])).rows;
}

/**
 * What a statement over a range wants of its session. Compiling pays for itself in no chunk; what is sorted and hashed of one
 * stays in memory. Planned once: a histogram of ids has a hundred steps, so that the planner believes a range of a hundredth to
 * hold nobody or twice as many; of a range it does not know it believes that it holds a two-hundredth.
 */
export const FOR_RANGES = `set local jit = off; set local work_mem = '64MB'; set local max_parallel_workers_per_gather = 0;
  set local plan_cache_mode = force_generic_plan`;

const SHARES = 200;
/* What a statement costs however few it judges (its relations, the numbers of every place) is a fifth of a range of 250, and little of this. */
const LEAST = 2500;

/** Ranges as large as the planner takes them for and none too small, in the order of their ids; regions null: of every region. */
export async function rangesOfAll(
  client: Pick<PoolClient, 'query'>,
  regions: readonly string[] | null,
): Promise<HouseholdRange[]> {
  const { rows } = await client.query<{ households: number }>('select count(*)::int as households from household');
  return householdRanges(client, Math.max(LEAST, Math.ceil(rows[0]!.households / SHARES)), regions);
}

/** Connections pull ranges until none is left; the first failure stops them all. */
export async function inTurns<Client, Item>(
  clients: readonly Client[],
  items: readonly Item[],
  work: (client: Client, item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const pull = async (client: Client): Promise<void> => {
    try {
      while (next < items.length) await work(client, items[next++]!);
    } catch (error) {
      next = items.length;
      throw error;
    }
  };
  const ended = await Promise.allSettled(clients.map(pull));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}

/** Connections whose transactions can only read and all see one state of the records. */
export async function inOneState<T>(
  pool: Pool,
  connections: number,
  work: (clients: readonly PoolClient[]) => Promise<T>,
): Promise<T> {
  const clients: PoolClient[] = [];
  const open = async (state: string): Promise<PoolClient> => {
    const client = await pool.connect();
    clients.push(client);
    await client.query(`begin isolation level repeatable read read only; ${state} ${FOR_RANGES}`);
    return client;
  };
  try {
    const first = await open('');
    const { rows } = await first.query<{ state: string }>('select pg_export_snapshot() as state');
    for (let i = 1; i < connections; i++) await open(`set transaction snapshot '${rows[0]!.state}';`);
    return await work(clients);
  } finally {
    await Promise.all(clients.map((client) => client.query('rollback').finally(() => client.release())));
  }
}
