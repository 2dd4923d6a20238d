import type { PoolClient } from 'pg';
import type { Ask, Question } from '../../exchange/contract';
import { WATCHED } from '../../store/watched';

/** Households in one page: with their members they fit one call to an agency. */
const PAGE = 150;
const PURPOSE = 'CHANGE_WATCH';

interface DueRow extends Ask {
  readonly source: string;
}

const IS_DUE = 'not looked and (tried_on is null or tried_on < $2::date)';

const HOUSEHOLDS = `select distinct household_id as id from (${WATCHED}) as w where ${IS_DUE} order by 1`;

/** Members and sources whose interval is over and that were not tried today. $4 households. */
const DUE = `
  select household_id as "householdId", region_code as "regionCode", case_id as "caseId", letter_id as "letterId", person_id as "personId", source
  from (${WATCHED}) as w where household_id = any ($4::uuid[]) and ${IS_DUE} order by household_id, person_id, source`;

const FIELDS = {
  name: 'watched-fields',
  text: 'select fields from purpose where code = $1',
  values: [PURPOSE],
};

interface Moment {
  readonly today: string;
  readonly now: Date;
}

/** Households of a region about whom somebody is to be asked now, in pages. */
export async function pagesDue(client: PoolClient, region: string, { today, now }: Moment): Promise<string[][]> {
  const { rows } = await client.query<{ id: string }>(HOUSEHOLDS, [[region], today, now]);
  const ids = rows.map(({ id }) => id);
  return Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, page) => ids.slice(page * PAGE, (page + 1) * PAGE));
}

/** What is to be asked about a page of them, a question a source. */
export async function questionsAbout(
  client: PoolClient,
  region: string,
  { today, now }: Moment,
  page: readonly string[],
): Promise<Question[]> {
  const { rows } = await client.query<DueRow>(DUE, [[region], today, now, page]);
  const { fields } = (await client.query<{ fields: string[] }>(FIELDS)).rows[0]!;
  const sources = [...new Set(rows.map(({ source }) => source))].sort();
  return sources.map((source) => ({
    ...{ source, purpose: PURPOSE, asks: rows.filter((row) => row.source === source).map(askOf) },
    fields: fields.filter((field) => field.startsWith(`${source}.`)).map((field) => field.slice(source.length + 1)),
  }));
}

const askOf = ({ source: _source, ...ask }: DueRow): Ask => ask;
