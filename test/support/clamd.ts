import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/store/embedded/memory';
import { describeWith } from './describe-with';

export interface TestClamd {
  /** By TCP, and by the path of its socket. */
  readonly addresses: readonly [string, string];
  stop(): Promise<void>;
}

/** True where clamd is installed. */
export const hasClamd = (): boolean => spawnSync('clamd', ['--version'], { stdio: 'ignore' }).status === 0;

/** A describe block that needs the real clamd. */
export const describeWithClamd = (title: string, block: () => void): void =>
  describeWith({ program: 'clamd', debian: 'clamav-daemon', isHere: hasClamd() }, title, block);

/** The harmless string that scanners agree to call a virus; in two parts, so that none calls this file one. */
export const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STAND' + 'ARD-ANTIVIRUS-TEST-FILE!$H+H*';
export const STREAM_MOST = 5_000_000;

/** clamd of ClamAV with a database of our own: it knows EICAR, wherever in a file it stands, and nothing else. */
export async function startClamd(): Promise<TestClamd> {
  const folder = mkdtempSync(join(tmpdir(), 'anju-clamd-'));
  chmodSync(folder, 0o755);
  const [port, path] = [await freePort(0), join(folder, 'socket')];
  writeFileSync(join(folder, 'own.ndb'), `Anju.Eicar:0:*:${Buffer.from(EICAR, 'latin1').toString('hex')}\n`);
  const settings = [`DatabaseDirectory ${folder}`, `TCPSocket ${port}`, 'TCPAddr 127.0.0.1', `LocalSocket ${path}`];
  const conf = join(folder, 'clamd.conf');
  writeFileSync(conf, [...settings, 'Foreground yes', `StreamMaxLength ${STREAM_MOST}`, 'SelfCheck 0', ''].join('\n'));
  const server = spawn('clamd', ['--config-file', conf], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (part) => (said += String(part)));
  while (!existsSync(path)) {
    if (server.exitCode !== null) throw new Error(`clamd ended at once: ${said}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    addresses: [`127.0.0.1:${port}`, path],
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
