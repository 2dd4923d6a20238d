import { Pool } from 'undici';
import { arrive, graphql, rush, type Arrival } from '../support/arrivals';
import type { Child } from '../support/child';
import { median, quantile, round, table, type BenchResult } from '../support/figures';
import { startHub, type HubReady } from '../support/hub';
import { bearer } from '../support/households';
import { load, type Shot } from '../support/load';
import { inWorld, type World } from '../support/world';

const HOUSEHOLDS = 2000;
const CLIENTS = 40;
const TIMES = 3;
const SECONDS = 10;
/** Goals: share of the capacity that is kept, seconds until all is well again, ms until a refusal is told. */
const GOALS = { goodput: 0.8, recoverySeconds: 5, refusalMs: 50 };
/** So many good answers in a row, none slower than twice the usual: all is well again. */
const CALM = 20;

/** A page with its people: heavy enough that this process, which asks, is not what is measured. */
const QUERY = `query Page($region: String!) {
  households(region: $region, first: 40) { nodes { fileNumber registeredOn members { relation person { name idNumber } } } }
}`;

/** Three times as many requests as the hub can answer: what it still answers, how it refuses the rest, how soon it recovers. */
export const run = (say: (line: string) => void): Promise<BenchResult> =>
  inWorld(HOUSEHOLDS, async (world) => {
    const shots = await shotsOf(world);
    const hub = await startHub(world);
    try {
      return await measure(hub, shots, say);
    } finally {
      await hub.stop();
    }
  });

/** Officers of prefectures, each a client of its own. */
async function shotsOf({ owner, issuer }: World): Promise<(index: number) => Shot> {
  const { rows } = await owner.query<{ region: string }>(
    'select left(region_code, 4) as region from household group by 1 having count(*) >= 40 order by 1',
  );
  const shots = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, at) => {
      const { region } = rows[at % rows.length]!;
      const headers = await bearer(issuer.mint({ role: 'COUNTY_HOUSING', region, subject: `rush-${at}` }));
      return graphql(headers, QUERY, { region });
    }),
  );
  return (index) => shots[index % shots.length]!;
}

async function measure(
  hub: Child<HubReady>,
  shots: (index: number) => Shot,
  say: (line: string) => void,
): Promise<BenchResult> {
  const { url } = hub.ready;
  await load(url, shots, 200, 16);
  const usual = await load(url, shots, 60, 1);
  const full = await load(url, shots, 800, 16);
  const capacity = full.requests / full.seconds;
  say(
    `capacity: ${round(capacity, 0)} pages a second at 16 connections; alone ${round(median(usual.latencies), 1)} ms`,
  );
  const arrivals = await rush(url, { shots, perSecond: TIMES * capacity, seconds: SECONDS, connections: 300 });
  const recoverySeconds = round(await recovery(url, shots, 2 * quantile(usual.latencies, 0.99)), 2);
  const figures = { capacity: round(capacity, 0), ...figuresOf(arrivals, capacity), recoverySeconds };
  say(table([figures]));
  if (figures.otherwise > 0)
    throw new Error(`${figures.otherwise} answers are neither 200 nor 429 or 503 with Retry-After`);
  return {
    name: 'overload',
    ratio: round(1 / figures.goodput),
    goal: round(1 / GOALS.goodput),
    baseline: 'what the same hub answers at 16 connections, to what it answers at three times as many arrivals',
    figures: { ...figures, goals: GOALS },
  };
}

function figuresOf(arrivals: readonly Arrival[], capacity: number) {
  const good = arrivals.filter(({ well }) => well);
  const shed = arrivals.filter(({ status, retryAfter }) => (status === 429 || status === 503) && retryAfter !== null);
  const lasted = Math.max(...arrivals.map(({ at, ms }) => at + ms)) / 1000;
  const at = (of: readonly Arrival[], share: number) =>
    round(
      quantile(
        of.map(({ ms }) => ms),
        share,
      ),
      0,
    );
  return {
    asked: arrivals.length,
    answered: good.length,
    shed: shed.length,
    otherwise: arrivals.length - good.length - shed.length,
    goodput: round(good.length / lasted / capacity),
    answeredP50Ms: at(good, 0.5),
    answeredP99Ms: at(good, 0.99),
    shedP50Ms: at(shed, 0.5),
    shedP90Ms: at(shed, 0.9),
    shedP99Ms: at(shed, 0.99),
  };
}

/** Seconds from now to the first of so many good answers in a row. */
async function recovery(url: string, shots: (index: number) => Shot, usualMs: number): Promise<number> {
  const pool = new Pool(url, { connections: 1 });
  const started = performance.now();
  let [calm, since] = [0, started];
  for (let index = 0; calm < CALM; index++) {
    const before = performance.now();
    const { well, ms } = await arrive(pool, shots(index));
    if (!well || ms > usualMs) calm = 0;
    else if (calm++ === 0) since = before;
    if (before - started > 60_000) throw new Error('all is not well a minute later');
  }
  await pool.close();
  return (since - started) / 1000;
}
