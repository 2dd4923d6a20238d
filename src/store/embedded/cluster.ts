import { execFile, spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './alive';
import type { Place } from './place';
import { postmasterOf } from './postmaster';
import { OR_YOUR_OWN, ServerTrouble } from './trouble';

const READY_MS = 60_000;
const LOG_TAIL = 1500;

/** Messages in one language and no settings of another PostgreSQL leaking in. */
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export const isInitialised = (place: Place): boolean => existsSync(join(place.cluster, 'PG_VERSION'));

/** Makes an empty cluster: UTF-8, names sorted by pinyin (ICU zh-Hans-CN), passwords required. */
export async function initialise(place: Place, adminPassword: string): Promise<void> {
  const passwordFile = join(place.home, 'pg.password');
  writeFileSync(passwordFile, adminPassword, { mode: 0o600 });
  const { uid, gid } = place.account;
  if (uid !== undefined && gid !== undefined) chownSync(passwordFile, uid, gid);
  const flags = [
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-sync',
  ];
  const locale = ['--locale=C', '--locale-provider=icu', '--icu-locale=zh-Hans-CN'];
  try {
    await promisify(execFile)(join(place.native, 'bin', 'initdb'), [`--pgdata=${place.cluster}`, ...flags, ...locale], {
      ...place.account,
      cwd: place.cluster,
      env: ENVIRONMENT,
    });
  } catch (error) {
    rmSync(place.cluster, { recursive: true, force: true }); // half a cluster would pass for a whole one
    const said = (error as { stderr?: string }).stderr?.trim() ?? String(error);
    throw new ServerTrouble(
      `PostgreSQL could not make its data folder ${place.cluster}:\n${said}\nMend this, ${OR_YOUR_OWN}.`,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * Starts the server in a process group of its own, so that Ctrl-C reaches the hub and not its database, and waits until it
 * takes connections.
 */
export async function launch(place: Place, settings: readonly string[], meanwhile?: () => void): Promise<void> {
  const logFile = join(place.home, 'pg.log');
  const log = openSync(logFile, 'w', 0o600);
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const server = spawn(join(place.native, 'bin', 'postgres'), ['-D', place.cluster, ...flags], {
    ...place.account,
    cwd: place.cluster,
    env: ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended = '';
  server.once('error', (error) => (ended = error.message));
  server.once('exit', (code, signal) => (ended = `ended with ${code ?? signal}`));
  server.unref();
  meanwhile?.();
  const ready = () =>
    ended !== '' || (postmasterOf(place.cluster)?.ready === true && postmasterOf(place.cluster)?.pid === server.pid);
  if ((await until(ready, READY_MS)) && ended === '') return;
  const said = readFileSync(logFile, 'utf8').slice(-LOG_TAIL).trim();
  throw new ServerTrouble(`PostgreSQL did not start (${ended || 'no answer'}):\n${said}\nMend this, ${OR_YOUR_OWN}.`);
}
