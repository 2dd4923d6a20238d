import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { publishApprovedHouseholds } from '../commands/publish-approved-households';
import { publishRegisteredObjects } from '../commands/publish-registered-objects';
import { systemViewer, type Hub, type RequestContext } from '../context';
import type { Job } from '../queue/job';

/** `region`: publish only what lies in it. The clock's own payload says nothing of it. */
const Payload = z.object({ region: z.string().optional() }).nullish();

/* Where somebody has applied or been allotted a dwelling, or something is public that may have to go. */
const WITH_CASES = `select distinct region_code as code from housing_case where kind = 'APPLICATION' and closed_on is null`;
const WITH_ALLOTMENTS = `select distinct region_code as code from allotment where state in ('ACCEPTED', 'CONTRACT_SIGNED', 'HANDED_OVER')`;
const WITH_PUBLICATION = `select region_code as code from publication where superseded_at is null`;

/**
 * Publishes the feeds of every county, each in a transaction of its own; where nothing changed nothing is written, so that
 * a second run costs only the reading. A county that fails does not keep the others back.
 */
export const publishFeeds: Job<Hub> = {
  task: 'publish-feeds',
  schedule: '10 18 * * *', // 02:10 in Beijing
  async run(payload, hub, signal) {
    const counties = await countiesToPublish(hub, Payload.parse(payload)?.region);
    const faults: unknown[] = [];
    for (const county of counties) {
      if (signal.aborted) throw new Error('stopped between two counties; the rest follows at the next attempt');
      await publishCounty(hub, county).catch((fault: unknown) => faults.push(fault));
    }
    if (faults.length > 0)
      throw new AggregateError(faults, `${faults.length} of ${counties.length} counties could not be published`);
  },
};

/** Whoever leaves the roster of applicants has left it before the list of those who were allotted something can name them. */
async function publishCounty(hub: Hub, county: string): Promise<void> {
  await publishRegisteredObjects(publisher(hub, county), { county });
  await publishApprovedHouseholds(publisher(hub, county), { county });
}

async function countiesToPublish({ db, regions }: Hub, region?: string): Promise<string[]> {
  const found = await Promise.all([
    db.engine.query<{ code: string }>(WITH_CASES),
    db.engine.query<{ code: string }>(WITH_ALLOTMENTS),
    db.app.query<{ code: string }>(WITH_PUBLICATION),
  ]);
  const within = region === undefined ? null : new Set(regions.scopeOf(region));
  const codes = found.flatMap(({ rows }) => rows.map(({ code }) => code)).filter((code) => within?.has(code) ?? true);
  const counties = codes.map((code) => countyOf(regions, code)).filter((county) => county !== undefined);
  return [...new Set(counties)].sort();
}

/** The county of today that a code belongs to: up from a street, on from a county that was recoded. */
function countyOf(regions: Hub['regions'], code: string): string | undefined {
  const region = regions.find(code);
  const onward = region?.successorCode ?? (region?.level === 'COUNTY' ? undefined : region?.parentCode);
  return onward ? countyOf(regions, onward) : region?.level === 'COUNTY' ? code : undefined;
}

const publisher = (hub: Hub, county: string): RequestContext => ({
  hub,
  viewer: systemViewer(county, hub.regions.scopeOf(county), 'hub:publish-feeds'),
  purpose: null,
  requestId: `publish-feeds:${randomUUID()}`,
  loaders: new Map(),
});
