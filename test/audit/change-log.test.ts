import type { PoolClient } from 'pg';
import { installChangeLog } from '../../src/store/change-log';
import { testDatabase, type TestDatabase } from '../support/database';

let base: TestDatabase;
let tables: Table[];
beforeAll(async () => {
  base = await testDatabase();
  tables = (await base.owner.query<Table>(TABLES)).rows;
  await base.owner.query(WITHOUT_CONSTRAINTS);
  for (const [table, triggers] of Object.entries(GUARDS)) // which are constraints too
    for (const trigger of triggers) await base.owner.query(`alter table ${table} disable trigger ${trigger}`);
  /* Officers change them; only the machine puts them in. */
  for (const machine of ['identity_match', 'violation'])
    await base.owner.query(statementsOn(tables.find(({ name }) => name === machine)!)[0]!);
});
afterAll(() => base.close());

const GUARDS = {
  decision: ['guard_decision', 'guard_decision_evidence', 'tell_of_decision'],
  paper_evidence: ['guard_paper_evidence'],
  fact_contest: ['guard_fact_contest'],
  annual_review: ['archive_fact', 'begin_review'],
  review_step: [
    'archive_fact',
    'take_review_step',
    'order_rests_on_inspection',
    'guard_review_evidence',
    'tell_of_review_step',
  ],
  exit_case: ['archive_fact', 'exit_by_decision', 'begin_exit'],
  inspection: ['guard_inspection', 'guard_use', 'follow_inspection'],
  identity_match: ['guard_identity_match'],
  change: ['guard_change', 'guard_change_result'],
  detection_finding: ['guard_detection'],
  application: ['begin_application', 'guard_application_form'],
  application_step: ['archive_fact', 'take_application_step', 'application_is_complete', 'tell_of_application_step'],
  application_entry: ['guard_application_entry'],
  form_template: ['guard_form_template'],
  publicity: ['begin_publicity', 'publicity_posted'],
  published_publicity: ['publish_publicity'],
  objection: ['guard_objection', 'tell_of_objection'],
  objector: ['guard_objector'],
  objector_opening: ['guard_objector_opening'],
  application_document: ['archive_fact', 'guard_application_document', 'guard_document_check'],
  waiting_list_entry: ['begin_waiting'],
  archive_file: ['archive_stands'],
  archive_entry: ['keep_archive_entry', 'archive_stands'],
  archive_step: ['take_archive_step', 'archive_stands'],
  archive_erasure: ['archive_stands'],
  archive_disposal: ['guard_disposal'],
  spot_check: ['archive_stands'],
  spot_check_file: ['guard_spot_file'],
  waiting_step: ['archive_fact', 'take_waiting_step', 'waiting_not_past_allotment', 'tell_of_waiting_step'],
  allocation_procedure: ['guard_allocation_procedure', 'publish_allocation_procedure'],
  allocation_batch: ['guard_allocation_batch'],
  allocation_batch_step: ['take_allocation_step'],
  dwelling: ['begin_dwelling'],
  dwelling_step: ['archive_fact', 'take_dwelling_step'],
  contract_template: ['guard_contract_template'],
  allotment: ['begin_allotment', 'follow_allotment'],
  contract: ['begin_contract', 'price_lease', 'follow_contract'],
  contract_rent: ['guard_contract_rent'],
  rent_entry: ['guard_rent_entry'],
  tenancy_step: ['archive_fact', 'take_tenancy_step', 'follow_tenancy_step', 'tell_of_exit_order'],
  violation: ['guard_violation'],
  dwelling_dealing: ['guard_dwelling_dealing'],
  supervision_matter: ['guard_supervision_matter'],
  petition: ['guard_petition'],
  approval_publicity: ['guard_approval_publicity'],
  lease_operation: ['archive_fact', 'guard_lease_operation'],
  notice_step: ['take_notice_step', 'failed_goes_on_paper'],
  waiting_exception: ['guard_waiting_exception'],
};

interface Table {
  readonly name: string;
  readonly columns: { readonly name: string; readonly type: string }[];
}

const TABLES = `
  select c.relname as name, json_agg(json_build_object('name', a.attname, 'type', a.atttypid::regtype::text) order by a.attnum) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  group by c.oid order by c.relname`;

/** Any row of the right types is a row: what is promised here is the log, not the rows. */
const WITHOUT_CONSTRAINTS = `do $$ declare c record; begin
  for c in select conrelid::regclass as tab, conname from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('f', 'c') and coninhcount = 0 and conrelid <> 0 loop
    execute format('alter table %s drop constraint if exists %I cascade', c.tab, c.conname);
  end loop; end $$`;

/** Written down here anew: who leaves a table out of the log has to say so in two places. */
const OUTSIDE = [
  ...['migration', 'idempotency_key', 'read_entry', 'write_entry', 'log_leaf', 'log_node', 'log_head', 'log_state'],
  ...['used_assertion', 'partner_day', 'partner_day_person', 'receipt'],
  ...['person_mark', 'person_block'],
  ...['archive_file', 'archive_body'],
];
const ROLES = ['app', 'engine', 'publicReader'] as const;

const VALUES: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  text: 'md5(random()::text)',
  date: `date '2026-11-22'`,
  'timestamp with time zone': `timestamptz '2026-11-22 04:00Z'`,
  integer: '7',
  bigint: '7',
  'double precision': '7',
  boolean: 'false',
  bytea: `'\\x01'::bytea`,
  jsonb: `'{}'::jsonb`,
  interval: `interval '1 day'`,
  'text[]': `'{a}'::text[]`,
  'uuid[]': `'{}'::uuid[]`,
  'bigint[]': `'{}'::bigint[]`,
};
const valueOf = ({ name, type }: Table['columns'][number]): string =>
  ['region_code', 'other_region'].includes(name) ? `'150402'` : (VALUES[type] ?? `no value known for ${type}`);

