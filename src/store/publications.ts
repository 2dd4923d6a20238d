import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';

/** A snapshot about to be made public, in place of the one before. */
export interface NewPublication {
  readonly feed: string;
  readonly regionCode: string;
  /** Regions whose live publication it replaces: its own and those recoded into it. */
  readonly replaces: readonly string[];
  readonly publishedAt: Date;
  /** When it comes down by itself, if nothing has taken its place by then. */
  readonly takeDownAt?: Date | null;
  /** SHA-256 over the rows in an order of their own, hex. */
  readonly snapshotHash: string;
  readonly rowCount: number;
  readonly maskProfile: string;
  readonly publisher: string;
}

/** One publisher of a feed and region at a time, until the end of the transaction. */
export async function lockPublication(client: ClientBase, feed: string, regionCode: string): Promise<void> {
  await client.query({ text: 'select pg_advisory_xact_lock(hashtext($1))', values: [`publish ${feed} ${regionCode}`] });
}

/** Is exactly this snapshot public already? */
export async function isPublished(
  client: ClientBase,
  feed: string,
  regionCode: string,
  snapshotHash: string,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'live-publication',
    text: 'select from publication where feed = $1 and region_code = $2 and superseded_at is null and snapshot_hash = $3',
    values: [feed, regionCode, snapshotHash],
  });
  return rowCount === 1;
}

/** Supersedes what was public and adds the new publication; its rows follow in the same transaction. Returns its id. */
export async function addPublication(client: ClientBase, publication: NewPublication): Promise<string> {
  const { feed, regionCode, replaces, publishedAt, takeDownAt, snapshotHash, rowCount, maskProfile, publisher } =
    publication;
  const id = randomUUID();
  await client.query({
    name: 'supersede-publication',
    text: 'update publication set superseded_at = $3 where feed = $1 and region_code = any($2) and superseded_at is null',
    values: [feed, replaces, publishedAt],
  });
  await client.query({
    name: 'add-publication',
    text: `insert into publication (id, feed, region_code, published_at, take_down_at, snapshot_hash, row_count, mask_profile, publisher)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [id, feed, regionCode, publishedAt, takeDownAt ?? null, snapshotHash, rowCount, maskProfile, publisher],
  });
  return id;
}

/** SHA-256 over texts in an order that depends on nothing but themselves. */
export function snapshotHashOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of [...texts].sort()) hash.update(text).update('\n');
  return hash.digest('hex');
}

/** By what is public of a row, and within it by lot: a row's place tells nothing of a file or of another publication. */
export function byLot<Row>(rows: readonly Row[], placeOf: (row: Row) => string): Row[] {
  const drawn = rows.map((row) => ({ row, key: placeOf(row) + randomBytes(8).toString('hex') }));
  return drawn.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
}
