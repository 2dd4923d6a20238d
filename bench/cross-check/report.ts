import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { bearer, type LiveHousehold } from '../support/households';
import { shoot, type Shot } from '../support/load';
import type { World } from '../support/world';
import { anyMoment } from './any-moment';

const REQUEST = `mutation Request($key: String!, $households: [ID!]!) {
  requestCrossCheck(input: { clientKey: $key, purpose: "ADMISSION_REVIEW", households: $households }) { id }
}`;

export function requestShot(headers: Readonly<Record<string, string>>, households: readonly string[]): Shot {
  const variables = { key: randomUUID(), households };
  return { method: 'POST', path: '/graphql', headers, body: JSON.stringify({ query: REQUEST, variables }) };
}

/** Sends a request for a cross-check; its id. */
export async function request(pool: Pool, shot: Shot): Promise<string> {
  return JSON.parse((await shoot(pool, shot)).body).data.requestCrossCheck.id;
}

/** From the request, sent, to the report, committed, household by household, ms. */
export async function reportLatencies(
  world: World,
  url: string,
  households: readonly LiveHousehold[],
): Promise<number[]> {
  const pool = new Pool(url, { connections: 1 });
  const taken: number[] = [];
  for (const { id, region } of households) {
    const headers = await bearer(world.issuer.mint({ role: 'COUNTY_HOUSING', region, subject: `bench-${region}` }));
    await anyMoment();
    const settled = settling(world);
    const started = performance.now();
    await settled(await request(pool, requestShot(headers, [id])));
    taken.push(performance.now() - started);
  }
  await pool.close();
  return taken;
}

/** Listens from now on; the function returned waits until the report of that cross-check stands. */
function settling({ owner }: World): (id: string) => Promise<void> {
  let wake = (): void => undefined;
  const told = (): void => wake();
  owner.on('notification', told);
  return async (id) => {
    for (;;) {
      const next = new Promise<void>((resolve) => (wake = resolve));
      const { rowCount } = await owner.query({
        name: 'reported',
        text: 'select from report where cross_check_id = $1',
        values: [id],
      });
      if (rowCount) break;
      await next;
    }
    owner.off('notification', told);
  };
}
