import type { Config } from '../../config';
import { openServer } from '../server';
import { requireSound } from '../start-checks';
import { announce } from './announce';
import { requirePort } from './port';
import { runUntilStopped, type Run } from './run';

/** `hub start`: the whole hub in one process, from nothing to a printed query. */
export const start = (config: Config): Promise<void> =>
  runUntilStopped(config, 'hub start', (run) => bringUp(config, run));

async function bringUp(config: Config, run: Run): Promise<void> {
  const { step } = run.progress;
  await requirePort(config.HOST, config.PORT);
  const server = await step(
    'PostgreSQL',
    () => openServer(config, () => void import('../prepare.js')), // modules load while PostgreSQL makes ready
    ({ where }) => where,
  );
  run.undo.add('PostgreSQL', server.stop);
  const { ownerUrl } = server;
  await requireSound(config, ownerUrl);
  const { prepareDatabase } = await import('../prepare.js');
  await step('tables', () => prepareDatabase(ownerUrl, config.secrets.ROLE_KEY), sayApplied);
  await requireSound(config, ownerUrl);
  const { openSandbox } = await import('./sandbox.js');
  const agencies = config.sandbox ? await openSandbox(config, ownerUrl, run) : undefined;
  const { openDoors } = await import('./doors.js');
  const doors = await openDoors(config, ownerUrl, run, agencies);
  if (config.sandbox) await doors.roster();
  await doors.worker();
  const { url, sample } = await doors.gateway();
  run.lock?.say(url);
  announce(url, run.progress.total(), sample);
}

const sayApplied = ({ length }: readonly string[]): string =>
  length > 0 ? `${length} migrations applied` : 'up to date';
