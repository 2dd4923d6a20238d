import { testDatabase, type TestDatabase } from '../support/database';

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

/** Tables with a region that hold nothing about a person or household: public knowledge, law, what was published masked. */
const OPEN = [
  'region',
  'parameter',
  'publication',
  'form_template',
  'contract_template',
  'mask_profile',
  'calendar_year',
  'calendar_day',
];

const names = async (text: string) => (await base.owner.query<{ name: string }>(text)).rows.map(({ name }) => name);
const REGIONAL = `
  select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'region_code' and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname <> all (array[${OPEN.map((name) => `'${name}'`).join()}]) and has_table_privilege('anju_app', c.oid, 'select')`;

describe('row scope', () => {
  it('is forced, with a policy, on every table that the app may read and that tells of a region’s people', async () => {
    const guarded = await names(`${REGIONAL} and c.relrowsecurity and c.relforcerowsecurity
      and exists (select from pg_policy p where p.polrelid = c.oid and 'anju_app'::regrole = any (p.polroles))`);
    const all = await names(REGIONAL);
    expect(all).toEqual(
      expect.arrayContaining([
        'household',
        'person',
        'household_member',
        'housing_case',
        'entitlement',
        'letter',
        'answer',
      ]),
    );
    expect(guarded.sort()).toEqual(all.sort());
  });

  it('is named in every policy of the app, and its regions come through the one function that reads nothing as none', async () => {
    const policies = await base.owner.query<{ tablename: string; qual: string; with_check: string }>(
      `select tablename, qual, with_check from pg_policies where roles = '{anju_app}'`,
    );
    for (const { qual, with_check } of policies.rows)
      expect([qual, with_check ?? qual].join()).toContain('hub_regions()');
  });

  it('holds for tables reached by another name: partitions are closed and views run as their caller', async () => {
    const partitions = await names(`select relname as name from pg_class where relispartition and relkind = 'r'
      and relnamespace = 'public'::regnamespace and has_table_privilege('anju_app', oid, 'select')`);
    const views =
      await names(`select relname as name from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace
      and has_table_privilege('anju_app', oid, 'select') and not coalesce(reloptions::text like '%security_invoker=%', false)`);
    expect([partitions, views]).toEqual([[], []]);
  });

  it('is bypassed by no login of the hub', async () => {
    const { rows } = await base.owner.query(
      `select rolname from pg_roles where rolname like 'anju\\_%' and (rolsuper or rolbypassrls)`,
    );
    expect(rows).toEqual([]);
  });

  it('shows a reused connection nothing once its transaction is over', async () => {
    await base.owner.query(
      `insert into household (id, region_code, file_number, registered_on) values (gen_random_uuid(), '150402', 'A', '2020-01-01')`,
    );
    const client = await base.db.app.connect();
    const seen = async () => (await client.query('select from household')).rowCount;
    await client.query(`begin; select set_config('app.regions', '150402', true)`);
    expect(await seen()).toBe(1);
    await client.query('commit');
    expect(await seen()).toBe(0);
    client.release();
  });

  it('lets nobody but the owner read or change the log', async () => {
    const open =
      await names(`select c.relname || ' ' || p as name from pg_class c, unnest(array['select', 'update', 'delete', 'truncate']) p
      where c.relname in ('read_entry', 'write_entry') and has_table_privilege('anju_app', c.oid, p)`);
    expect(open).toEqual([]);
  });
});
