import { Pool } from 'undici';
import { graphql } from '../support/arrivals';
import { quantile, round, table, type BenchResult } from '../support/figures';
import { startHub } from '../support/hub';
import { bearer } from '../support/households';
import { shoot, type Shot } from '../support/load';
import { rssMiB } from '../support/processes';
import { inWorld, type World } from '../support/world';

const HOUSEHOLDS = 500_000;
const MINUTES = 10;
const CONNECTIONS = 50;
/** Officers of each prefecture who ask, each a client of its own: the hub keeps its limits. */
const OFFICERS = 8;
const ASKED_ABOUT = 20_000;
/** Goals: a second; ms (security.md §3). */
const GOALS = { perSecond: 400, p99Ms: 100 };

const QUERY = 'query One($id: ID!) { household(id: $id) { id fileNumber registeredOn members { relation } } }';

interface Options {
  readonly households?: number;
  readonly minutes?: number;
}

/** One household after another by many officers, all the time on all connections, under the limits of every day. */
export const run = (
  say: (line: string) => void,
  { households = HOUSEHOLDS, minutes = MINUTES }: Options = {},
): Promise<BenchResult> =>
  inWorld(households, async (world) => {
    const shots = await shotsOf(world);
    const hub = await startHub(world, { settings: {} });
    try {
      await lookUp(hub.ready.url, shots, 5000);
      const { latencies, seconds } = await lookUp(hub.ready.url, shots, 60_000 * minutes);
      const figures = {
        ...{ households, minutes, connections: CONNECTIONS, requests: latencies.length },
        perSecond: Math.round(latencies.length / seconds),
        p50Ms: round(quantile(latencies, 0.5), 1),
        p99Ms: round(quantile(latencies, 0.99), 1),
        mostMs: round(quantile(latencies, 1), 0),
        rssMiB: round(rssMiB(hub.pid), 0),
      };
      say(table([figures]));
      return {
        name: 'lookup',
        ratio: round(Math.max(GOALS.perSecond / figures.perSecond, figures.p99Ms / GOALS.p99Ms)),
        goal: 1,
        baseline: `the worse of ${GOALS.perSecond} a second and a p99 of ${GOALS.p99Ms} ms; any answer but 200 ends the bench`,
        figures: { ...figures, goals: GOALS },
      };
    } finally {
      await hub.stop();
    }
  });

async function shotsOf({ owner, issuer }: World): Promise<(index: number) => Shot> {
  const { rows } = await owner.query<{ id: string; region: string }>(
    `select id, region_code as region from household order by hashtext(id::text) limit ${ASKED_ABOUT}`,
  );
  const tokens = new Map<string, Record<string, string>>();
  const shots: Shot[] = [];
  for (const [at, { id, region }] of rows.entries()) {
    const prefecture = region.slice(0, 4);
    const subject = `${prefecture}-${at % OFFICERS}`;
    const headers =
      tokens.get(subject) ?? (await bearer(issuer.mint({ role: 'CITY_HOUSING', region: prefecture, subject })));
    tokens.set(subject, headers);
    shots.push(graphql(headers, QUERY, { id }));
  }
  return (index) => shots[index % shots.length]!;
}

/** Throws at the first answer that is not well. */
async function lookUp(url: string, shots: (index: number) => Shot, ms: number) {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  const latencies: number[] = [];
  const started = performance.now();
  let next = 0;
  const runner = async (): Promise<void> => {
    while (performance.now() - started < ms) {
      const before = performance.now();
      await shoot(pool, shots(next++));
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, runner));
  await pool.close();
  return { latencies, seconds: (performance.now() - started) / 1000 };
}
