import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { subgraphs } from '../../resolvers';
import type { Config } from '../../src/config';
import type { SubgraphsOrder } from './subgraphs-child';
import { buildHub } from './program';

export interface SubgraphsApart {
  /** Origin by subgraph, as SUBGRAPH_URLS. */
  readonly urls: Readonly<Record<string, string>>;
  /** kill -9 of the process in which a subgraph runs. */
  kill(name: string): Promise<void>;
  close(): Promise<void>;
}

const OWN = ['housing', 'sharing', 'disclosure'];

/** All subgraphs of a hub in two real processes: its own, and those of the agencies. */
export async function startApart(
  config: Config,
  hub: SubgraphsOrder['hub'],
  logged: string[],
): Promise<SubgraphsApart> {
  buildHub();
  const agencies = subgraphs.map(({ name }) => name).filter((name) => !OWN.includes(name));
  const started = await Promise.all([OWN, agencies].map((names) => startChild(config, { names, hub }, logged)));
  return {
    urls: Object.fromEntries(started.flatMap(({ names, url }) => names.map((name) => [name, url]))),
    kill: async (name) => {
      const { child } = started.find(({ names }) => names.includes(name))!;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    close: async () => void (await Promise.all(started.map(({ child }) => stop(child)))),
  };
}

async function startChild({ dataDir, secrets }: Config, order: SubgraphsOrder, logged: string[]) {
  const child = fork(join(__dirname, '../../dist/test/support/subgraphs-child.js'), {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      HUB_ROLE_KEY: secrets.ROLE_KEY.toString('base64'),
      PORT: '0',
      LOG_LEVEL: 'trace',
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let trouble = '';
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    trouble += chunk;
    logged.push(chunk);
  });
  child.send(order);
  const [ready] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [{ url: string } | number];
  if (typeof ready === 'number') throw new Error(`subgraphs ended with ${ready}:\n${trouble}`);
  return { child, url: ready.url, names: order.names };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}
