import { householdShot } from '../gateway/query';
import { costPerRequest, type RequestCost } from '../support/compare';
import { round, table, type BenchResult } from '../support/figures';
import { startHub } from '../support/hub';
import { liveHouseholds, type LiveHousehold } from '../support/households';
import { once } from '../support/load';
import { inWorld, type World } from '../support/world';
import { statement } from './statement';

const HOUSEHOLDS = 8;
const GOAL = 1.5;
const REQUEST_GOAL = 1.1;

/** What the log of a read costs: in the statement that reads, and in the whole request. */
export const run = (say: (line: string) => void): Promise<BenchResult> =>
  inWorld(2000, async (world) => {
    const households = await liveHouseholds(world, 4, HOUSEHOLDS);
    const statements = await statement(world, households);
    say('persons of a household of 4, one connection, µs per statement:');
    say(table(Object.entries(statements).map(([read, cost]) => ({ read, ...cost }))));
    const requests = await wholeRequest(world, households);
    say('household of 4 with the stored answers of four agencies over HTTP, per request (CPU of the hub):');
    say(table(Object.entries(requests).map(([request, cost]) => ({ request, ...cost }))));
    const ratioOf = (cost: 'cpuMicroseconds' | 'p50Ms') => round(requests.logged[cost] / requests.unlogged[cost]);
    const request = { cpuRatio: ratioOf('cpuMicroseconds'), p50Ratio: ratioOf('p50Ms'), goal: REQUEST_GOAL };
    say(`whole request: ${request.p50Ratio} × in time, ${request.cpuRatio} × in CPU (goal ${REQUEST_GOAL})`);
    return {
      name: 'read-log',
      ratio: round(statements.logged.wall / statements.unlogged.wall),
      goal: GOAL,
      baseline: 'the same select without its log, wall time per statement on one connection',
      figures: { statements, requests, request },
    };
  });

async function wholeRequest(
  world: World,
  households: readonly LiveHousehold[],
): Promise<Record<'logged' | 'unlogged', RequestCost>> {
  const logged = await startHub(world);
  const bare = await startHub(world, { without: ['read log'] });
  try {
    for (const household of households) await once(logged.ready.url, householdShot(household));
    const shots = (index: number) => householdShot(households[index % households.length]!);
    return await costPerRequest({ logged, unlogged: bare }, { shots, rounds: 5, requests: 250, connections: 2 });
  } finally {
    await logged.stop();
    await bare.stop();
  }
}
