import type { PoolClient } from 'pg';
import type { Subject } from '../../engine/evaluate';
import { Refusal } from '../refusal';

/** The file of a household, with the case and the letter by which it is judged. */
export interface FileJudged extends Subject {
  readonly fileNumber: string;
  readonly regionCode: string;
  readonly region: string;
  readonly programme: string;
  /** APPLICATION, ANNUAL_REVIEW or RE_CHECK. */
  readonly kind: string;
  /** On the day of judgement. */
  readonly members: readonly string[];
}

/* The open case before a closed one, the latest first; the letter in force on the day, as a cross-check takes it. */
const FILE = `
  select h.id as "householdId", h.file_number as "fileNumber", h.region_code as "regionCode", r.name as region,
    c.id as "caseId", c.programme, c.kind, l.id as "letterId",
    array(select distinct m.person_id::text from household_member m
          where m.household_id = h.id and m.from_date <= $3::date and (m.to_date is null or m.to_date >= $3::date)) as members
  from household h
  join region r on r.code = h.region_code
  join housing_case c on c.household_id = h.id and c.submitted_on <= $3::date
  left join lateral (
    select id from letter where case_id = c.id and purpose = $2 and state = 'ACTIVE' and signed_on <= $3::date and valid_until >= $3::date
    order by signed_on desc, id desc limit 1
  ) l on true
  where h.id = $1
  order by (c.closed_on is null or c.closed_on > $3::date) desc, c.submitted_on desc, c.id desc limit 1`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By id or file number. Throws Refusal where there is none with a case by that day, or several of that number. */
export async function fileIn(
  client: PoolClient,
  household: string,
  purpose: string,
  asOf: string,
): Promise<FileJudged> {
  const where = UUID.test(household) ? 'id = $1' : 'file_number = $1';
  const named = await client.query<{ id: string; region_code: string }>(
    `select id, region_code from household where ${where} order by region_code`,
    [household],
  );
  if (named.rows.length > 1) {
    const each = named.rows.map(({ id, region_code: region }) => `${id} (${region})`);
    throw new Refusal(`Several households have the file number ${household}; name one by its id: ${each.join(', ')}.`);
  }
  const file = named.rows[0] && (await client.query<FileJudged>(FILE, [named.rows[0].id, purpose, asOf])).rows[0];
  if (!file) throw new Refusal(`No household with a case on ${asOf} is filed under “${household}”.`);
  return file;
}

interface Looker {
  readonly by: string;
  readonly purpose: string;
  readonly requestId: string;
}

/* A person at the terminal of the hub belongs to no office of the regions. */
const LOOK = `
  insert into read_entry (subject, role, office, purpose, case_id, letter_id, request_id, source, fields, person_id, persons)
  select $1, 'OPERATOR', '-', $2, $3, $4, $5, 'report', '{conclusion,findings}', person_id, count(*) over ()
  from household_member where household_id = $6 and from_date <= $7::date and (to_date is null or to_date >= $7::date)
  group by person_id`;

/** Writes down that every member was looked at, before anything is shown; what cannot be written is not shown. */
export async function noteLook(
  client: PoolClient,
  { householdId, caseId, letterId }: FileJudged,
  { by, purpose, requestId }: Looker,
  asOf: string,
): Promise<void> {
  await client.query(LOOK, [by, purpose, caseId, letterId, requestId, householdId, asOf]);
}
