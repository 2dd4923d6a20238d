import { householdShot } from '../gateway/query';
import { costPerRequest, type RequestCost } from '../support/compare';
import { round, table, type BenchResult } from '../support/figures';
import { startHub } from '../support/hub';
import { liveHouseholds, type LiveHousehold } from '../support/households';
import { once } from '../support/load';
import { inWorld, type World } from '../support/world';
import { statements, type StatementCost } from './statements';

const HOUSEHOLDS = 8;
const GOAL = 1.5;
const REQUEST_GOAL = 1.1;

/** What the log of a read costs: in the statements that read, and in the whole request. */
export const run = (say: (line: string) => void): Promise<BenchResult> =>
  inWorld(2000, async (world) => {
    const households = await liveHouseholds(world, 4, HOUSEHOLDS);
    const costs = await statements(world, households[0]!);
    say('logged reads of a household of 4 with stored answers, one connection, µs per statement (goal: 1.5 over all):');
    say(table([...costs].map(([read, cost]) => ({ read, ...cost }))));
    const requests = await wholeRequest(world, households);
    say('the same household over HTTP, per request (CPU of the hub):');
    say(table(Object.entries(requests).map(([request, cost]) => ({ request, ...cost }))));
    const ratioOf = (cost: 'cpuMicroseconds' | 'p50Ms') => round(requests.logged[cost] / requests.unlogged[cost]);
    const request = { cpuRatio: ratioOf('cpuMicroseconds'), p50Ratio: ratioOf('p50Ms'), goal: REQUEST_GOAL };
    say(`whole request: ${request.p50Ratio} × in time, ${request.cpuRatio} × in CPU (goal ${REQUEST_GOAL})`);
    return {
      name: 'read-log',
      ratio: round(overAll(costs, 'loggedWall') / overAll(costs, 'unloggedWall')),
      goal: GOAL,
      baseline: 'the same selects without their log, wall time of all statements of the request on one connection',
      figures: { statements: Object.fromEntries(costs), requests, request },
    };
  });

/** All statements of one request: members, persons, stored answers of all agencies. */
const overAll = (costs: ReadonlyMap<string, StatementCost>, side: 'loggedWall' | 'unloggedWall'): number =>
  [...costs.values()].reduce((sum, cost) => sum + cost[side], 0);

async function wholeRequest(
  world: World,
  households: readonly LiveHousehold[],
): Promise<Record<'logged' | 'unlogged', RequestCost>> {
  const logged = await startHub(world);
  const bare = await startHub(world, { without: ['read log'] });
  try {
    for (const household of households) await once(logged.ready.url, householdShot(household));
    const shots = (index: number) => householdShot(households[index % households.length]!);
    const volley = { shots, rounds: 20, requests: 150, connections: 2, warmUp: 2000 };
    return await costPerRequest({ logged, unlogged: bare }, volley);
  } finally {
    await logged.stop();
    await bare.stop();
  }
}
