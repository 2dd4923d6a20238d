import { Pool } from 'undici';
import type { Child } from '../support/child';
import { median, quantile, round, table, type BenchResult } from '../support/figures';
import { bearer } from '../support/households';
import { startHub, type HubReady } from '../support/hub';
import { inWorld } from '../support/world';
import { ASKER, asksIn, nobody, type Ask } from './asks';
import { areaUnderCurve } from './two-samples';

/** Of medians, either way round. */
const GOAL = 1.05;
const ROUNDS = 12;
const PER_ROUND = 150;
type Headers = Readonly<Record<string, string>>;
const SIDES = ['absent', 'theirs'] as const;
type Side = (typeof SIDES)[number];

interface Compared {
  readonly absentP50Ms: number;
  readonly theirsP50Ms: number;
  /** theirs / absent */
  readonly p50Ratio: number;
  readonly p99Ratio: number;
  readonly auc: number;
  readonly cpuRatio: number;
}

/** Can somebody tell by the clock whether a record of another region is there? */
export const run = (say: (line: string) => void): Promise<BenchResult> =>
  inWorld(4000, async (world) => {
    const asks = await asksIn(world);
    const headers = await bearer(world.issuer.mint({ role: 'COUNTY_HOUSING', region: ASKER, subject: 'bench' }));
    const hub = await startHub(world);
    try {
      const compared: Record<string, Compared> = {};
      for (const [name, ask] of Object.entries(asks)) compared[name] = await compare(hub, headers, ask);
      say(
        `a record that is not there against one of another region, ${ROUNDS * PER_ROUND} requests each, one connection:`,
      );
      say(table(Object.entries(compared).map(([ask, figures]) => ({ ask, ...figures }))));
      say('auc: how often theirs takes longer than absent (Mann-Whitney); 0.5 = the two cannot be told apart');
      const apart = ({ p50Ratio }: Compared) => Math.max(p50Ratio, 1 / p50Ratio);
      return {
        name: 'timing',
        ratio: round(Math.max(...Object.values(compared).map(apart)), 3),
        goal: GOAL,
        baseline: 'the same question about an id that nothing has: the larger median over the smaller, worst question',
        figures: compared,
      };
    } finally {
      await hub.stop();
    }
  });

/** Both sides take turns, one request each, in either order; CPU by rounds of one side. */
async function compare(hub: Child<HubReady>, headers: Headers, ask: Ask): Promise<Compared> {
  const pool = new Pool(hub.ready.url, { connections: 1, pipelining: 1 });
  const idOf = (side: Side, at: number) => (side === 'absent' ? nobody() : ask.theirs[at % ask.theirs.length]!);
  const shoot = (side: Side, at: number) => once(pool, headers, ask.query, idOf(side, at));
  for (let at = 0; at < 2 * PER_ROUND; at++) await shoot(SIDES[at % 2]!, at);
  const taken: Record<Side, number[]> = { absent: [], theirs: [] };
  for (let at = 0; at < ROUNDS * PER_ROUND; at++)
    for (const side of at % 2 === 0 ? SIDES : [...SIDES].reverse()) taken[side].push(await shoot(side, at));
  const cpu: Record<Side, number[]> = { absent: [], theirs: [] };
  for (let at = 0; at < ROUNDS; at++)
    for (const side of SIDES) cpu[side].push((await hub.cpuOf(() => volley((each) => shoot(side, each)))).cpu);
  await pool.close();
  const ratio = (of: (samples: readonly number[]) => number, samples: Record<Side, number[]>) =>
    round(of(samples.theirs) / of(samples.absent), 3);
  return {
    absentP50Ms: round(median(taken.absent), 3),
    theirsP50Ms: round(median(taken.theirs), 3),
    p50Ratio: ratio(median, taken),
    p99Ratio: ratio((samples) => quantile(samples, 0.99), taken),
    auc: round(areaUnderCurve(taken.theirs, taken.absent), 3),
    cpuRatio: ratio((samples) => samples.reduce((sum, each) => sum + each, 0), cpu),
  };
}

async function volley(shoot: (at: number) => Promise<number>): Promise<void> {
  for (let at = 0; at < PER_ROUND; at++) await shoot(at);
}

/** One question, ms. Throws where the answer is another than that nothing is there. */
async function once(pool: Pool, headers: Headers, query: string, id: string): Promise<number> {
  const body = JSON.stringify({ query, variables: { id } });
  const before = performance.now();
  const { statusCode, body: stream } = await pool.request({ method: 'POST', path: '/graphql', headers, body });
  const text = await stream.text();
  const ms = performance.now() - before;
  if (!text.includes('"NOT_FOUND"')) throw new Error(`answered ${statusCode}: ${text.slice(0, 300)}`);
  return ms;
}
