import { join } from 'node:path';
import { publish } from '../feed/rows';
import { startChild, type Child } from '../support/child';
import { median, quantile, round, table, type BenchResult } from '../support/figures';
import { startHub, type HubReady } from '../support/hub';
import { load } from '../support/load';
import { inWorld } from '../support/world';
import { questions, type Question } from './shots';

const HOUSEHOLDS = 2000;
const PAGES = 1000;
const ROUNDS = 3;
const WARM_UP = 150;
const REQUESTS = 400;
const CONNECTIONS = 10;
/** Law costs something: identity, row scope, masks, logs, a plan. So many times the bare server, point lookups. */
const GOAL = 3;

interface Sample {
  readonly cpu: number;
  readonly perSecond: number;
  readonly latencies: readonly number[];
}

/** Four requests of every day, each put to the hub and to a bare Apollo server with `pg`, taking turns. */
export const run = (say: (line: string) => void): Promise<BenchResult> =>
  inWorld(HOUSEHOLDS, async (world) => {
    const places = await publish(world, PAGES);
    const asked = await questions(world, places);
    const hub = await startHub(world, { without: ['page cache'] });
    const bare = await startChild<HubReady>(join(__dirname, 'bare.js'), [world.ownerUrl]);
    try {
      const rows = [];
      for (const question of asked) rows.push(await compare(question, hub, bare));
      say(table(rows));
      const [lookup] = rows;
      return {
        name: 'load',
        ratio: lookup!.ratio,
        goal: GOAL,
        baseline:
          'the same request on a bare Apollo server with pg, CPU per request of the server process: point lookup',
        figures: Object.fromEntries(rows.map(({ request, ...figures }) => [request, figures])),
      };
    } finally {
      await hub.stop();
      await bare.stop();
    }
  });

async function compare({ name, ...shots }: Question, hub: Child<HubReady>, bare: Child<HubReady>) {
  const samples = { hub: [] as Sample[], bare: [] as Sample[] };
  const children = { hub, bare };
  for (const side of ['hub', 'bare'] as const) await load(children[side].ready.url, shots[side], WARM_UP, CONNECTIONS);
  for (let at = 0; at < ROUNDS; at++)
    for (const side of ['hub', 'bare'] as const) {
      const child = children[side];
      const { cpu, result } = await child.cpuOf(() => load(child.ready.url, shots[side], REQUESTS, CONNECTIONS));
      const perSecond = result.requests / result.seconds;
      samples[side].push({ cpu: (1000 * cpu) / REQUESTS, perSecond, latencies: result.latencies });
    }
  const of = (side: 'hub' | 'bare', figure: (sample: Sample) => number) => median(samples[side].map(figure));
  const cpu = { hub: of('hub', (sample) => sample.cpu), bare: of('bare', (sample) => sample.cpu) };
  return {
    request: name,
    hubCpuMicroseconds: Math.round(cpu.hub),
    bareCpuMicroseconds: Math.round(cpu.bare),
    ratio: round(cpu.hub / cpu.bare),
    hubPerSecond: Math.round(of('hub', ({ perSecond }) => perSecond)),
    barePerSecond: Math.round(of('bare', ({ perSecond }) => perSecond)),
    hubP99Ms: round(
      of('hub', ({ latencies }) => quantile(latencies, 0.99)),
      1,
    ),
    bareP99Ms: round(
      of('bare', ({ latencies }) => quantile(latencies, 0.99)),
      1,
    ),
  };
}
