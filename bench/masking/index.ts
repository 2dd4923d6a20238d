import { costPerRequest, type RequestCost } from '../support/compare';
import { round, table, type BenchResult } from '../support/figures';
import { startHub } from '../support/hub';
import { bearer } from '../support/households';
import { once, type Shot } from '../support/load';
import { inWorld, type World } from '../support/world';
import { pureExecution } from './pure';

const GOAL = 1.1;
/** Households whose members make a list of about 200. */
const HOUSEHOLDS = 70;
const REGION = '15';
/** Four classified fields of each: a declared name, a name, a number (masked for this viewer), a birth date. */
const QUERY = `query Members($region: String!, $first: Int!) {
  households(region: $region, first: $first) {
    nodes { members { declaredName person { name idNumber birthDate } } }
  }
}`;

/** The price of masks on a list of about 200 people with four classified fields each. */
export const run = (say: (line: string) => void): Promise<BenchResult> =>
  inWorld(1000, async (world) => {
    const shot = await membersShot(world);
    const { rows, ...requests } = await wholeRequest(world, shot);
    say(`${rows} members × 4 classified fields through the product, REGION_HOUSING, per request:`);
    say(table(Object.entries(requests).map(([list, cost]) => ({ list, ...cost }))));
    const pure = await pureExecution();
    say('200 rows × 4 fields, graphql-js alone (no server, no database, no compiler), worst case of a wrapper:');
    say(table(Object.entries(pure).map(([viewer, cost]) => ({ viewer, ...cost }))));
    return {
      name: 'masking',
      ratio: round(requests.classified.cpuMicroseconds / requests.unclassified.cpuMicroseconds),
      goal: GOAL,
      baseline: 'the same request with no field wrapped, CPU of the hub',
      figures: { rows, requests, pureExecution: pure },
    };
  });

async function membersShot({ issuer }: World): Promise<Shot> {
  const headers = await bearer(issuer.mint({ role: 'REGION_HOUSING', region: REGION, subject: 'bench' }));
  const body = JSON.stringify({ query: QUERY, variables: { region: REGION, first: HOUSEHOLDS } });
  return { method: 'POST', path: '/graphql', headers, body };
}

type Requests = Record<'classified' | 'unclassified', RequestCost> & { readonly rows: number };

async function wholeRequest(world: World, shot: Shot): Promise<Requests> {
  const classified = await startHub(world);
  const unclassified = await startHub(world, { without: ['masks'] });
  try {
    const masked = (await once(classified.ready.url, shot)).body;
    const clear = (await once(unclassified.ready.url, shot)).body;
    const stars = (body: string) => body.split('********').length - 1;
    const rows = masked.split('"idNumber"').length - 1;
    if (stars(masked) !== rows || stars(clear) !== 0)
      throw new Error('one side masks what it should not, or the other does not');
    const volley = { shots: () => shot, rounds: 14, requests: 60, connections: 2, warmUp: 400 };
    return { rows, ...(await costPerRequest({ classified, unclassified }, volley)) };
  } finally {
    await classified.stop();
    await unclassified.stop();
  }
}
