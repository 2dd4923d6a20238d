import type { ClientBase } from 'pg';
import { shownOf, stepsOf, type Shown, type Steps } from '../access/bands';
import { beijingDay, dayAfter } from '../access/day';
import { maskName } from '../access/masks';
import { loggedRead } from '../audit/reads';
import type { RequestContext } from '../context';
import { nameInScope } from '../store/name-in-scope';
import { addPublication, byLot, isPublished, snapshotHashOf } from '../store/publications';
import { publishing, type Published } from '../store/publishing';
import { AREA_KIND_TITLES, type AreaKind } from '../../schema/area-kind';
import { NotShown } from '../../schema/disclosure/approved-household';

export const APPROVED_HOUSEHOLDS = 'approved-households';

/** What of one household is made public; its name is masked already. */
interface PublishedRow extends Shown {
  readonly name: string;
  readonly population: number | null;
}

/** What a region says of its list on a day. */
interface Numbers extends Steps {
  readonly listedDays: number | null;
}

/**
 * 公开已批准并配租配售的保障对象 of one county [GX-10.2.3]: a snapshot into which only masked names and bands are written, in place of the
 * one before. Who has been listed as long as the region says, or is revoked or void meanwhile, is in it no more; should no night put
 * another in its place, it comes down by itself. Null where nothing changed. Errors: UNKNOWN_REGION (no county).
 */
export async function publishApprovedHouseholds(
  ctx: RequestContext,
  { county }: { county: string },
): Promise<Published | null> {
  const { hub } = ctx;
  return publishing(ctx, 'publishApprovedHouseholds', { feed: APPROVED_HOUSEHOLDS, county }, async (client) => {
    const numbers = await numbersOf(client, county, hub.now());
    const { rows, takeDownAt } = await readList(client, ctx, county, numbers);
    const publishedAt = hub.now();
    const snapshotHash = snapshotHashOf([...rows.map(textOf), `until ${takeDownAt?.toISOString() ?? ''}`]);
    if (await isPublished(client, APPROVED_HOUSEHOLDS, county, snapshotHash)) return null;
    if (rows.length === 0 && !(await isAnythingPublic(client, hub.regions.scopeOf(county)))) return null;
    const publicationId = await addPublication(client, {
      ...{ feed: APPROVED_HOUSEHOLDS, regionCode: county, replaces: hub.regions.scopeOf(county), publishedAt },
      ...{ takeDownAt, snapshotHash, rowCount: rows.length, maskProfile: 'SURNAME', publisher: ctx.viewer.subject },
    });
    await writeRows(
      client,
      publicationId,
      publishedAt,
      numbers,
      byLot(rows, () => ''),
    );
    return { publicationId, rows: rows.length };
  });
}

const CODES = [
  ...['approval.income-band-1-fen', 'approval.income-band-2-fen'],
  ...['approval.area-step-cm2', 'approval.area-wide-step-cm2', 'approval.listed-days'],
];
const NUMBERS = {
  name: 'numbers-of-approved-list',
  text: 'select parameter_in_force(code, $2, $3, $4) as value from unnest($1::text[]) with ordinality as c (code, place) order by place',
};

async function numbersOf(client: ClientBase, county: string, now: Date): Promise<Numbers> {
  const values = [CODES, county, beijingDay(now), now];
  const { rows } = await client.query<{ value: number | null }>({ ...NUMBERS, values });
  const [low, high, narrow, wide, days] = rows.map(({ value }) => value);
  return { ...stepsOf([low!, high!], [narrow!, wide!]), listedDays: days ?? null };
}

/*
 * Allotted: accepted, and neither void nor given back. A child under 14 is never made public, whatever a file says. Who applies anew stands
 * in the roster of applicants by full name and number: never in both at a time. Income of those whom assistance recognises is
 * not told, as of those of whom nobody determined it: a band would tell who lives on assistance.
 */
