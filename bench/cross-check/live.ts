import { Pool } from 'undici';
import { householdShot } from '../gateway/query';
import type { LiveHousehold } from '../support/households';
import { shoot } from '../support/load';
import { anyMoment } from './any-moment';

/** Agencies' fields of a household, and no more of the housing records than leads to them. */
const QUERY = `query Agencies($id: ID!) {
  household(id: $id) {
    members {
      person {
        id
        property { status value { ownedAreaCm2 units { areaCm2 shareBp registeredOn } } }
        vehicle { status value { vehicles { brandModel firstRegisteredOn priceFen } } }
        providentFund { status value { monthsPaid monthlyContributionFen lastPaidMonth } }
      }
    }
  }
}`;

/** Latency of each question, one after the other, each about a household nobody has asked about before and at a moment of its own, ms. */
export async function liveLatencies(url: string, households: readonly LiveHousehold[]): Promise<number[]> {
  const pool = new Pool(url, { connections: 1 });
  const taken: number[] = [];
  for (const household of households) {
    await anyMoment();
    const started = performance.now();
    const { body } = await shoot(pool, householdShot(household, QUERY));
    taken.push(performance.now() - started);
    if (body.includes('"UNAVAILABLE"')) throw new Error(`an agency was silent: ${body.slice(0, 500)}`);
  }
  await pool.close();
  return taken;
}
