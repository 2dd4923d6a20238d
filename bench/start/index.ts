import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, round, table, type BenchResult } from '../support/figures';

const ROUNDS = 3;
const GOAL = 1.5;
const ROOT = join(__dirname, '..', '..');

interface Program {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly query: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
}

/** From spawn to the first answered query, milliseconds; then it is stopped. */
async function firstAnswer({ args, env, query, url, headers }: Program): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [...args], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    await answered(child, url, query, headers);
    return performance.now() - started;
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function answered(
  child: ChildProcess,
  url: string,
  query: string,
  headers: Record<string, string> = {},
): Promise<void> {
  const body = JSON.stringify({ query });
  while (child.exitCode === null) {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    }).catch(() => undefined);
    if (answer?.ok) return void (await answer.text());
    await answer?.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`the program ended with ${child.exitCode} before it answered`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return address && typeof address === 'object' ? address.port : 0;
}

export async function run(say: (line: string) => void): Promise<BenchResult> {
  const times: Record<string, number[]> = { 'bare cold': [], 'bare warm': [], 'hub cold': [], 'hub warm': [] };
  for (let index = 0; index < ROUNDS; index++) {
    const folder = mkdtempSync(join(tmpdir(), 'anju-bench-start-'));
    const [databasePort, barePort, hubPort] = [await freePort(), await freePort(), await freePort()];
    const bare: Program = {
      args: [
        '-r',
        '@swc-node/register',
        join(__dirname, 'bare.ts'),
        join(folder, 'bare'),
        String(databasePort),
        String(barePort),
      ],
      env: {},
      query: '{ noun0(first: 5) { id code name } }',
      url: `http://127.0.0.1:${barePort}/graphql`,
    };
    const hub: Program = {
      args: [join(ROOT, 'dist', 'src', 'main.js'), 'start'],
      env: { DATA_DIR: join(folder, 'hub'), PORT: String(hubPort), DEMO_HOUSEHOLDS: '2000' },
      query: '{ __typename }',
      url: `http://127.0.0.1:${hubPort}/graphql`,
    };
    for (const temperature of ['cold', 'warm']) {
      times[`bare ${temperature}`]!.push(await firstAnswer(bare));
      times[`hub ${temperature}`]!.push(await firstAnswer(hub));
    }
    say(
      `round ${index + 1}: ${Object.entries(times)
        .map(([name, all]) => `${name} ${Math.round(all.at(-1)!)} ms`)
        .join(', ')}`,
    );
    rmSync(folder, { recursive: true, force: true });
  }
  const medians = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, Math.round(median(all))]));
  say(table([medians]));
  const ratio = round(medians['hub warm']! / medians['bare warm']!);
  return {
    name: 'start',
    ratio,
    goal: GOAL,
    baseline: 'bare Apollo + MikroORM + embedded PostgreSQL, warm',
    figures: medians,
  };
}
