import type { Command } from 'commander';
import type { Config } from '../config';
import { controlClient } from '../exchange/sandbox/control-client';
import { readControlAddress } from '../exchange/sandbox/control-file';
import { asOwner } from '../store/owner';
import { Refusal } from './refusal';
import { say } from './say';
import { joinServer } from './server';
import { requireSound, startSettings } from './start-checks';

/** `hub serve` and `hub work`: one half of a hub each, any number of them, on a database that `hub migrate` prepared. */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('a gateway only, on a migrated database (DATABASE_URL, or that of a running hub start)')
    .option('--subgraph <names...>', 'subgraphs only, for gateways whose SUBGRAPH_URLS name this process')
    .action(async ({ subgraph }: { subgraph?: string[] }) => serve(await startSettings(), subgraph));
  program
    .command('work')
    .description('a worker only: background jobs, on a migrated database')
    .action(async () => work(await startSettings()));
}

async function serve(config: Config, only?: readonly string[]): Promise<void> {
  const { requirePort } = await import('./start/port.js');
  await requirePort(config.HOST, config.PORT);
  await beside(config, async (doors) => {
    if (only) return say(`Serving ${only.join(', ')} at ${await doors.subgraphs(only)}. Ctrl-C stops.`);
    const { url } = await doors.gateway();
    say(`Serving at ${url}/graphql. Ctrl-C stops.`);
    doors.loadAhead();
  });
}

async function work(config: Config): Promise<void> {
  await beside(config, async (doors) => {
    await doors.worker();
    say('Working. Ctrl-C stops.');
  });
}

type Doors = import('./start/doors.js').Doors;
type Agencies = Awaited<ReturnType<ReturnType<typeof controlClient>['settings']>>;

async function beside(config: Config, open: (doors: Doors) => Promise<void>): Promise<void> {
  const { ownerUrl } = await joinServer(config);
  await requireMigrated(ownerUrl);
  await asOwner(ownerUrl, (owner) => requireSound(config, owner));
  const { runBeside } = await import('./start/run.js');
  const { openDoors } = await import('./start/doors.js');
  await runBeside(async (run) => open(await openDoors(config, ownerUrl, run, await sandboxAgencies(config))));
}

/** Where the agencies of a running sandbox are to be found; undefined where none runs, or none is wanted. */
async function sandboxAgencies({ sandbox, dataDir }: Config): Promise<Agencies | undefined> {
  const address = sandbox ? readControlAddress(dataDir) : null;
  if (!address) return undefined;
  return controlClient(address)
    .settings()
    .catch(() => undefined);
}

async function requireMigrated(ownerUrl: string): Promise<void> {
  const { pendingMigrations } = await import('../store/migrate.js');
  const { migrationNames } = await import('../../migrations/names.js');
  const pending = await pendingMigrations(ownerUrl, migrationNames());
  if (pending.length > 0)
    throw new Refusal(`${pending.length} migrations are not applied: run npm run hub -- migrate first.`);
}
