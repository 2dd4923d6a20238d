import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, until } from './alive';
import { ServerTrouble } from './trouble';

/** What a running server says of itself in its data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

const fileIn = (cluster: string) => join(cluster, 'postmaster.pid');

/** The server of this data folder, by its own note; undefined when there is none. */
export function postmasterOf(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(fileIn(cluster), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

const FAST_MS = 20_000;
const IMMEDIATE_MS = 5_000;

/** Stops the server of a data folder, whoever started it: connections are cut, nothing committed is lost. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const running = postmasterOf(cluster);
  if (!running) return;
  if (!isServer(running.pid, cluster)) return rmSync(fileIn(cluster), { force: true });
  const gone = () => postmasterOf(cluster)?.pid !== running.pid || !isAlive(running.pid);
  for (const [signal, ms] of [
    ['SIGINT', FAST_MS],
    ['SIGQUIT', IMMEDIATE_MS],
  ] as const) {
    send(running.pid, signal);
    if (await until(gone, ms)) return;
  }
  throw new ServerTrouble(`The database server (process ${running.pid}) does not stop: end it, then start again.`);
}

/** A note may outlive its server and the number be another program's by now: that one is left alone. */
function isServer(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
  } catch {
    return process.platform !== 'linux';
  }
}

/** Asks the server of a data folder to stop and does not wait: for a process at its very end. */
export function interruptPostmaster(cluster: string): void {
  const running = postmasterOf(cluster);
  if (running && isServer(running.pid, cluster)) send(running.pid, 'SIGINT');
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it went by itself
  }
}
