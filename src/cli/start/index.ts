import type { Config } from '../../config';
import { isHolder, lockFolder, type FolderLock, type Holder } from '../../store/embedded/lock';
import { Refusal } from '../refusal';
import { openServer } from '../server';
import { startAgencies } from './agencies';
import { announce } from './announce';
import { fillDemo } from './demo';
import { requirePort } from './port';
import { makeProgress, type Progress } from './progress';
import { stopOnSignal } from './stopping';
import { Undo } from './undo';

const PART_MS = 5_000;

/** `hub start`: the whole hub in one process, from nothing to a printed query. Returns when it answers; a signal stops it. */
export async function start(config: Config): Promise<void> {
  const lock = lockFolder(config.dataDir, 'hub start');
  if (isHolder(lock)) throw new Refusal(whoRuns(config.dataDir, lock));
  const undo = new Undo();
  undo.add('lock', lock.release);
  const progress = makeProgress();
  stopOnSignal(undo, progress.underWay);
  try {
    await bringUp(config, { undo, progress, lock });
  } catch (error) {
    await undo.all(PART_MS);
    throw error;
  }
}

function whoRuns(dataDir: string, { pid, what, url }: Holder): string {
  const where = url ? `, answering at ${url}` : '';
  return [
    `${what} already runs on ${dataDir} (process ${pid}${where}).`,
    `Stop it first (Ctrl-C there, or: kill ${pid}), or give this one a folder and a port of its own:`,
    '  DATA_DIR=.data-2 PORT=4001 npm start',
  ].join('\n');
}

interface Run {
  readonly undo: Undo;
  readonly progress: Progress;
  readonly lock: FolderLock;
}

async function bringUp(config: Config, { undo, progress, lock }: Run): Promise<void> {
  const { step } = progress;
  await requirePort(config.HOST, config.PORT);
  const server = await step('PostgreSQL', () => openServer(config), ({ where }) => where);
  undo.add('PostgreSQL', server.stop);
  const { ownerUrl } = server;
  const { prepareDatabase } = await import('../prepare.js');
  await step('tables', () => prepareDatabase(ownerUrl, config.secrets.ROLE_KEY), (applied) => migrated(applied.length));
  const agencies = config.sandbox ? await openSandbox(config, ownerUrl, { undo, progress, lock }) : undefined;
  const { openHub } = await import('../hub.js');
  const open = await step('hub', () => openHub({ config, ownerUrl, settings: agencies }));
  undo.add('hub', open.close);
  const { openDoors } = await import('./doors.js');
  const worker = await step('worker', () => openDoors.worker(open.hub, ownerUrl));
  undo.add('worker', worker.stop);
  const gateway = await step('gateway', () => openDoors.gateway(open.hub, ownerUrl), ({ url }) => url);
  undo.add('gateway', gateway.close);
  lock.say(gateway.url);
  await announce({ hub: open.hub, ownerUrl, url: gateway.url, seconds: progress.total() });
}

/** Made-up people and the agencies that know them; returns the agencies' addresses and credentials for the connectors. */
async function openSandbox(config: Config, ownerUrl: string, { undo, progress: { step } }: Run) {
  await step('demo population', () => fillDemo(config, ownerUrl), (said) => said);
  const sandbox = await step('agencies', () => startAgencies(config, ownerUrl), ({ agencies }) => Object.keys(agencies).join(', '));
  undo.add('agencies', sandbox.close);
  return sandbox.agencies;
}

const migrated = (applied: number): string => (applied > 0 ? `${applied} migrations applied` : 'up to date');
