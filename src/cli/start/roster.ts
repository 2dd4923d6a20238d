import type { Hub } from '../../context';
import { publishFeeds } from '../../jobs/publish-feeds';

/**
 * The first public roster of a sandbox, so that the public has something to read at once; from then on it is the clock's
 * errand. Returns what to tell.
 */
export async function publishOnce(hub: Hub): Promise<string> {
  const published = async () => (await hub.db.publicReader.query<{ rows: number }>(COUNT)).rows[0]!.rows;
  if ((await published()) > 0) return 'kept as it is';
  await publishFeeds.run(null, hub, new AbortController().signal);
  return `${await published()} rows, masked`;
}

const COUNT = 'select coalesce(sum(row_count), 0)::int as rows from publication where superseded_at is null';
