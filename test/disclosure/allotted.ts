import { ApprovedHouseholdResolver } from '../../resolvers/disclosure/approved-household';
import type { ApprovedHousehold } from '../../schema/disclosure/approved-household';
import { pageOfPublished, type Feed } from '../../resolvers/disclosure/published-rows';
import { beijingDay, dayAfter } from '../../src/access/day';
import { publishApprovedHouseholds } from '../../src/commands/publish-approved-households';
import { systemViewer, type Hub, type RequestContext } from '../../src/context';
import { memoryPages } from '../../src/store/page-cache';
import { Programme } from '../../schema/programme';
import { HONGSHAN, type Kin, type Office } from '../commands/support/office';
import { accepted, inBatch, noon, type Home } from '../tenancy/tenancy-of';

/** The day of the server's own clock, by which a publication comes down. */
export const TONIGHT = beijingDay(new Date());
/** Long enough ago to be allotted, not so long that it is off the list. */
export const LATELY = dayAfter(TONIGHT, -3);

export interface Allotted extends Home {
  readonly allotment: string;
  readonly application: string;
}

interface Of {
  readonly region?: string;
  readonly kin?: readonly Kin[];
  readonly incomeFen?: number | null;
  readonly areaCm2?: number;
  readonly on?: string;
}

export const family = (name: string, more = 0): Kin[] => [
  { name, birth: '1980-05-02', relation: 'APPLICANT' },
  ...Array.from({ length: more }, (_, at) => ({ name: `小${at}`, birth: '2015-09-01', relation: 'CHILD' })),
];

/** A household that accepted a dwelling. */
export async function allotted(office: Office, { region = HONGSHAN, on = LATELY, ...more }: Of): Promise<Allotted> {
  const home = await inBatch(office, region, Programme.LOW_RENT, more);
  const { id, applicationId } = await accepted(office, home, on);
  return { ...home, allotment: id, application: applicationId };
}

/** As a night of a day finds the hub. */
export const nightOf = (office: Office, day = TONIGHT): Hub => ({
  ...office.hub,
  ...{ pages: memoryPages(), now: () => noon(day) },
});

export const publish = (office: Office, county: string = HONGSHAN, day = TONIGHT) => {
  const hub = nightOf(office, day);
  const viewer = systemViewer(county, hub.regions.scopeOf(county), 'test');
  const ctx: RequestContext = { hub, viewer, purpose: null, requestId: 'test', loaders: new Map() };
  return publishApprovedHouseholds(ctx, { county });
};

/** All that anybody reads of a feed. */
export async function publicRows<Row extends { county: string; rowNumber: number }>(
  { hub }: Office,
  feed: Feed,
  region: string = HONGSHAN,
): Promise<readonly Row[]> {
  return (await pageOfPublished<Row>(hub, feed, region, { first: 200 })).nodes;
}

/** A list without its numbers, in an order of its own. */
export async function listOf(office: Office, region: string = HONGSHAN): Promise<string[]> {
  const { nodes } = await new ApprovedHouseholdResolver().approvedHouseholds(office, region, 200);
  return nodes.map((row) => textOf(row)).sort();
}
export const textOf = ({
  applicantName,
  population,
  incomeBand,
  incomeWithheld,
  areaBand,
  areaWithheld,
}: Omit<ApprovedHousehold, 'publicationId' | 'publishedAt'>): string =>
  [applicantName, population, incomeBand ?? incomeWithheld, areaBand ?? areaWithheld].join('，');
