import { randomUUID } from 'node:crypto';
import type { File } from '../../support/files';
import type { RunningHub } from '../../support/running-hub';

type Owner = Pick<RunningHub, 'base'>;

/** An application of a file's household as it stands somewhere on its way. */
export interface PlantedApplication {
  readonly state: string;
  readonly round: number;
  /** What is written of the applicant in its step, in the objection, in the answer to it, in the name of a document, and of why that was taken back. */
  readonly texts: readonly [note: string, statement: string, answer: string, name?: string, withdrawal?: string];
  readonly incomeFen: number;
  /** Of the publicity, and of the objection to it. */
  readonly publicity: string;
  readonly objection: string;
  /** What stands in the fields of its form. */
  readonly entry?: string;
  /** Case on which it stands; one of its own where it is left out. */
  readonly caseId?: string;
}

export interface PlantedIds {
  readonly application: string;
  readonly publicity: string;
  readonly objection: string;
  readonly document: string;
  /** Of who objected: done and told; another is asked for. */
  readonly opening: string;
}

/** Who waits on an application; forgotten before it. */
const WAITING_TABLES = [
  ...['waiting_difference', 'waiting_rank', 'waiting_exception', 'waiting_step', 'waiting_list_entry'],
] as const;

const GUARDS = {
  application: 'begin_application',
  application_step: 'take_application_step',
  publicity: 'begin_publicity',
  objection: 'guard_objection',
  objector: 'guard_objector',
  objector_opening: 'guard_objector_opening',
  application_document: 'guard_application_document',
  application_entry: 'guard_application_entry',
} as const;
const TABLES = Object.keys(GUARDS) as (keyof typeof GUARDS)[];

/** Takes the place of the household's others; the guards look away meanwhile. */
export async function plantApplication(
  { base: { owner } }: Owner,
  { householdId, region, members }: File,
  { state, round, texts, incomeFen, publicity, objection, ...planted }: PlantedApplication,
): Promise<PlantedIds> {
  const ids = {
    application: randomUUID(),
    publicity: randomUUID(),
    objection: randomUUID(),
    document: randomUUID(),
    opening: randomUUID(),
  };
  await forgetIn(owner, householdId);
  const caseId = planted.caseId ?? randomUUID();
  if (!planted.caseId)
    await owner.query(
      `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on, declared_income_fen)
       values ($1, $2, $3, 'APPLICATION', 'LOW_RENT', $4, '2020-01-01', $5)`,
      [caseId, region, householdId, members[0]!.id, incomeFen],
    );
  for (const table of TABLES) await owner.query(`alter table ${table} disable trigger ${GUARDS[table]}`);
  await owner.query('alter table publicity disable trigger publicity_posted');
  await owner.query(
    `insert into application (id, region_code, household_id, case_id, flow, state, round, version, template_id)
     values ($1, $2, $3, $4, 'COUNTY_FLOW', $5, $6, 9, $7)`,
    [ids.application, region, householdId, caseId, state, round, await formIn(owner, region)],
  );
  await owner.query(
    `insert into application_entry (id, region_code, household_id, application_id, key, value, given_by, given_at)
     select gen_random_uuid(), $1, $2, $3, key, $4, 'x', '2026-10-01' from unnest(array['phone', 'area']) as key`,
    [region, householdId, ids.application, planted.entry ?? 'x'],
  );
  const [note, statement, answer, name = 'x', withdrawal = null] = texts;
  const answered = objection === 'FILED' ? [null, null, null] : ['2026-10-05', 'another', answer];
  for (const at of [1, 2, 3].filter((each) => each < round || each === round)) {
    const posted = at === round ? ids.publicity : randomUUID();
    await owner.query(
      `insert into application_step (id, region_code, household_id, application_id, version, kind, round, at, on_day, taken_by, role, office, note)
       values (gen_random_uuid(), $1, $2, $3, $4, 'PASS', $5, '2026-10-01', '2026-10-01', $6, 'COUNTY_HOUSING', $1, $7)`,
      [region, householdId, ids.application, at, at, `reviewer ${at}`, note],
    );
    await owner.query(
      `insert into publicity (id, region_code, household_id, application_id, round, place, snapshot, snapshot_hash, posted_on, last_day, state)
       values ($1, $2, $3, $4, $5, 'x', 'x', encode(sha256('x'), 'hex'), '2026-10-02', '2099-12-31', $6)`,
      [posted, region, householdId, ids.application, at, at === round ? publicity : 'CLEARED'],
    );
  }
  await owner.query(
    `insert into application_step (id, region_code, household_id, application_id, version, kind, round, at, on_day, taken_by, role, office, note)
     select gen_random_uuid(), $1, $2, $3, 8, 'REJECTION', $4, now() - interval '1 day', (now() - interval '2 days')::date, 'x', 'COUNTY_HOUSING', $1, $5`,
    [region, householdId, ids.application, round, note],
  );
  await owner.query(
    `insert into objection (id, region_code, household_id, application_id, publicity_id, filed_on, statement, taken_by, state, answered_on, answered_by, answer)
     values ($1, $2, $3, $4, $5, '2026-10-03', $6, 'x', $7, $8, $9, $10)`,
    [ids.objection, region, householdId, ids.application, ids.publicity, statement, objection, ...answered],
  );
  await owner.query(
    `insert into objector (id, region_code, household_id, sealed, key_id) values ($1, $2, $3, 'x', 'x')`,
    [ids.objection, region, householdId],
  );
  await owner.query(
    `insert into objector_opening (id, region_code, household_id, objection_id, document_number, asked_by, asked_at, opened_by, opened_at, tell_by, told_on, told_by)
     values ($1, $3, $4, $2, 'x', 'x', '2026-10-04', 'y', '2026-10-05', '2026-10-10', '2026-10-06', 'y'),
            (gen_random_uuid(), $3, $4, $2, 'x', 'x', '2026-10-04', null, null, null, null, null)`,
    [ids.opening, ids.objection, region, householdId],
  );
  const withdrawn = withdrawal === null ? [null, null, null] : ['2026-10-05', 'another', withdrawal];
  await owner.query(
    `insert into application_document (id, region_code, household_id, application_id, kind, name, content_type, bytes, sha256, taken_on, taken_by,
       withdrawn_on, withdrawn_by, withdrawal_reason, sealed_key, key_id)
     values ($1, $2, $3, $4, 'INCOME', $5, 'image/png', 1, encode(sha256('x'), 'hex'), '2026-10-03', 'x', $6, $7, $8, 'x', 'x')`,
    [ids.document, region, householdId, ids.application, name, ...withdrawn],
  );
  for (const table of TABLES) await owner.query(`alter table ${table} enable trigger ${GUARDS[table]}`);
  await owner.query('alter table publicity enable trigger publicity_posted');
  return ids;
}

