import type { PoolClient } from 'pg';
import type { Ask, Question } from '../../exchange/contract';
import { WATCHED } from '../../store/watched';

/** Households in one page: with their members they fit one call to an agency. */
const PAGE = 150;
const PURPOSE = 'CHANGE_WATCH';

interface DueRow extends Ask {
  readonly source: string;
}

/** Members and sources whose interval is over and that were not tried today, of the next households. $4 after, $5 how many. */
const DUE = `
  with watched as (${WATCHED}),
  due as (select * from watched where not looked and (tried_on is null or tried_on < $2::date) and household_id > $4::uuid),
  page as (select distinct household_id from due order by household_id limit $5)
  select due.household_id as "householdId", due.region_code as "regionCode", due.case_id as "caseId", due.letter_id as "letterId",
    due.person_id as "personId", due.source
  from due join page using (household_id) order by due.household_id, due.person_id, due.source`;

const FIELDS = {
  name: 'watched-fields',
  text: 'select fields from purpose where code = $1',
  values: [PURPOSE],
};

/** Of one page, a question a source. */
export interface DuePage {
  readonly questions: readonly Question[];
  /** The last household of the page; null: there is none. */
  readonly last: string | null;
}

/** The next households of a region after one, with what is to be asked about them. */
export async function nextDue(
  client: PoolClient,
  region: string,
  { today, now }: { readonly today: string; readonly now: Date },
  after: string,
): Promise<DuePage> {
  const { rows } = await client.query<DueRow>(DUE, [[region], today, now, after, PAGE]);
  const { fields } = (await client.query<{ fields: string[] }>(FIELDS)).rows[0]!;
  const sources = [...new Set(rows.map(({ source }) => source))].sort();
  const questions = sources.map((source) => ({
    ...{ source, purpose: PURPOSE, asks: rows.filter((row) => row.source === source).map(askOf) },
    fields: fields.filter((field) => field.startsWith(`${source}.`)).map((field) => field.slice(source.length + 1)),
  }));
  return { questions, last: rows.at(-1)?.householdId ?? null };
}

const askOf = ({ source: _source, ...ask }: DueRow): Ask => ask;
