import { randomUUID } from 'node:crypto';
import { publicDocuments } from '../../resolvers/disclosure/documents';
import { publicPath, type Place } from '../feed/rows';
import { graphql } from '../support/arrivals';
import { bearer } from '../support/households';
import type { Shot } from '../support/load';
import type { World } from '../support/world';

const ONE = 'query One($id: ID!) { household(id: $id) { id fileNumber registeredOn } }';
const PAGE = `query Page($region: String!) {
  households(region: $region, first: 50) { nodes { id fileNumber registeredOn } }
}`;
const REQUEST = `mutation Request($key: String!, $households: [ID!]!) {
  requestCrossCheck(input: { clientKey: $key, purpose: "ADMISSION_REVIEW", households: $households }) { id }
}`;
const FEED = publicDocuments.find(({ id }) => id === 'registered-objects')!.query;
const FEED_ROWS = 50;

/** One request, as it is put to the hub and to the bare server. */
export interface Question {
  readonly name: string;
  readonly hub: (index: number) => Shot;
  readonly bare: (index: number) => Shot;
}

interface Office {
  readonly region: string;
  readonly headers: Record<string, string>;
  readonly households: readonly string[];
}

const BUSIEST = `
  select h.region_code as region, array_agg(h.id order by h.id) as households
  from household h where exists (select from housing_case c where c.household_id = h.id and c.closed_on is null)
  group by 1 order by count(*) desc, 1 limit 1`;

/** An officer of the county with most open cases, and its households. */
async function officeOf({ owner, issuer }: World): Promise<Office> {
  const { rows } = await owner.query<Omit<Office, 'headers'>>(BUSIEST);
  const { region, households } = rows[0]!;
  return {
    region,
    households,
    headers: await bearer(issuer.mint({ role: 'COUNTY_HOUSING', region, subject: 'load' })),
  };
}

export async function questions(world: World, places: readonly Place[]): Promise<Question[]> {
  const { region, households, headers } = await officeOf(world);
  const household = (index: number) => households[index % households.length]!;
  const place = (index: number) => places[index % places.length]!;
  const path = publicPath(world);
  const same = (name: string, shot: (index: number) => Shot): Question => ({ name, hub: shot, bare: shot });
  return [
    same('point lookup', (index) => graphql(headers, ONE, { id: household(index) })),
    same('list of 50', () => graphql(headers, PAGE, { region })),
    same('cross-check request', (index) =>
      graphql(headers, REQUEST, { key: randomUUID(), households: [household(index)] }),
    ),
    {
      name: 'feed page of 50',
      hub: (index) => ({ method: 'GET', path: path(place(index)) }),
      bare: (index) => {
        const { region: county, after } = place(index);
        return graphql(headers, FEED, { region: county, first: FEED_ROWS, after: String(after) });
      },
    },
  ];
}
