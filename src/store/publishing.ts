import type { ClientBase } from 'pg';
import type { Session } from '../access/session';
import { actingAs } from '../audit/writes';
import { HubError } from '../errors';
import { inScope, type Database } from './database';
import type { PageCache } from './page-cache';
import { lockPublication } from './publications';
import type { Regions } from './regions';

/** In whose name, and with what of the hub. */
interface Publisher extends Session {
  readonly hub: { readonly db: Database; readonly regions: Regions; readonly pages: PageCache };
}

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
  ctx: Publisher,
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
