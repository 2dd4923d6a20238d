import { makeCursors } from '../../src/access/cursor';
import type { World } from '../support/world';

const ROWS = 1_000_000;
const COUNTIES = 100;
const PER_COUNTY = ROWS / COUNTIES;
export const PAGE_ROWS = 50;

/** Masked values only, as a publication writes them. */
const PUBLISH = `
  with county as (
    select code, gen_random_uuid() as id from region where level = 'COUNTY' and valid_to is null order by code limit ${COUNTIES}
  ), published as (
    insert into publication (id, feed, region_code, published_at, snapshot_hash, row_count, mask_profile, publisher)
    select id, 'registered-objects', code, now(), repeat('0', 64), ${PER_COUNTY}, 'STRICT_6_1', 'bench' from county returning id, region_code
  )
  insert into published_registered_object (publication_id, published_at, row_number, applicant_name, citizen_id_masked, security_type, registration_date)
  select id, now(), n, (array['王*', '李**', '萨**', '韦**', '欧**'])[1 + n % 5], region_code || '***********' || n % 10,
    (array['PUBLIC_RENTAL', 'RENT_SUBSIDY'])[1 + n % 2], date '2026-01-01' + n % 300
  from published, generate_series(1, ${PER_COUNTY}) n`;

/** A place in the roster: the page of 50 after a row of a county. */
export interface Place {
  readonly region: string;
  readonly after: number;
}

/** A million rows, published; returns so many distinct pages of them. */
export async function publish({ owner }: World, pages: number): Promise<Place[]> {
  await owner.query(PUBLISH);
  await owner.query('analyze publication, published_registered_object');
  const { rows } = await owner.query<{ region: string }>('select region_code as region from publication order by 1');
  const perCounty = PER_COUNTY / PAGE_ROWS - 1;
  return Array.from({ length: pages }, (_, page) => ({
    region: rows[page % rows.length]!.region,
    after: PAGE_ROWS * (1 + (Math.floor(page / rows.length) % perCounty)),
  }));
}

/** The question as the public asks it. */
export function publicPath({ config }: World): (place: Place) => string {
  const cursors = makeCursors(config.secrets.CURSOR_KEY);
  return ({ region, after }) => {
    const variables = {
      region,
      first: PAGE_ROWS,
      after: cursors.write(`registered-objects ${region}`, [region, after]),
    };
    return `/public/graphql?documentId=registered-objects&variables=${encodeURIComponent(JSON.stringify(variables))}`;
  };
}
