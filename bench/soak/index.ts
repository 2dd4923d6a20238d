import { Pool } from 'undici';
import { requestShot } from '../cross-check/report';
import { publicPath, publish } from '../feed/rows';
import { householdShot } from '../gateway/query';
import { median, round, table, type BenchResult } from '../support/figures';
import { startHub } from '../support/hub';
import { liveHouseholds, type LiveHousehold } from '../support/households';
import { shoot, type Shot } from '../support/load';
import { peakRssMiB, rssMiB } from '../support/processes';
import { inWorld, type World } from '../support/world';

const MINUTES = 30;
const GOAL = 1.1;
const HOUSEHOLDS = 24;
const CONNECTIONS = 4;
/** Share of the time that does not count: code is compiled and caches fill. */
const WARM_UP = 0.2;

const LIST =
  'query ($region: String!) { households(region: $region, first: 50) { nodes { id fileNumber members { relation } } pageInfo { hasNextPage } } }';

interface Options {
  readonly minutes?: number;
}

/** Look-ups, lists, cross-checks and public pages over and over; does the process grow? */
export const run = (say: (line: string) => void, { minutes = MINUTES }: Options = {}): Promise<BenchResult> =>
  inWorld(400, async (world) => {
    const hub = await startHub(world, { worker: true });
    try {
      const shots = await mixed(world);
      const samples = await soak(hub.ready.url, shots, minutes * 60_000, () => rssMiB(hub.pid));
      const kept = samples.slice(Math.ceil(samples.length * WARM_UP));
      const quarter = Math.ceil(kept.length / 4);
      const quarters = [0, 1, 2, 3].map((at) => kept.slice(at * quarter, (at + 1) * quarter));
      const rss = quarters.map((each) => round(median(each.map(({ mib }) => mib)), 1));
      const requests = samples.at(-1)?.requests ?? 0;
      say(
        `${requests} requests in ${minutes} min after which the hub held (MiB, median of each quarter after warm-up):`,
      );
      say(
        table([
          { first: rss[0]!, second: rss[1]!, third: rss[2]!, last: rss[3]!, peak: round(peakRssMiB(hub.pid), 1) },
        ]),
      );
      return {
        name: 'soak',
        ratio: round(rss[3]! / rss[0]!),
        goal: GOAL,
        baseline: 'resident memory of the hub in the first quarter after warm-up, the last against it',
        figures: { minutes, requests, rssMiB: rss, peakRssMiB: round(peakRssMiB(hub.pid), 1) },
      };
    } finally {
      await hub.stop();
    }
  });

/** The n-th request: of 16, ten look-ups, three public pages, two lists and a cross-check of one household. */
async function mixed(world: World): Promise<(index: number) => Shot> {
  const places = await publish(world, 20);
  const households = await liveHouseholds(world, 3, HOUSEHOLDS);
  const path = publicPath(world);
  const of = <Item>(items: readonly Item[], index: number): Item => items[index % items.length]!;
  return (index) => {
    const kind = index % 16;
    const household = of(households, Math.floor(index / 3));
    if (kind < 10) return householdShot(household);
    if (kind < 13) return { method: 'GET', path: path(of(places, index)) };
    if (kind < 15) return asked(household, LIST, { region: household.region });
    return requestShot(household.headers, [household.id]);
  };
}

const asked = ({ headers }: LiveHousehold, query: string, variables: object): Shot => ({
  method: 'POST',
  path: '/graphql',
  headers,
  body: JSON.stringify({ query, variables }),
});

interface Sample {
  readonly requests: number;
  readonly mib: number;
}

const EVERY_MS = 500;

/** As many requests as the time allows; memory is looked at on the way. */
async function soak(url: string, shots: (index: number) => Shot, ms: number, look: () => number): Promise<Sample[]> {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  const samples: Sample[] = [];
  const end = performance.now() + ms;
  let requests = 0;
  const runner = async (): Promise<void> => {
    while (performance.now() < end) await shoot(pool, shots(requests++));
  };
  const timer = setInterval(() => samples.push({ requests, mib: look() }), EVERY_MS);
  await Promise.all(Array.from({ length: CONNECTIONS }, runner)).finally(() => clearInterval(timer));
  await pool.close();
  return samples;
}
