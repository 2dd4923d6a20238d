import type { PoolClient, QueryConfig } from 'pg';
import { loggedRead } from '../../src/audit/reads';
import type { Session } from '../../src/access/session';
import { openDatabase, scopeLiteral } from '../../src/store/database';
import { PERSONS } from '../../resolvers/housing/person-rows';
import { median, round } from '../support/figures';
import type { LiveHousehold } from '../support/households';
import { unlogged } from '../support/leave-out';
import { cpuMs } from '../support/processes';
import type { World } from '../support/world';

const ROUNDS = 9;
const STATEMENTS = 2000;

interface Sample {
  readonly wall: number;
  readonly node: number;
  readonly postgres: number;
}

/**
 * The persons of a household of 4, read with their log and without, on one connection of the app role. In one transaction
 * a round: the price of the statement, not of a commit. Microseconds per statement.
 */
export async function statement(world: World, households: readonly LiveHousehold[]) {
  const db = openDatabase(world.ownerUrl, world.config.secrets.ROLE_KEY);
  const client = await db.app.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const logged = await statementsFor(world, households);
    const sides = { logged, unlogged: logged.map(unlogged) };
    const samples = { logged: [] as Sample[], unlogged: [] as Sample[] };
    const regions = scopeLiteral(households.map(({ region }) => region));
    for (let index = 0; index <= ROUNDS; index++) {
      for (const side of ['logged', 'unlogged'] as const) {
        const sample = await measure(client, regions, sides[side], rows[0]!.pid);
        if (index > 0) samples[side].push(sample);
      }
    }
    const figure = (of: readonly Sample[]) => ({
      wall: round(median(of.map(({ wall }) => wall)), 1),
      node: round(median(of.map(({ node }) => node)), 1),
      postgres: round(median(of.map(({ postgres }) => postgres)), 1),
    });
    return { logged: figure(samples.logged), unlogged: figure(samples.unlogged) };
  } finally {
    client.release();
    await db.close();
  }
}

async function statementsFor({ owner }: World, households: readonly LiveHousehold[]): Promise<QueryConfig[]> {
  const { rows } = await owner.query<{ persons: string[] }>(
    'select array_agg(person_id::text) as persons from letter_member where letter_id = any($1) group by letter_id',
    [households.map(({ letterId }) => letterId)],
  );
  const regions = households.map(({ region }) => region);
  const viewer = { subject: 'bench', role: 'COUNTY_HOUSING' as const, office: regions[0]!, regions };
  const session: Session = { viewer, purpose: null, requestId: 'bench' };
  const look = { source: 'housing', fields: ['birthDate', 'idNumber', 'name'] };
  return rows.map(({ persons }) => loggedRead(PERSONS, [persons, true], look, session));
}

async function measure(
  client: PoolClient,
  regions: string,
  statements: readonly QueryConfig[],
  backend: number,
): Promise<Sample> {
  await client.query(`begin; select set_config('app.regions', '${regions}', true)`);
  const [node, postgres, started] = [process.cpuUsage(), cpuMs(backend), performance.now()];
  for (let index = 0; index < STATEMENTS; index++) await client.query(statements[index % statements.length]!);
  const [wall, used] = [performance.now() - started, process.cpuUsage(node)];
  const sample = {
    wall: (1000 * wall) / STATEMENTS,
    node: (used.user + used.system) / STATEMENTS,
    postgres: (1000 * (cpuMs(backend) - postgres)) / STATEMENTS,
  };
  await client.query('rollback');
  return sample;
}
