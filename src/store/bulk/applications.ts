import type { ClientBase } from 'pg';
import { beijingDay } from '../../access/day';
import { newId } from '../../access/new-id';
import type { Session } from '../../access/session';
import { loggedRead, type PersonalSelect } from '../../audit/reads';
import type { ApplicationLine, Flaw } from './application-line';

const LOCK = 'select id from household where region_code = $1 and file_number = any ($2) order by id for update';
/** Whoever would apply: the applicant of the file on the day, whether of age, and whether the household applies already. */
const HOUSEHOLDS: PersonalSelect = {
  name: 'households-of-import',
  takes: 4,
  text: `select m.person_id, h.id, h.file_number as "fileNumber", h.closed_on is not null as closed,
           years_old(p.birth_date, w.day) >= parameter_in_force('adult-age.years', $1, w.day, $4) as adult,
           exists (select from housing_case c where c.household_id = h.id and c.kind = 'APPLICATION' and c.closed_on is null) as applies
         from unnest($2::text[], $3::date[]) as w (file_number, day)
         join household h on h.region_code = $1 and h.file_number = w.file_number
         left join household_member m on m.household_id = h.id and m.relation = 'APPLICANT' and m.from_date <= w.day and (m.to_date is null or m.to_date > w.day)
         left join person p on p.id = m.person_id`,
};
const KEYS = `
  select k.source_key as key, k.row_hash as hash, a.id, a.state, a.household_id as "householdId", a.case_id as "caseId", c.programme, h.file_number as "fileNumber"
  from import_key k join application a on a.id = k.target_id join housing_case c on c.id = a.case_id join household h on h.id = a.household_id
  where k.region_code = $1 and k.kind = 'APPLICATIONS' and k.source = $2 and k.source_key = any ($3)`;
const CASES = `
  insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on, declared_income_fen)
  select id, $1, household, 'APPLICATION', programme, applicant, submitted_on, income
  from unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::date[], $7::bigint[]) as g (id, household, programme, applicant, submitted_on, income)`;
const APPLICATIONS = `
  insert into application (id, region_code, household_id, case_id, template_id, flow)
  select id, $1, household, "case", $2, $3 from unnest($4::uuid[], $5::uuid[], $6::uuid[]) as g (id, household, "case")`;
const ENTRIES = `
  insert into application_entry (id, region_code, household_id, application_id, key, value, given_by, given_at)
  select gen_random_uuid(), $1, household, application, key, value, $2, $3 from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[]) as g (household, application, key, value)
  on conflict (application_id, key) do update set value = excluded.value, given_by = excluded.given_by, given_at = excluded.given_at
  where application_entry.value <> excluded.value`;
const KEPT = `
  insert into import_key (region_code, kind, source, source_key, target_id, row_hash, batch_id)
  select $1, $2, $3, key, target, hash, $4 from unnest($5::text[], $6::uuid[], $7::text[]) as g (key, target, hash)
  on conflict (region_code, kind, source, source_key) do update set row_hash = excluded.row_hash, batch_id = excluded.batch_id`;
const INCOME = `
  update housing_case c set declared_income_fen = g.income from unnest($1::uuid[], $2::bigint[]) as g (id, income)
  where c.id = g.id and c.declared_income_fen is distinct from g.income`;

export interface Found {
  readonly person_id: string | null;
  readonly id: string;
  readonly fileNumber: string;
  readonly closed: boolean;
  /** Null where nobody applies, or no age of majority is in force on the day. */
  readonly adult: boolean | null;
  readonly applies: boolean;
}

export interface Known {
  readonly key: string;
  readonly hash: string;
  readonly id: string;
  readonly state: string;
  readonly householdId: string;
  readonly caseId: string;
  readonly programme: string;
  readonly fileNumber: string;
}

/** Where a chunk of rows goes. */
export interface Target {
  readonly region: string;
  readonly source: string;
  readonly batchId: string;
  readonly flow: string;
  readonly templateId: string | null;
  readonly now: Date;
}

/** Rows that were loaded before, by their keys. */
export const knownKeys = async (client: ClientBase, { region, source }: Target, lines: readonly ApplicationLine[]) =>
  new Map(
    (await client.query<Known>(KEYS, [region, source, lines.map(({ key }) => key)])).rows.map((row) => [row.key, row]),
  );

