import { isDeepStrictEqual } from 'node:util';
import type { Child } from '../support/child';
import { median, round, table, type BenchResult } from '../support/figures';
import { startHub, type Door, type HubReady } from '../support/hub';
import { liveHouseholds, type LiveHousehold } from '../support/households';
import { load, once } from '../support/load';
import { inWorld, type World } from '../support/world';
import { householdShot } from './query';

const DOORS: readonly Door[] = ['supergraph', 'apollo', 'mercurius'];
const HOUSEHOLDS = 8;
const ROUNDS = 5;
const WARM_UP = 300;
const REQUESTS = 300;
const CONNECTIONS = 4;
const GOAL = 1.5;

/** CPU per request of a household of 4 whose agencies have answered, by what stands at the door. */
export const run = (say: (line: string) => void): Promise<BenchResult> =>
  inWorld(2000, async (world) => {
    const households = await liveHouseholds(world, 4, HOUSEHOLDS);
    const children = new Map<Door, Child<HubReady>>();
    try {
      for (const door of DOORS) children.set(door, await startHub(world, { door }));
      await assertOneCall(world, children.get('supergraph')!, households);
      await assertSame(children, households);
      say(
        `one call per agency for each of ${HOUSEHOLDS} cold households, none once they are cached; same answers at every door`,
      );
      return await measure(children, households, say);
    } finally {
      for (const child of children.values()) await child.stop();
    }
  });

/** Calls at every agency since the counts were reset. */
async function callsOf({ agencies: { control } }: World): Promise<Record<string, number>> {
  const states = await control.states();
  return Object.fromEntries(Object.entries(states).map(([agency, { counts }]) => [agency, counts.calls]));
}

async function assertOneCall(world: World, hub: Child<HubReady>, households: readonly LiveHousehold[]): Promise<void> {
  for (const expected of [1, 0]) {
    for (const household of households) {
      await world.agencies.control.resetCounts();
      const { body } = await once(hub.ready.url, householdShot(household));
      const calls = await callsOf(world);
      const wrong = Object.entries(calls).find(([, count]) => count !== expected);
      if (wrong)
        throw new Error(`${wrong[0]} was called ${wrong[1]} times instead of ${expected}: ${body.slice(0, 400)}`);
    }
  }
}

async function assertSame(
  children: ReadonlyMap<Door, Child<HubReady>>,
  [household]: readonly LiveHousehold[],
): Promise<void> {
  const answers: unknown[] = [];
  for (const { ready } of children.values())
    answers.push(JSON.parse((await once(ready.url, householdShot(household!))).body).data);
  answers.forEach((answer, at) => {
    if (isDeepStrictEqual(answer, answers[0])) return;
    throw new Error(
      `${DOORS[at]} answers otherwise: ${JSON.stringify(answer)} instead of ${JSON.stringify(answers[0])}`,
    );
  });
}

async function measure(
  children: ReadonlyMap<Door, Child<HubReady>>,
  households: readonly LiveHousehold[],
  say: (line: string) => void,
): Promise<BenchResult> {
  const samples = new Map<Door, { cpu: number[]; latency: number[] }>();
  const shots = (index: number) => householdShot(households[index % households.length]!);
  for (const { ready } of children.values()) await load(ready.url, shots, WARM_UP, CONNECTIONS);
  for (let index = 0; index < ROUNDS; index++) {
    for (const [door, child] of children) {
      const { cpu, result } = await child.cpuOf(() => load(child.ready.url, shots, REQUESTS, CONNECTIONS));
      const all = samples.get(door) ?? { cpu: [], latency: [] };
      samples.set(door, {
        cpu: [...all.cpu, (1000 * cpu) / REQUESTS],
        latency: [...all.latency, median(result.latencies)],
      });
    }
  }
  const baseline = median(samples.get('apollo')!.cpu);
  const figures = Object.fromEntries(
    [...samples].map(([door, { cpu, latency }]) => [
      door,
      { cpuMicroseconds: Math.round(median(cpu)), ratio: round(median(cpu) / baseline), p50Ms: round(median(latency)) },
    ]),
  );
  say(table(Object.entries(figures).map(([door, figure]) => ({ door, ...figure }))));
  return {
    name: 'gateway',
    ratio: figures.supergraph!.ratio,
    goal: GOAL,
    baseline: 'the same resolvers in one plain Apollo Server 5 schema on Fastify, CPU per request',
    figures,
  };
}
