import { isDeepStrictEqual } from 'node:util';
import type { Child } from '../support/child';
import { costPerRequest } from '../support/compare';
import { round, table, type BenchResult } from '../support/figures';
import { startHub, type Door, type HubReady } from '../support/hub';
import { liveHouseholds, type LiveHousehold } from '../support/households';
import { once } from '../support/load';
import { inWorld, type World } from '../support/world';
import { householdShot } from './query';

const HOUSEHOLDS = 8;
const GOAL = 1.5;

/** CPU per request of a household of 4 whose agencies have answered, by what stands at the door. */
export const run = (say: (line: string) => void): Promise<BenchResult> =>
  inWorld(2000, async (world) => {
    const households = await liveHouseholds(world, 4, HOUSEHOLDS);
    const children = await openDoors(world);
    try {
      await assertOneCall(world, children.supergraph, households);
      await assertSame(children, households);
      say(
        `one call per agency for each of ${HOUSEHOLDS} cold households, none once they are cached; same answers at every door`,
      );
      return await measure(children, households, say);
    } finally {
      for (const child of Object.values(children)) await child.stop();
    }
  });

async function openDoors(world: World): Promise<Record<Door, Child<HubReady>>> {
  return {
    supergraph: await startHub(world, { door: 'supergraph' }),
    apollo: await startHub(world, { door: 'apollo' }),
    mercurius: await startHub(world, { door: 'mercurius' }),
  };
}

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
  children: Readonly<Record<Door, Child<HubReady>>>,
  [household]: readonly LiveHousehold[],
): Promise<void> {
  const answerOf = async ({ ready }: Child<HubReady>): Promise<unknown> =>
    JSON.parse((await once(ready.url, householdShot(household!))).body).data;
  const ours = await answerOf(children.supergraph);
  for (const [door, child] of Object.entries(children)) {
    const theirs = await answerOf(child);
    if (isDeepStrictEqual(theirs, ours)) continue;
    throw new Error(`${door} answers otherwise: ${JSON.stringify(theirs)} instead of ${JSON.stringify(ours)}`);
  }
}

async function measure(
  children: Readonly<Record<Door, Child<HubReady>>>,
  households: readonly LiveHousehold[],
  say: (line: string) => void,
): Promise<BenchResult> {
  const shots = (index: number) => householdShot(households[index % households.length]!);
  const costs = await costPerRequest(children, { shots, rounds: 5, requests: 300, connections: 4 });
  const baseline = costs.apollo.cpuMicroseconds;
  const figures = Object.fromEntries(
    Object.entries(costs).map(([door, cost]) => [door, { ...cost, ratio: round(cost.cpuMicroseconds / baseline) }]),
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
