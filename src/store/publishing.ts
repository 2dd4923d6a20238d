import type { ClientBase } from 'pg';
import { actingAs } from '../audit/writes';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { inScope } from './database';
import { lockPublication } from './publications';

/** A snapshot that was made public. */
export interface Published {
  readonly publicationId: string;
  readonly rows: number;
}

/**
 * Makes a county's snapshot of a feed public in one transaction, one publisher at a time, and lets kept pages of it go where something
 * changed. Errors: UNKNOWN_REGION (no county).
 */
export async function publishing(
  ctx: RequestContext,
  verb: string,
  { feed, county }: { readonly feed: string; readonly county: string },
  work: (client: ClientBase) => Promise<Published | null>,
): Promise<Published | null> {
  const { hub } = ctx;
  if (hub.regions.find(county)?.level !== 'COUNTY') throw new HubError('UNKNOWN_REGION', 'county');
  const published = await inScope(hub.db.app, ctx.viewer.regions, async (client) => {
    await client.query(actingAs(ctx, verb));
    await lockPublication(client, feed, county);
    return work(client);
  });
  if (published) await hub.pages.drop(feed);
  return published;
}
