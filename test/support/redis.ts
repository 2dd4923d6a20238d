import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/store/embedded/memory';
import { describeWith } from './describe-with';
import { keep } from './scan/keep';

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** @param signal SIGTERM where it is not said otherwise. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** True where a redis-server is installed. */
export const hasRedis = (): boolean => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

/** `describeWithRedis('…', () => …)`: a describe block that needs a real redis-server. */
export const describeWithRedis = (title: string, block: () => void): void =>
  describeWith({ program: 'redis-server', debian: 'redis-server', isHere: hasRedis() }, title, block);

/** A redis-server of its own on this or a free port of the loopback, keeping nothing. */
export async function startRedis(wanted = 0): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'anju-redis-'));
  const port = await freePort(wanted);
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn('redis-server', flags, { stdio: 'ignore' });
  await reachable(port, server);
  const monitor = keepCommands(port);
  return {
    ...{ url: `redis://127.0.0.1:${port}`, port },
    async stop(signal = 'SIGTERM') {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill(signal);
      await ended;
      monitor.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every command, with all it sets: values are gone before a test ends. */
function keepCommands(port: number): Socket {
  const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write('MONITOR\r\n'));
  return socket.on('error', () => undefined).on('data', (told) => keep('redis', 'a command', told.toString('latin1')));
}

async function reachable(port: number, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ port, host: '127.0.0.1' }, () => resolve(true));
      socket
        .once('error', () => resolve(false))
        .once('close', () => resolve(false))
        .once('connect', () => socket.destroy());
    });
    if (open) return;
  }
  throw new Error('redis-server ended at once');
}
