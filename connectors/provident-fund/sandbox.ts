import { Client, type Pool } from 'pg';
import type { AgencyContext, AgencyServer, SandboxAgency } from '../../src/exchange/sandbox/agency';
import { contentFault, type Mode } from '../../src/exchange/sandbox/mode';
import { MEANINGS } from './sandbox-modes';
import { FUND_ROLE, publishViews } from './sandbox-view';
import { fundWire } from './sandbox-wire';

/** 公积金 centre: PostgreSQL itself, over two views; the only agency whose server is not ours. */
export const providentFundSandbox: SandboxAgency = {
  meanings: MEANINGS,
  async open(context: AgencyContext): Promise<AgencyServer> {
    const { world, clock, tally } = context;
    const place = new Client(world.options);
    const password = context.secret('password');
    await letIn(place, world, password);
    await world.query('update fund.publication set clock_offset = make_interval(secs => $1)', [
      (clock().getTime() - Date.now()) / 1000,
    ]);
    return {
      upstream: place.host.startsWith('/')
        ? { path: `${place.host}/.s.PGSQL.${place.port}` }
        : { host: place.host, port: place.port },
      settings: (port) => ({
        url: `postgres://${FUND_ROLE}:${password}@127.0.0.1:${port}/${encodeURIComponent(place.database ?? '')}`,
      }),
      overhear: () => fundWire((asked) => tally.asked(asked)),
      prepare: (mode) => publish(world, mode),
      close: async () => undefined,
    };
  },
};

/** Sets the role's password where it does not open the door. The role belongs to every world on the server, so others may be at it too. */
async function letIn(place: Client, world: Pool, password: string): Promise<void> {
  for (let attempt = 1; !(await opens(place, password)); attempt++) {
    if (attempt > 5) throw new Error(`${FUND_ROLE} cannot log in to the sandbox world by password; see pg_hba.conf.`);
    await world
      .query(`alter role ${FUND_ROLE} password ${place.escapeLiteral(password)}`)
      .catch((err: { code?: string }) => {
        if (err.code !== 'XX000') throw err; // "tuple concurrently updated"
      });
  }
}

async function opens({ host, port, database }: Client, password: string): Promise<boolean> {
  const visitor = new Client({ host, port, database, user: FUND_ROLE, password });
  try {
    await visitor.connect();
    return true;
  } catch {
    return false;
  } finally {
    await visitor.end();
  }
}

/** Swaps the views in one (implicit) transaction: a reader sees the old ones or the new ones. */
async function publish(world: Pool, mode: Mode): Promise<void> {
  await world.query(`select set_config('lock_timeout', '5s', true); ${publishViews(contentFault(mode))}`);
}
