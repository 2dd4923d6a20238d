import { connectors } from '../../connectors';
import { principalOf } from '../../src/access/viewer';
import { makePurposeTokens } from '../../src/access/purpose-token';
import type { World } from './world';

/** A household with an open case and a letter in force to every agency, and the headers of an officer who works on it. */
export interface LiveHousehold {
  readonly id: string;
  readonly region: string;
  readonly caseId: string;
  readonly letterId: string;
  readonly headers: Readonly<Record<string, string>>;
}

const LIVE = `
  select l.household_id as id, l.region_code as region, l.case_id as "caseId", l.id as "letterId"
  from letter l join housing_case c on c.id = l.case_id
  where l.ended_on is null and c.closed_on is null and cardinality(l.sources) = $3
    and (select count(*) from letter_member m where m.letter_id = l.id) = $1
    and (select count(distinct person_id) from household_member m where m.household_id = l.household_id) = $1
  order by l.id limit $2`;

/** So many households of a size. Throws where there are fewer. */
export async function liveHouseholds(world: World, members: number, wanted: number): Promise<LiveHousehold[]> {
  const { rows } = await world.owner.query<Omit<LiveHousehold, 'headers'>>(LIVE, [
    ...[members, wanted, connectors.length],
  ]);
  if (rows.length < wanted) throw new Error(`only ${rows.length} live households of ${members}, ${wanted} wanted`);
  const tokens = makePurposeTokens(world.config.secrets.PURPOSE_KEY);
  const offices = new Map<string, Promise<string>>();
  return Promise.all(
    rows.map(async (row) => {
      const { region, caseId, letterId } = row;
      const subject = `bench-${region}`;
      const token = offices.get(region) ?? world.issuer.mint({ role: 'COUNTY_HOUSING', region, subject });
      offices.set(region, token);
      const purpose = tokens.issue({
        caseId,
        letterId,
        principal: principalOf({ role: 'COUNTY_HOUSING', issuer: world.issuer.url, subject }),
      });
      return { ...row, headers: { ...(await bearer(token)), 'x-purpose': purpose } };
    }),
  );
}

/** Headers of a GraphQL request in a bearer's name. */
export const bearer = async (token: string | Promise<string>): Promise<Record<string, string>> => ({
  'content-type': 'application/json',
  authorization: `Bearer ${await token}`,
});