/** Everything that can be done to a table by a statement, each column for itself. */
const statementsOn = ({ name, columns }: Table): string[] => [
  `insert into ${name} (${columns.map((column) => column.name).join(', ')}) values (${columns.map(valueOf).join(', ')})`,
  ...columns.map((column) => `update ${name} set ${column.name} = ${column.name}`),
  `delete from ${name}`,
  `truncate ${name}`,
];

/** Runs a statement in a savepoint: how many entries it left, or the code of its refusal. */
async function attempt(client: PoolClient, statement: string): Promise<number | string> {
  const written = async () =>
    (await base.owner.query<{ last: number }>('select last_value::int * is_called::int as last from log_entry_id'))
      .rows[0]!.last;
  await client.query('savepoint attempt');
  try {
    const before = await written();
    const { rowCount } = await client.query(statement);
    await client.query('release attempt');
    return rowCount === 0 ? 0 : (await written()) - before;
  } catch (error) {
    await client.query('rollback to attempt');
    return (error as { code: string }).code;
  }
}

const REFUSED = '42501';

describe('the log of changes', () => {
  it('stands on every table but those that are left out by name', async () => {
    const { rows } = await base.owner.query<{ table: string; events: number }>(
      `select tgrelid::regclass::text as table, count(*)::int as events from pg_trigger
       where tgname in ('log_insert', 'log_update', 'log_delete', 'log_truncate') and tgenabled = 'O' and tgparentid = 0 group by 1`,
    );
    const expected = tables.map(({ name }) => name).filter((name) => !OUTSIDE.includes(name));
    expect(
      rows
        .filter(({ events }) => events === 4)
        .map(({ table }) => table)
        .sort(),
    ).toEqual(expected);
  });

  it.each(ROLES)('has an entry for whatever %s can do to a row of any table; the rest is refused', async (role) => {
    const silent: unknown[] = [];
    let done = 0;
    for (const table of tables.filter(({ name }) => !OUTSIDE.includes(name))) {
      const client = await base.db[role].connect();
      await client.query(`begin; select set_config('app.regions', '150402', true)`);
      for (const statement of statementsOn(table)) {
        const outcome = await attempt(client, statement);
        if (outcome !== REFUSED && !(Number(outcome) > 0)) silent.push([statement, outcome]);
        if (outcome !== REFUSED) done += 1;
      }
      await client.query('rollback');
      client.release();
    }
    /* What is allowed but touched no row (nothing to update where the row could not be put in) proves nothing: there is none. */
    expect(silent).toEqual([]);
    expect(done > 30 || role !== 'app').toBe(true);
  });

  it('lets no change through where its entry cannot be written', async () => {
    await base.owner.query('revoke insert on write_entry from anju_audit_writer');
    try {
      for (const table of tables.filter(({ name }) => !OUTSIDE.includes(name))) {
        const client = await base.db.app.connect();
        await client.query(`begin; select set_config('app.regions', '150402', true)`);
        expect([table.name, await attempt(client, statementsOn(table)[0]!)]).toEqual([table.name, REFUSED]);
        await client.query('rollback');
        client.release();
      }
    } finally {
      await base.owner.query('grant insert on write_entry to anju_audit_writer');
    }
  });

  it('names the caller, the act, the columns that changed, and a machine’s rows by their set', async () => {
    const client = await base.db.app.connect();
    await client.query('begin');
    await client.query(`select set_config('app.regions', '150402', true), set_config('app.caller', $1, true)`, [
      JSON.stringify({ subject: 's', role: 'r', office: 'o', requestId: 'whose', verb: 'tryOut' }),
    ]);
    const [letter, query] = ['11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222'];
    const columnsOf = (name: string) => tables.find((table) => table.name === name)!.columns;
    const row = (name: string, fixed: Record<string, string>) =>
      `insert into ${name} (${columnsOf(name)
        .map((column) => column.name)
        .join(', ')}) select ${columnsOf(name)
        .map((column) => fixed[column.name] ?? valueOf(column))
        .join(', ')}`;
    await client.query(row('letter', { id: `'${letter}'` }));
    await client.query(`update letter set signed_on = '2027-01-01', end_reason = end_reason where id = '${letter}'`);
    await client.query(`${row('answer', { query_id: `'${query}'`, at: 'now()' })} from generate_series(1, 50)`);
    await client.query('commit');
    client.release();
    const { rows } = await base.owner.query(
      `select subject, role, office, verb, op, entity, entity_id, region_code, rows, case op when 'UPDATE' then fields end as fields
       from write_entry where request_id = 'whose' order by id`,
    );
    const common = { subject: 's', role: 'r', office: 'o', verb: 'tryOut', region_code: '150402' };
    expect(rows).toEqual([
      { ...common, op: 'INSERT', entity: 'Letter', entity_id: letter, rows: 1, fields: null },
      { ...common, op: 'UPDATE', entity: 'Letter', entity_id: letter, rows: 1, fields: ['signedOn'] },
      { ...common, op: 'INSERT', entity: 'Answer', entity_id: query, rows: 50, fields: null },
    ]);
  });

  it('takes in a table that nobody told it of', async () => {
    await base.owner.query('create table new_thing (id uuid primary key, word text)');
    await installChangeLog(base.owner);
    await base.owner.query(`insert into new_thing select gen_random_uuid(), 'x' from generate_series(1, 3)`);
    const { rows } = await base.owner.query(
      `select verb, op, entity_id, rows, left(subject, 3) as by from write_entry where entity = 'NewThing'`,
    );
    expect(rows).toEqual([{ verb: 'insert', op: 'INSERT', entity_id: '*', rows: 3, by: 'db:' }]);
  });
});
