import type { ClientBase } from 'pg';
import { beijingDay } from '../access/day';
import { maskIdNumber, type MaskProfile } from '../access/masks';
import { personNumber, type Seal } from '../access/seal';
import { loggedRead } from '../audit/reads';
import type { RequestContext } from '../context';
import { loadMaskProfiles } from '../store/mask-profiles';
import { nameInScope } from '../store/name-in-scope';
import { addPublication, byLot, isPublished, snapshotHashOf } from '../store/publications';
import { publishing, type Published } from '../store/publishing';
import { PROGRAMME_TITLES, type Programme } from '../../schema/programme';

/** What of one applicant is made public; the number is masked already. */
interface PublishedRow {
  readonly name: string;
  readonly citizenIdMasked: string;
  readonly securityType: string;
  readonly registrationDate: string;
}

export const REGISTERED_OBJECTS = 'registered-objects';

/**
 * 公开已登记的保障对象 of one county [GX-7.2.1(2)]: a snapshot of its open applications into which only masked values
 * are written, in place of the one before. Null where nothing changed. Errors: UNKNOWN_REGION (no county).
 */
export async function publishRegisteredObjects(
  ctx: RequestContext,
  { county }: { county: string },
): Promise<Published | null> {
  const { hub } = ctx;
  return publishing(ctx, 'publishRegisteredObjects', { feed: REGISTERED_OBJECTS, county }, async (client) => {
    const maskProfile = (await loadMaskProfiles(client, hub.regions))(county);
    const rows = await readApplicants(client, ctx, county, maskProfile);
    const snapshot = {
      snapshotHash: snapshotHashOf(rows.map(textOf)),
      rowCount: rows.length,
      maskProfile,
      publishedAt: hub.now(),
    };
    if (await isPublished(client, REGISTERED_OBJECTS, county, snapshot.snapshotHash)) return null;
    const place = { feed: REGISTERED_OBJECTS, regionCode: county, replaces: hub.regions.scopeOf(county) };
    const publicationId = await addPublication(client, { ...place, ...snapshot, publisher: ctx.viewer.subject });
    const inOrder = byLot(rows, ({ registrationDate }) => registrationDate);
    await writeRows(client, publicationId, snapshot.publishedAt, inOrder);
    return { publicationId, rows: rows.length };
  });
}

const PAGE = 2000;

/* A child under 14 is never made public, whatever a file says. */
const APPLICANTS = {
  name: 'applicants-to-publish',
  takes: 4,
  text: `
    select c.id, c.programme, c.submitted_on as "submittedOn", p.id as person_id, ${nameInScope('p')} as name, p.id_number as "sealedNumber"
    from housing_case c join person p on p.id = c.applicant_id
    where c.region_code = any($1) and c.kind = 'APPLICATION' and c.closed_on is null and c.id > $2
      and p.birth_date <= $3::date - interval '14 years'
    order by c.id limit $4`,
};

interface ApplicantRow {
  readonly id: string;
  readonly programme: Programme;
  readonly submittedOn: string;
  readonly person_id: string;
  readonly name: string;
  readonly sealedNumber: Buffer;
}

/** Opens the numbers a page at a time and keeps only their masks; each look stands in the read log. */
async function readApplicants(
  client: ClientBase,
  ctx: RequestContext,
  county: string,
  profile: MaskProfile,
): Promise<PublishedRow[]> {
  const { hub } = ctx;
  const applicants: PublishedRow[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const values = [hub.regions.scopeOf(county), after, beijingDay(hub.now()), PAGE];
    const read = loggedRead(APPLICANTS, values, { source: 'housing', fields: ['idNumber', 'name'] }, ctx);
    const { rows } = await client.query<ApplicantRow>(read);
    for (const row of rows) applicants.push(masked(row, hub.seal, profile));
    if (rows.length < PAGE) return applicants;
    after = rows.reduce((last, row) => (row.id > last ? row.id : last), after);
  }
}

const masked = (
  { person_id: personId, name, programme, submittedOn, sealedNumber }: ApplicantRow,
  seal: Seal,
  profile: MaskProfile,
): PublishedRow => ({
  name,
  citizenIdMasked: maskIdNumber(seal.open(sealedNumber, personNumber(personId)), profile),
  securityType: PROGRAMME_TITLES[programme],
  registrationDate: submittedOn,
});

const textOf = (row: PublishedRow): string =>
  [row.registrationDate, row.securityType, row.name, row.citizenIdMasked].join('\t');

const ADD_ROWS = {
  name: 'add-registered-objects',
  text: `insert into published_registered_object
           (publication_id, published_at, row_number, applicant_name, citizen_id_masked, security_type, registration_date)
         select $1, $2, $3 + ordinal, name, masked, type, day
         from unnest($4::text[], $5::text[], $6::text[], $7::date[]) with ordinality as r (name, masked, type, day, ordinal)`,
};

async function writeRows(
  client: ClientBase,
  publicationId: string,
  publishedAt: Date,
  rows: readonly PublishedRow[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += PAGE) {
    const page = rows.slice(from, from + PAGE);
    const columns = [
      page.map((row) => row.name),
      page.map((row) => row.citizenIdMasked),
      page.map((row) => row.securityType),
      page.map((row) => row.registrationDate),
    ];
    await client.query({ ...ADD_ROWS, values: [publicationId, publishedAt, from, ...columns] });
  }
}
