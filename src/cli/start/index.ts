import type { Client } from 'pg';
import type { Config } from '../../config';
import { asOwner } from '../../store/owner';
import { openServer } from '../server';
import { requireSound } from '../start-checks';
import { announce } from './announce';
import { loadMeanwhile } from './meanwhile';
import { requirePort } from './port';
import { runUntilStopped, type Run } from './run';

/** `hub start`: the whole hub in one process, from nothing to a printed query. */
export const start = (config: Config): Promise<void> =>
  runUntilStopped(config, 'hub start', (run) => bringUp(config, run));

async function bringUp(config: Config, run: Run): Promise<void> {
  const { progress, undo } = run;
  await requirePort(config.HOST, config.PORT);
  const { ownerUrl } = await progress.step(
    'PostgreSQL',
    async () => {
      const server = await openServer(config, () => void loadMeanwhile());
      undo.add('PostgreSQL', server.stop);
      return server;
    },
    ({ where }) => where,
  );
  const agencies = await asOwner(ownerUrl, (owner) => makeReady(config, ownerUrl, owner, run));
  const { openDoors } = await import('./doors.js');
  const doors = await openDoors(config, ownerUrl, run, agencies?.opening);
  const { url, sample } = await doors.gateway();
  await all([agencies?.open(), config.sandbox && doors.roster(), doors.worker()]);
  run.lock?.say(url);
  announce(url, progress.total(), sample);
  doors.loadAhead();
}

/** Checked before anything is written and once more after; then the agencies, where the sandbox is on. */
async function makeReady(config: Config, ownerUrl: string, owner: Client, run: Run) {
  await requireSound(config, owner);
  const { prepareOver } = await import('../prepare.js');
  const prepare = () => prepareOver(owner, ownerUrl, config.secrets.ROLE_KEY);
  await run.progress.step('tables', prepare, sayApplied);
  await requireSound(config, owner);
  if (!config.sandbox) return undefined;
  const { openSandbox } = await import('./sandbox.js');
  return openSandbox(config, ownerUrl, owner, run);
}

/** Waits for all of them to end, failed or not: what has begun must be there to be stopped. */
async function all(parts: readonly unknown[]): Promise<void> {
  const failed = (await Promise.allSettled(parts)).find((part) => part.status === 'rejected');
  if (failed) throw failed.reason;
}

const sayApplied = ({ length }: readonly string[]): string =>
  length > 0 ? `${length} migrations applied` : 'up to date';
