import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { mayEnter, mayRead, serverAccount, type Account } from './account';
import { completeNative, installedNative } from './native';
import { ServerTrouble } from './trouble';

/** Where the server's programs and its data live, and whom it runs as. */
export interface Place {
  readonly account: Account;
  /** Folder of bin, lib and share. */
  readonly native: string;
  /** Folder that holds `pg` (the cluster) and the server's log. */
  readonly home: string;
  readonly cluster: string;
}

const PASSABLE = 0o711;

/**
 * Finds a place where the server's account can work. Beside the hub's other data where it can be; when we are root and the
 * user postgres cannot enter there (umask 077, a mode-700 home), in /var/tmp under a name made from the folder.
 */
export function findPlace(dataDir: string): Place {
  const account = serverAccount();
  mkdirSync(dataDir, { recursive: true });
  const home = mayEnter(dirname(dataDir), account) ? dataDir : elsewhere(dataDir);
  if (account.uid !== undefined) letPass(home);
  const cluster = join(home, 'pg');
  if (!existsSync(cluster)) mkdirSync(cluster, { mode: 0o700 });
  handOver(cluster, account);
  return { account, home, cluster, native: usableNative(home, account) };
}

function elsewhere(dataDir: string): string {
  const home = join('/var/tmp', `anju-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`);
  if (!existsSync(home)) mkdirSync(home, { mode: PASSABLE });
  const found = lstatSync(home);
  if (!found.isDirectory() || found.uid !== process.getuid?.())
    throw new ServerTrouble(`${home} belongs to someone else: remove it.`);
  return home;
}

function letPass(folder: string): void {
  const { mode } = statSync(folder);
  if ((mode & PASSABLE) !== PASSABLE) chmodSync(folder, mode | PASSABLE);
}

function handOver(path: string, { uid, gid }: Account): void {
  if (uid !== undefined && gid !== undefined && statSync(path).uid !== uid) chownSync(path, uid, gid);
}

/** The installed programs, or a copy where the account may not read those or their links cannot be made. */
function usableNative(home: string, account: Account): string {
  const installed = installedNative();
  if (completeNative(installed) && mayRead(join(installed, 'bin', 'postgres'), account)) return installed;
  const copy = join(home, `native-${createHash('sha256').update(installed).digest('hex').slice(0, 12)}`);
  if (!existsSync(copy)) copyNative(installed, copy);
  return join(copy, 'native');
}

function copyNative(installed: string, copy: string): void {
  const half = `${copy}.half`;
  rmSync(half, { recursive: true, force: true });
  cpSync(installed, join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  openUp(half);
  completeNative(join(half, 'native'));
  renameSync(half, copy);
}

function openUp(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  chmodSync(path, found.mode | (found.isDirectory() || found.mode & 0o100 ? 0o555 : 0o444));
  if (found.isDirectory()) for (const name of readdirSync(path)) openUp(join(path, name));
}
