import type { Config } from '../../config';
import { isHolder, lockFolder, type FolderLock, type Holder } from '../../store/embedded/lock';
import { Refusal } from '../refusal';
import { makeProgress, type Progress } from './progress';
import { stopOnSignal } from './stopping';
import { Undo } from './undo';

/** A long-running command while it runs. */
export interface Run {
  readonly undo: Undo;
  readonly progress: Progress;
  /** The data folder's, for the one that runs the database. */
  readonly lock?: FolderLock;
}

const PART_MS = 5_000;

/** Holds the data folder while it runs; says who holds it when another does. See {@link runBeside}. */
export function runUntilStopped(config: Config, what: string, bringUp: (run: Run) => Promise<void>): Promise<void> {
  const lock = lockFolder(config.dataDir, what);
  if (isHolder(lock)) return Promise.reject(new Refusal(whoRuns(config.dataDir, lock)));
  return runBeside(bringUp, lock);
}

/** Leaves running what `bringUp` started until a signal comes; when it fails, everything already started is stopped. */
export async function runBeside(bringUp: (run: Run) => Promise<void>, lock?: FolderLock): Promise<void> {
  const run: Run = { undo: new Undo(), progress: makeProgress(), lock };
  if (lock) run.undo.add('lock', lock.release);
  stopOnSignal(run.undo, run.progress.stop);
  try {
    await bringUp(run);
  } catch (error) {
    await run.undo.all(PART_MS);
    throw error;
  }
}

function whoRuns(dataDir: string, { pid, what, url }: Holder): string {
  return [
    `${what} already runs on ${dataDir} (process ${pid}${url && `, answering at ${url}`}).`,
    `Stop it first (Ctrl-C there, or: kill ${pid}), or give this one a folder and a port of its own:`,
    '  DATA_DIR=.data-2 PORT=4001 npm start',
  ].join('\n');
}