/** Households of new rows, held until the end: two who open a case for one come one after the other. */
export async function householdsOf(
  client: ClientBase,
  { region, now }: Target,
  lines: readonly ApplicationLine[],
  session: Session,
): Promise<ReadonlyMap<string, Found>> {
  const files = lines.map(({ fileNumber }) => fileNumber);
  await client.query(LOCK, [region, files]);
  const days = lines.map(({ submittedOn }) => submittedOn ?? beijingDay(now));
  const look = { source: 'housing', fields: ['birthDate'] };
  const { rows } = await client.query<Found>(loggedRead(HOUSEHOLDS, [region, files, days, now], look, session));
  return new Map(rows.map((row) => [row.fileNumber, row]));
}

/** Why no application can be begun; undefined where one can. */
export function refusalOf(found: Found | undefined): Flaw | undefined {
  const flaw = (code: Flaw['code'], detail: string): Flaw => ({ code, field: '档案编号', detail });
  if (!found) return flaw('NOT_FOUND', '辖区内没有该档案');
  if (found.closed) return flaw('INVALID_INPUT', '该家庭已销户');
  if (found.person_id === null) return flaw('INVALID_INPUT', '申请之日该家庭没有在册的申请人');
  if (found.adult === null) return flaw('PARAMETER_UNSET', '成年年龄');
  if (!found.adult) return flaw('MINOR_APPLICANT', '');
  return found.applies ? flaw('CASE_ALREADY_OPEN', '') : undefined;
}

export interface Begun {
  readonly line: ApplicationLine;
  readonly household: string;
  readonly applicant: string;
}

/** Opens cases and begins applications for all of them, with what their rows say: the guards of the database look at each. */
export async function begin(client: ClientBase, target: Target, begun: readonly Begun[], by: string): Promise<void> {
  if (begun.length === 0) return;
  const { region, flow, templateId, now } = target;
  const made = begun.map((each) => ({ ...each, caseId: newId(), id: newId() }));
  const column = <Value>(of: (one: (typeof made)[number]) => Value): Value[] => made.map(of);
  const households = column(({ household }) => household);
  const cases = column(({ caseId }) => caseId);
  await client.query(CASES, [
    ...[region, cases, households, column(({ line }) => line.programme), column(({ applicant }) => applicant)],
    ...[column(({ line }) => line.submittedOn ?? beijingDay(now)), column(({ line }) => line.incomeFen)],
  ]);
  await client.query(APPLICATIONS, [region, templateId, flow, column(({ id }) => id), households, cases]);
  const kept = made.map(({ line, household, id }) => ({ line, householdId: household, id }));
  await write(client, target, kept, by);
}

export interface Kept {
  readonly line: ApplicationLine;
  readonly householdId: string;
  readonly id: string;
}

/** What rows say of applications that are there, and that they said it. */
async function write(client: ClientBase, target: Target, kept: readonly Kept[], by: string): Promise<void> {
  const { region, source, batchId, now } = target;
  const entries = kept.flatMap(({ line, householdId, id }) =>
    line.entries.map((each) => ({ ...each, householdId, id })),
  );
  if (entries.length > 0)
    await client.query(ENTRIES, [
      ...[region, by, now, entries.map(({ householdId }) => householdId), entries.map(({ id }) => id)],
      ...[entries.map(({ key }) => key), entries.map(({ value }) => value)],
    ]);
  await keep(
    client,
    { region, kind: 'APPLICATIONS', source, batchId },
    kept.map(({ line, id }) => ({ key: line.key, target: id, hash: line.hash })),
  );
}

/** Keys of records that came with a file, and what its rows were. */
export const keep = (
  client: ClientBase,
  {
    region,
    kind,
    source,
    batchId,
  }: { readonly region: string; readonly kind: string; readonly source: string; readonly batchId: string },
  rows: readonly { readonly key: string; readonly target: string; readonly hash: string }[],
) =>
  client.query(KEPT, [
    ...[region, kind, source, batchId, rows.map(({ key }) => key)],
    ...[rows.map(({ target }) => target), rows.map(({ hash }) => hash)],
  ]);

/** Corrects drafts by rows that say otherwise than before. */
export async function correct(
  client: ClientBase,
  target: Target,
  changed: readonly (Kept & { readonly caseId: string })[],
  by: string,
): Promise<void> {
  if (changed.length === 0) return;
  await client.query(INCOME, [changed.map(({ caseId }) => caseId), changed.map(({ line }) => line.incomeFen)]);
  await write(client, target, changed, by);
}
