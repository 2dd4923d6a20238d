import type { RegisteredObject } from '../../schema/disclosure/registered-object';
import type { Connection } from '../../schema/page';
import type { Hub } from '../../src/context';
import { readPage, type PageArgs } from '../../src/store/page';

export type RegisteredObjectRow = Pick<
  RegisteredObject,
  'rowNumber' | 'applicantName' | 'citizenIdMasked' | 'securityType' | 'registrationDate'
> & { readonly county: string };

export const FEED = 'registered-objects';

const LIVE = `p.feed = '${FEED}' and p.superseded_at is null and (p.take_down_at is null or p.take_down_at > now())`;

/* published_at leads to the one partition that holds the snapshot; the inner limit makes it read one page of it, not the rest. */
const PAGE = {
  name: 'registered-objects-page',
  text: `select p.region_code as county, r.*
         from publication p cross join lateral (
           select row_number as "rowNumber", applicant_name as "applicantName", citizen_id_masked as "citizenIdMasked",
             security_type as "securityType", registration_date as "registrationDate"
           from published_registered_object
           where publication_id = p.id and published_at = p.published_at and row_number > $2 order by row_number limit $3
         ) r
         where ${LIVE} and p.region_code = $1 order by r."rowNumber"`,
};

const COUNTIES = {
  name: 'registered-objects-counties',
  text: `select p.region_code as county from publication p where ${LIVE} and p.region_code = any($1) order by p.region_code`,
};

type Reader = Pick<Hub, 'db' | 'regions' | 'cursors'>;

/** A page of what is published of a region: its counties in order of their codes. Throws INVALID_CURSOR, PAGE_TOO_LARGE. */
export function pageOfRegisteredObjects(hub: Reader, region: string, args: PageArgs): Promise<Connection<RegisteredObjectRow>> {
  return readPage<RegisteredObjectRow>(hub.cursors, args, {
    list: `${FEED} ${region}`,
    keyOf: (row) => [row.county, row.rowNumber],
    read: async (after, limit) => {
      const [county, rowNumber] = (after ?? ['', 0]) as [string, number];
      return walk(hub, await countiesOf(hub, region, county), { county, rowNumber }, limit);
    },
  });
}

/** Counties with something published, from the one where the last page ended. A county is its own, without a look-up. */
async function countiesOf({ db, regions }: Reader, region: string, from: string): Promise<string[]> {
  if (regions.find(region)?.level === 'COUNTY') return [region];
  const { rows } = await db.publicReader.query<{ county: string }>({ ...COUNTIES, values: [regions.scopeOf(region)] });
  return rows.map((row) => row.county).filter((county) => county >= from);
}

interface Position {
  readonly county: string;
  readonly rowNumber: number;
}

async function walk({ db }: Reader, counties: readonly string[], after: Position, limit: number): Promise<RegisteredObjectRow[]> {
  const page: RegisteredObjectRow[] = [];
  for (const county of counties) {
    const values = [county, county === after.county ? after.rowNumber : 0, limit - page.length];
    const { rows } = await db.publicReader.query<RegisteredObjectRow>({ ...PAGE, values });
    page.push(...rows);
    if (page.length === limit) break;
  }
  return page;
}
