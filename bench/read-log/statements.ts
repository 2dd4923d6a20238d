import type { PoolClient, QueryConfig } from 'pg';
import { openDatabase, scopeLiteral } from '../../src/store/database';
import { householdShot } from '../gateway/query';
import { median, round } from '../support/figures';
import { orderOf } from '../support/hub';
import type { LiveHousehold } from '../support/households';
import { onLoggedReads, unlogged } from '../support/leave-out';
import { once } from '../support/load';
import { openHub } from '../support/open-hub';
import { cpuMs } from '../support/processes';
import type { World } from '../support/world';

const ROUNDS = 7;
const TIMES = 800;

/** Microseconds per statement; ratio of wall time. */
export interface StatementCost {
  readonly loggedWall: number;
  readonly unloggedWall: number;
  readonly loggedPostgres: number;
  readonly unloggedPostgres: number;
  readonly ratio: number;
}

/**
 * Every logged read of a household's request, caught as the product sends it, with its log and without, on one connection of
 * the app role. In one transaction a round: the price of the statement, not of a commit.
 */
export async function statements(world: World, household: LiveHousehold): Promise<Map<string, StatementCost>> {
  const reads = await readsOf(world, household);
  const db = openDatabase(world.ownerUrl, world.config.secrets.ROLE_KEY);
  const client = await db.app.connect();
  try {
    const costs = new Map<string, StatementCost>();
    for (const [name, read] of reads) costs.set(name, await costOf(client, household.region, read));
    return costs;
  } finally {
    client.release();
    await db.close();
  }
}

/** By name. */
async function readsOf(world: World, household: LiveHousehold): Promise<Map<string, QueryConfig>> {
  const reads = new Map<string, QueryConfig>();
  const hub = await openHub(orderOf(world));
  try {
    await once(hub.url, householdShot(household)); // the agencies answer, and their answers are stored
    const release = onLoggedReads((read) => {
      reads.set(read.name!.replace('+log', ''), read);
      return read;
    });
    await once(hub.url, householdShot(household));
    release();
  } finally {
    await hub.close();
  }
  return reads;
}

async function costOf(client: PoolClient, region: string, read: QueryConfig): Promise<StatementCost> {
  const backend = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
  const sides = { logged: read, unlogged: unlogged(read) };
  const wall = { logged: [] as number[], unlogged: [] as number[] };
  const postgres = { logged: [] as number[], unlogged: [] as number[] };
  for (let index = 0; index <= ROUNDS; index++) {
    for (const side of ['logged', 'unlogged'] as const) {
      await client.query(`begin; select set_config('app.regions', '${scopeLiteral([region])}', true)`);
      const [spent, started] = [cpuMs(backend), performance.now()];
      for (let time = 0; time < TIMES; time++) await client.query(sides[side]);
      wall[side].push((1000 * (performance.now() - started)) / TIMES);
      postgres[side].push((1000 * (cpuMs(backend) - spent)) / TIMES);
      await client.query('rollback');
    }
  }
  const of = (samples: readonly number[]) => round(median(samples.slice(1)), 1); // the first round warms up
  return {
    loggedWall: of(wall.logged),
    unloggedWall: of(wall.unlogged),
    loggedPostgres: of(postgres.logged),
    unloggedPostgres: of(postgres.unlogged),
    ratio: round(of(wall.logged) / of(wall.unlogged)),
  };
}
