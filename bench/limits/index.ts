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
const ROUNDS = 2;
const SECONDS = 10;
const PER_SECOND = 40;
/** Goals: a refusal, ms; p99 of another client under attack to that in peace. */
const GOALS = { refusalMs: 200, neighbour: 2 };

const QUERY = `query Household($id: ID!) {
  household(id: $id) { fileNumber registeredOn members { relation person { name idNumber } } }
}`;

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
      const rounds: { peace: number; attack: number; met: Met }[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const peace = await p99(hub.ready.url, even);
        const attacker = attackOf(hub.ready.url, await headersOf(`attacker-${round}`), SECONDS);
        rounds.push({ peace, attack: await p99(hub.ready.url, even), met: await attacker });
      }
      return verdict(rounds, say);
    } finally {
      await hub.stop();
    }
  });

async function p99(url: string, even: Rush): Promise<number> {
  const arrivals = await rush(url, even);
  const unwell = arrivals.find(({ well }) => !well);
  if (unwell) throw new Error(`the neighbour was answered ${unwell.status}`);
  return quantile(
    arrivals.map(({ ms }) => ms),
    0.99,
  );
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

function verdict(
  rounds: readonly { peace: number; attack: number; met: Met }[],
  say: (line: string) => void,
): BenchResult {
  const wrong = rounds.flatMap(({ met }) => met.otherwise);
  if (wrong.length > 0) throw new Error(`answers that are no 4xx: ${[...new Set(wrong)].join(', ')}`);
  const kinds = rounds[0]!.met.kinds;
  const rows = Object.keys(kinds).map((kind) => ({
    request: kind,
    statuses: kinds[kind]!.statuses,
    refusals: rounds.reduce((sum, { met }) => sum + met.kinds[kind]!.count, 0),
    p50Ms: median(rounds.map(({ met }) => met.kinds[kind]!.p50)),
    p99Ms: median(rounds.map(({ met }) => met.kinds[kind]!.p99)),
  }));
  say(table(rows));
  const figures = {
    refusalP99Ms: Math.max(...rows.map(({ p99Ms }) => p99Ms)),
    refusalsPerSecond: Math.round(median(rounds.map(({ met }) => met.requests / SECONDS))),
    neighbourP99Ms: rounds.map(({ peace }) => round(peace, 1)),
    neighbourP99UnderAttackMs: rounds.map(({ attack }) => round(attack, 1)),
  };
  say(
    table([
      {
        ...figures,
        neighbourP99Ms: figures.neighbourP99Ms.join(' '),
        neighbourP99UnderAttackMs: figures.neighbourP99UnderAttackMs.join(' '),
      },
    ]),
  );
  return {
    name: 'limits',
    ratio: round(median(rounds.map(({ peace, attack }) => attack / peace))),
    goal: GOALS.neighbour,
    baseline: 'p99 of an even-paced client in peace, to the same under attack; refusals are held to 200 ms',
    figures: { ...figures, kinds: rows, goals: GOALS },
  };
}
