import { join } from 'node:path';
import { graphql, rush, type Rush } from '../support/arrivals';
import { startChild } from '../support/child';
import { median, quantile, round, table, type BenchResult } from '../support/figures';
import { startHub } from '../support/hub';
import { bearer, liveHouseholds } from '../support/households';
import { load } from '../support/load';
import { inWorld } from '../support/world';
import type { Met } from './attacker';

const HOUSEHOLDS = 2000;
/** Peace and attack by turns, short ones: a machine whose speed moves by half within minutes moves it for both. */
const ROUNDS = 8;
const SECONDS = 6;
const PER_SECOND = 40;
/** Goals: a refusal, ms; p99 of another client under attack to that in peace. */
const GOALS = { refusalMs: 200, neighbour: 2 };

const QUERY = `query Household($id: ID!) {
  household(id: $id) { fileNumber registeredOn members { relation person { name idNumber } } }
}`;

/** Latencies of a neighbour in peace and under attack, ms, and what the attacker met. */
interface Round {
  readonly peace: readonly number[];
  readonly attack: readonly number[];
  readonly met: Met;
}

/** An attacker sends what is over every limit as fast as it is refused; an officer goes on asking at an even pace. */
export const run = (say: (line: string) => void): Promise<BenchResult> =>
  inWorld(HOUSEHOLDS, async (world) => {
    const [household] = await liveHouseholds(world, 4, 1);
    const { region, id } = household!;
    const headersOf = (subject: string) => bearer(world.issuer.mint({ role: 'COUNTY_HOUSING', region, subject }));
    const hub = await startHub(world, { settings: {} });
    try {
      const shot = graphql(await headersOf('neighbour'), QUERY, { id });
      const even: Rush = { shots: () => shot, perSecond: PER_SECOND, seconds: SECONDS, connections: 20 };
      const warm = graphql(await headersOf('warm-up'), QUERY, { id });
      await load(hub.ready.url, () => warm, 500, 4);
      /* A first attack also compiles what refuses it: once in the life of a process. */
      await attackOf(hub.ready.url, await headersOf('first-attacker'), 2);
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const peace = await latencies(hub.ready.url, even);
        const attacker = attackOf(hub.ready.url, await headersOf(`attacker-${round}`), SECONDS);
        rounds.push({ peace, attack: await latencies(hub.ready.url, even), met: await attacker });
      }
      return verdict(rounds, say);
    } finally {
      await hub.stop();
    }
  });

/** Of the neighbour, ms. */
async function latencies(url: string, even: Rush): Promise<number[]> {
  const arrivals = await rush(url, even);
  const unwell = arrivals.find(({ well }) => !well);
  if (unwell) throw new Error(`the neighbour was answered ${unwell.status}`);
  return arrivals.map(({ ms }) => ms);
}

/** Attacks in a process of its own. */
async function attackOf(url: string, headers: Record<string, string>, seconds: number): Promise<Met> {
  const attacker = await startChild<Met>(join(__dirname, 'attacker.js'), [
    url,
    JSON.stringify(headers),
    String(seconds),
  ]);
  await attacker.stop();
  return attacker.ready;
}

function verdict(rounds: readonly Round[], say: (line: string) => void): BenchResult {
  const wrong = rounds.flatMap(({ met }) => met.otherwise);
  if (wrong.length > 0) throw new Error(`answers that are no 4xx: ${[...new Set(wrong)].join(', ')}`);
  const kinds = refusalsOf(rounds);
  say(table(kinds));
  const neighbour = {
    peace: spreadOf(rounds.flatMap(({ peace }) => peace)),
    attack: spreadOf(rounds.flatMap(({ attack }) => attack)),
  };
  say(table(Object.entries(neighbour).map(([when, spread]) => ({ neighbour: when, ...spread }))));
  return {
    name: 'limits',
    ratio: round(neighbour.attack.p99 / neighbour.peace.p99),
    goal: GOALS.neighbour,
    baseline: 'p99 of an even-paced client in peace, to the same under attack; refusals are held to 200 ms',
    figures: {
      refusalP99Ms: Math.max(...kinds.map(({ p99Ms }) => p99Ms)),
      refusalsPerSecond: Math.round(median(rounds.map(({ met }) => met.requests / SECONDS))),
      neighbour,
      roundP99Ms: rounds.map(({ peace, attack }) => [spreadOf(peace).p99, spreadOf(attack).p99]),
      ...{ kinds, goals: GOALS },
    },
  };
}

function refusalsOf(rounds: readonly Round[]) {
  const kinds = rounds[0]!.met.kinds;
  return Object.keys(kinds).map((kind) => ({
    request: kind,
    statuses: kinds[kind]!.statuses,
    refusals: rounds.reduce((sum, { met }) => sum + met.kinds[kind]!.count, 0),
    p50Ms: median(rounds.map(({ met }) => met.kinds[kind]!.p50)),
    p99Ms: median(rounds.map(({ met }) => met.kinds[kind]!.p99)),
  }));
}

const spreadOf = (ms: readonly number[]) => ({
  answers: ms.length,
  p50: round(quantile(ms, 0.5), 1),
  p90: round(quantile(ms, 0.9), 1),
  p99: round(quantile(ms, 0.99), 1),
  most: round(Math.max(...ms), 1),
});
