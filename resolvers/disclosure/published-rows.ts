import type { Connection } from '../../schema/page';
import type { Hub } from '../../src/context';
import { readPage, type PageArgs } from '../../src/store/page';

/** A feed whose snapshots of counties are rows of one table, numbered within the snapshot. */
export interface Feed {
  readonly name: string;
  readonly table: string;
  /** Of the table `r`, besides the number. */
  readonly columns: string;
}

interface Position {
  readonly county: string;
  readonly rowNumber: number;
}

const live = (feed: Feed): string =>
  `p.feed = '${feed.name}' and p.superseded_at is null and (p.take_down_at is null or p.take_down_at > now())`;

/*
 * The publication is looked up once, before the scan: its time leads to the one partition, its id into the key. The limit
 * is part of the text, a statement for each: as a parameter the planner takes it for a tenth of the table and sorts it all.
 */
const pageStatement = (feed: Feed, limit: number) => ({
  name: `${feed.name}-page-${limit}`,
  text: `select $1::text as county, r.row_number as "rowNumber", ${feed.columns}
         from ${feed.table} r
         where (r.publication_id, r.published_at) = (select p.id, p.published_at from publication p where ${live(feed)} and p.region_code = $1)
           and r.row_number > $2 order by r.row_number limit ${Math.trunc(limit)}`,
});

const countiesStatement = (feed: Feed) => ({
  name: `${feed.name}-counties`,
  text: `select p.region_code as county from publication p where ${live(feed)} and p.region_code = any($1) order by p.region_code`,
});

type Reader = Pick<Hub, 'db' | 'regions' | 'cursors'>;

/** A page of what is published of a region: its counties in order of their codes. Throws INVALID_CURSOR, PAGE_TOO_LARGE. */
export function pageOfPublished<Row extends Position>(
  hub: Reader,
  feed: Feed,
  region: string,
  args: PageArgs,
): Promise<Connection<Row>> {
  return readPage<Row>(hub.cursors, args, {
    list: `${feed.name} ${region}`,
    keyOf: (row) => [row.county, row.rowNumber],
    read: async (after, limit) => {
      const [county, rowNumber] = (after ?? ['', 0]) as [string, number];
      return walk<Row>(hub, feed, await countiesOf(hub, feed, region, county), { county, rowNumber }, limit);
    },
  });
}

/** Counties with something published, from the one where the last page ended. A county is its own, without a look-up. */
async function countiesOf({ db, regions }: Reader, feed: Feed, region: string, from: string): Promise<string[]> {
  if (regions.find(region)?.level === 'COUNTY') return [region];
  const values = [regions.scopeOf(region)];
  const { rows } = await db.publicReader.query<{ county: string }>({ ...countiesStatement(feed), values });
  return rows.map((row) => row.county).filter((county) => county >= from);
}

async function walk<Row extends Position>(
  { db }: Reader,
  feed: Feed,
  counties: readonly string[],
  after: Position,
  limit: number,
): Promise<Row[]> {
  const page: Row[] = [];
  for (const county of counties) {
    const values = [county, county === after.county ? after.rowNumber : 0];
    const { rows } = await db.publicReader.query<Row>({ ...pageStatement(feed, limit - page.length), values });
    page.push(...rows);
    if (page.length === limit) break;
  }
  return page;
}