const LIST = {
  name: 'approved-households-to-publish',
  takes: 3,
  text: `
    select p.id as person_id, ${nameInScope('p')} as name, w.area_cm2 as "areaCm2", w.area_kind as "areaKind", taken.day::text as "acceptedOn",
      case when e.recognised is false then e.income_fen end as "incomeFen",
      (select nullif(count(distinct m.person_id), 0)::int from household_member m where m.household_id = a.household_id and m.from_date <= taken.day
         and (m.to_date is null or m.to_date >= taken.day)) as population
    from allotment a
    join application ap on ap.id = a.application_id and ap.state = 'APPROVED'
    join waiting_list_entry e on e.id = a.entry_id
    join dwelling w on w.id = a.dwelling_id
    join housing_case c on c.id = ap.case_id
    join person p on p.id = c.applicant_id
    cross join lateral (select allotted_on(a.id) as day) as taken
    where a.region_code = any($1) and a.state in ('ACCEPTED', 'CONTRACT_SIGNED', 'HANDED_OVER')
      and taken.day + $3::int >= $2::date and p.birth_date <= $2::date - interval '14 years'
      and not exists (select from housing_case o where o.household_id = a.household_id and o.kind = 'APPLICATION' and o.closed_on is null)`,
};

interface ListedRow {
  readonly name: string;
  readonly areaCm2: number;
  readonly areaKind: AreaKind;
  readonly acceptedOn: string;
  readonly incomeFen: number | null;
  readonly population: number | null;
}

/** When the first of a list has been on it to the end; it comes down by itself some hours after the night that takes it off. */
const MORNING = 'T06:00:00+08:00';

async function readList(
  client: ClientBase,
  ctx: RequestContext,
  county: string,
  { listedDays, ...steps }: Numbers,
): Promise<{ rows: PublishedRow[]; takeDownAt: Date | null }> {
  if (listedDays === null) return { rows: [], takeDownAt: null }; // nothing is public without an end
  const values = [ctx.hub.regions.scopeOf(county), beijingDay(ctx.hub.now()), listedDays];
  const look = { source: 'housing', fields: ['name', 'waitingFactors'] };
  const { rows: listed } = await client.query<ListedRow>(loggedRead(LIST, values, look, ctx));
  const shown = shownOf(
    listed.map(({ incomeFen, areaCm2, areaKind }) => ({ incomeFen, areaCm2, areaTitle: AREA_KIND_TITLES[areaKind] })),
    steps,
  );
  const rows = listed.map(({ name, population }, at) => ({ name: maskName(name), population, ...shown[at]! }));
  const first = listed.map(({ acceptedOn }) => acceptedOn).sort()[0];
  return { rows, takeDownAt: first === undefined ? null : new Date(dayAfter(first, listedDays + 1) + MORNING) };
}

const textOf = ({ name, population, income, area }: PublishedRow): string =>
  [name, population ?? '', income ?? '', area ?? ''].join('\t');

async function isAnythingPublic(client: ClientBase, regions: readonly string[]): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'any-live-publication',
    text: 'select from publication where feed = $1 and region_code = any($2) and superseded_at is null limit 1',
    values: [APPROVED_HOUSEHOLDS, regions],
  });
  return rowCount === 1;
}

const ADD_ROWS = {
  name: 'add-approved-households',
  text: `insert into published_approved_household
           (publication_id, published_at, row_number, applicant_name, population, income_band, income_withheld, area_band, area_withheld)
         select $1, $2, ordinal, name, population, income, case when income is null then $3 end, area, case when area is null then $4 end
         from unnest($5::text[], $6::int[], $7::text[], $8::text[]) with ordinality as r (name, population, income, area, ordinal)`,
};

async function writeRows(
  client: ClientBase,
  publicationId: string,
  publishedAt: Date,
  { edges, widths }: Steps,
  rows: readonly PublishedRow[],
): Promise<void> {
  const why = [edges, widths].map((set) => (set === null ? NotShown.NOT_SET : NotShown.WITHHELD));
  const columns = [
    rows.map(({ name }) => name),
    rows.map(({ population }) => population),
    rows.map(({ income }) => income),
    rows.map(({ area }) => area),
  ];
  await client.query({ ...ADD_ROWS, values: [publicationId, publishedAt, ...why, ...columns] });
}
