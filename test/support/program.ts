import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { keep } from './scan/keep';
import { VARIABLE } from './scan/record.cjs';

const ROOT = join(__dirname, '../..');

/** A program of ours in a process of its own, and what it has said so far. */
export interface Program {
  readonly child: ChildProcess;
  said(): string;
  /** Resolves with the first match in its output; rejects when it ends before. */
  says(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Signals it and waits until it has ended: its exit code, null where a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Ctrl-C at a terminal: SIGINT to it and to every process it has in its group. */
  interrupt(): Promise<number | null>;
  ended: Promise<number | null>;
}

export type Settings = Readonly<Record<string, string>>;

/** Settings of the caller's shell do not reach the program, so that a test means the same everywhere. */
const environment = (settings: Settings) => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  ...settings,
  ...(process.env[VARIABLE] ? { [VARIABLE]: process.env[VARIABLE], NODE_OPTIONS: `--require=${RECORD}` } : {}),
});
const RECORD = join(ROOT, 'test/support/scan/record.cjs');

export function runProgram(command: string, args: readonly string[], settings: Settings): Program {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      keep('said', args.slice(1, 3).join(' '), chunk);
      listeners.forEach((listener) => listener());
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const says = (pattern: RegExp) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text);
        if (found) resolve(found);
      };
      listeners.add(look);
      void ended.then((code) => reject(new Error(`ended with ${code} before it said ${pattern}:\n${text}`)));
      look();
    });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  const interrupt = () => {
    process.kill(-child.pid!, 'SIGINT');
    return ended;
  };
  return { child, said: () => text, says, end, interrupt, ended };
}

/** `hub …`, compiled, as npm start runs it. */
export const runHub = (args: readonly string[], settings: Settings): Program =>
  runProgram(process.execPath, [join(ROOT, 'dist/src/main.js'), ...args], settings);

/** Compiles what changed, once before the programs run. */
export function buildHub(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'src/cli/build.cjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the build failed:\n${stderr}`);
}
