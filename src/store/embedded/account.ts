import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { OR_YOUR_OWN, ServerTrouble } from './trouble';

/** Whom the server runs as: PostgreSQL refuses to run as root. Empty = ourselves. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const USER = 'postgres';

/** Ourselves, or, when we are root, the system's user postgres (made when missing). */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  return lookUp() ?? createAccount();
}

function lookUp(): Account | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, USER], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function createAccount(): Account {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', USER], {
      stdio: 'ignore',
    });
  } catch {
    // what counts is whether the user is there now
  }
  const made = lookUp();
  if (made) return made;
  throw new ServerTrouble(
    `PostgreSQL does not run as root and the user '${USER}' could not be made: run as an ordinary user, ${OR_YOUR_OWN}.`,
  );
}

const OTHERS_ENTER = 0o001;
const OTHERS_READ_ENTER = 0o005;

/** May the server's account read this existing file or folder, through every folder above it? Judged by the modes for "others". */
export function mayRead(path: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  return (statSync(path).mode & OTHERS_READ_ENTER) === OTHERS_READ_ENTER && mayEnter(dirname(resolve(path)), account);
}

/** May the server's account pass through this folder and every folder above it? */
export function mayEnter(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  for (let here = resolve(folder); ; here = dirname(here)) {
    if ((statSync(here).mode & OTHERS_ENTER) !== OTHERS_ENTER) return false;
    if (here === dirname(here)) return true;
  }
}
