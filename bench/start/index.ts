import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openIssuer } from '../../src/cli/issuer';
import { median, round, table, type BenchResult } from '../support/figures';
import { freePort } from '../support/port';

const ROUNDS = 3;
/** In each round, the two programs by turns: a single start varies by a fifth. */
const WARM = 4;
const GOAL = 1.5;
const MAIN = join(__dirname, '..', '..', 'src', 'main.js');
const AUDIENCE = 'anju-hub';

interface Program {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly url: string;
  readonly query: string;
  /** Known once the program has made its folder. */
  readonly token?: () => Promise<string | undefined>;
}

/** From spawn to the first answered query, milliseconds; then it is stopped. */
async function firstAnswer(program: Program): Promise<number> {
  const started = performance.now();
  const env = { ...process.env, NODE_ENV: 'production', ...program.env };
  const child = spawn(process.execPath, program.args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    await answered(child, program);
    return performance.now() - started;
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function answered(child: ChildProcess, { url, query, token }: Program): Promise<void> {
  while (child.exitCode === null) {
    const bearer = await token?.();
    const headers = { 'content-type': 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) };
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ query }), headers }).catch(
      () => undefined,
    );
    const text = await answer?.text();
    if (answer?.ok && text?.startsWith('{"data":')) return;
    if (answer) throw new Error(`${url} answered ${answer.status}: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${child.spawnargs.join(' ')} ended with ${child.exitCode} before it answered`);
}

async function programs(folder: string): Promise<Record<'bare' | 'hub', Program>> {
  const [databasePort, barePort, hubPort] = [await freePort(), await freePort(), await freePort()];
  const dataDir = join(folder, 'hub');
  return {
    bare: {
      args: [join(__dirname, 'bare.js'), join(folder, 'bare'), String(databasePort), String(barePort)],
      env: {},
      url: `http://127.0.0.1:${barePort}/graphql`,
      query: '{ noun0(first: 5) { id code name } }',
    },
    hub: {
      args: [MAIN, 'start'],
      env: { DATA_DIR: dataDir, PORT: String(hubPort), DEMO_HOUSEHOLDS: '2000', LOG_LEVEL: 'error' },
      url: `http://127.0.0.1:${hubPort}/graphql`,
      query: '{ households(region: "150402", first: 5) { nodes { id fileNumber registeredOn } } }',
      token: () => officerToken(dataDir),
    },
  };
}

/** The sandbox's issuer is there before the gateway answers; its key opens the first question. */
async function officerToken(dataDir: string): Promise<string | undefined> {
  if (!existsSync(join(dataDir, 'issuer.json'))) return undefined;
  const issuer = await openIssuer({ dataDir, audience: AUDIENCE, port: 0 });
  return issuer.mint({ role: 'COUNTY_HOUSING', region: '150402', subject: 'bench' });
}

type Times = Record<`${'bare' | 'hub'} ${'cold' | 'warm'}`, number[]>;

export async function run(say: (line: string) => void): Promise<BenchResult> {
  const times: Times = { 'bare cold': [], 'hub cold': [], 'bare warm': [], 'hub warm': [] };
  for (let index = 0; index < ROUNDS; index++) {
    await startAll(times);
    const last = Object.entries(times).map(([name, all]) => `${name} ${Math.round(all.at(-1)!)} ms`);
    say(`round ${index + 1}: ${last.join(', ')}`);
  }
  const figures = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, Math.round(median(all))]));
  say(table([figures]));
  return {
    name: 'start',
    ratio: round(figures['hub warm']! / figures['bare warm']!),
    goal: GOAL,
    baseline: 'a bare Apollo Server + MikroORM + embedded PostgreSQL program, warm, spawn to first answered query',
    figures: { ...figures, coldRatio: round(figures['hub cold']! / figures['bare cold']!) },
  };
}

/** Each program from nothing, then each again and again over what it left. */
async function startAll(times: Times): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'anju-bench-start-'));
  chmodSync(folder, 0o755); // started by root, PostgreSQL runs as another user
  try {
    const { bare, hub } = await programs(folder);
    for (const temperature of ['cold', ...Array.from({ length: WARM }, () => 'warm' as const)] as const) {
      times[`bare ${temperature}`].push(await firstAnswer(bare));
      times[`hub ${temperature}`].push(await firstAnswer(hub));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
