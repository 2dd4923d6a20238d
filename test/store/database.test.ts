import { inScope } from '../../src/store/database';
import { testDatabase, type TestDatabase } from '../support/database';

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

describe('the database of a test file', () => {
  it('is migrated, with the region codes in it', async () => {
    const { rows } = await base.owner.query("select name from region where code = '150402'");
    expect(rows).toEqual([{ name: '红山区' }]);
  });

  it('is owned by a login that is no superuser', async () => {
    const { rows } = await base.owner.query('select rolsuper from pg_roles where rolname = current_user');
    expect(rows).toEqual([{ rolsuper: false }]);
  });

  it('shows the app role the rows of its scope and no others', async () => {
    await base.owner.query(`insert into household (id, region_code, file_number, registered_on) values
      (gen_random_uuid(), '150402', 'a', '2026-01-01'), (gen_random_uuid(), '450102', 'b', '2026-01-01')`);
    const seen = (regions: string[]) =>
      inScope(base.db.app, regions, async (client) => (await client.query('select file_number from household')).rows);
    expect(await seen(['150402'])).toEqual([{ file_number: 'a' }]);
    expect(await seen([])).toEqual([]);
  });
});