/** The form of the region's prefecture: a field that the applicant fills, and one that a source has told. */
async function formIn(owner: RunningHub['base']['owner'], region: string): Promise<string> {
  const fields = [
    { key: 'phone', label: 'x', kind: 'TEXT', required: false },
    {
      ...{ key: 'area', label: 'x', kind: 'AREA_CM2', required: false },
      ...{ source: 'property', fact: 'ownedAreaCm2' },
    },
  ];
  await owner.query('alter table form_template disable trigger guard_form_template');
  await owner.query(
    `insert into form_template (id, region_code, version, title, document_number, valid_from, fields, documents, published_at, published_by)
     select gen_random_uuid(), parent_code, 1, 'x', 'x', '2026-01-01', $2, '[]', '2026-01-01', 'x' from region r
     where r.code = $1 and not exists (select from form_template t where t.region_code = r.parent_code)`,
    [region, JSON.stringify(fields)],
  );
  await owner.query('alter table form_template enable trigger guard_form_template');
  const { rows } = await owner.query<{ id: string }>(
    'select t.id from form_template t join region r on r.parent_code = t.region_code where r.code = $1',
    [region],
  );
  return rows[0]!.id;
}

export const forgetApplications = ({ base }: Owner, householdId: string): Promise<void> =>
  forgetIn(base.owner, householdId);

async function forgetIn(owner: RunningHub['base']['owner'], householdId: string): Promise<void> {
  await owner.query('alter table application_entry disable trigger guard_application_entry');
  await owner.query('delete from published_publicity where id in (select id from publicity where household_id = $1)', [
    householdId,
  ]);
  for (const table of ['publicity_sighting', ...WAITING_TABLES, ...[...TABLES].reverse()])
    await owner.query(`delete from ${table} where household_id = $1`, [householdId]);
  await owner.query('alter table application_entry enable trigger guard_application_entry');
}
