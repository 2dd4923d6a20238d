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

/*
 * The publication is looked up once, before the scan: its time leads to the one partition, its id into the key. The limit
 * is part of the text, a statement for each: as a parameter the planner takes it for a tenth of the table and sorts it all.
 */
const pageStatement = (limit: number) => ({
  name: `registered-objects-page-${limit}`,
  text: `select $1::text as county, r.row_number as "rowNumber", r.applicant_name as "applicantName",
           r.citizen_id_masked as "citizenIdMasked", r.security_type as "securityType", r.registration_date as "registrationDate"
         from published_registered_object r
         where (r.publication_id, r.published_at) = (select p.id, p.published_at from publication p where ${LIVE} and p.region_code = $1)
           and r.row_number > $2 order by r.row_number limit ${Math.trunc(limit)}`,
});

const COUNTIES = {
  name: 'registered-objects-counties',
  text: `select p.region_code as county from publication p where ${LIVE} and p.region_code = any($1) order by p.region_code`,
};

type Reader = Pick<Hub, 'db' | 'regions' | 'cursors'>;

/** A page of what is published of a region: its counties in order of their codes. Throws INVALID_CURSOR, PAGE_TOO_LARGE. */
export function pageOfRegisteredObjects(
  hub: Reader,
  region: string,
  args: PageArgs,
): Promise<Connection<RegisteredObjectRow>> {
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

async function walk(
  { db }: Reader,
  counties: readonly string[],
  after: Position,
  limit: number,
): Promise<RegisteredObjectRow[]> {
  const page: RegisteredObjectRow[] = [];
  for (const county of counties) {
    const values = [county, county === after.county ? after.rowNumber : 0];
    const { rows } = await db.publicReader.query<RegisteredObjectRow>({
      ...pageStatement(limit - page.length),
      values,
    });
    page.push(...rows);
    if (page.length === limit) break;
  }
  return page;
}
