import { randomUUID } from 'node:crypto';
import { queryInScope, sendInScope } from '../../src/store/database';
import { testDatabase, type TestDatabase } from '../support/database';

const REGION = ['150402'];
const ENTRY = `insert into read_entry (subject, role, office, person_id, source, fields, request_id)
  values ('clerk', 'COUNTY_HOUSING', '150402', gen_random_uuid(), 'housing', '{name}', $1)`;
const enter = (request: string) => ({ name: 'enter', text: ENTRY, values: [request] });
const NO_SUCH = { name: 'no-such', text: 'select no_such_column from household', values: [] };

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

const entered = async (request: string): Promise<number> =>
  (await base.owner.query('select from read_entry where request_id = $1', [request])).rowCount!;

describe('statements that leave together', () => {
  it('are answered one by one, in order, with the types of the hub', async () => {
    const number = { text: 'select 9007199254740991::bigint as n', values: [] };
    const day = { name: 'day', text: 'select $1::date as day', values: ['2026-11-25'] };
    const [first, second] = await sendInScope(base.db.app, REGION, [number, day]);
    expect([first!.rows, second!.rows]).toEqual([[{ n: 9007199254740991 }], [{ day: '2026-11-25' }]]);
  });

  it('stand or fall as one', async () => {
    const [fallen, standing] = [randomUUID(), randomUUID()];
    await expect(sendInScope(base.db.app, REGION, [enter(fallen), NO_SUCH, enter(fallen)])).rejects.toThrow(
      'no_such_column',
    );
    await sendInScope(base.db.app, REGION, [enter(standing), enter(standing)]);
    expect([await entered(fallen), await entered(standing)]).toEqual([0, 2]);
  });

  it('leave the connection as good as new after a failure, statements prepared behind it included', async () => {
    const behind = { name: `behind-${randomUUID()}`, text: 'select 2 as two', values: [] };
    const client = await base.db.app.connect(); // of a pool, the connection that failed is taken next
    client.release();
    await expect(sendInScope(base.db.app, REGION, [NO_SUCH, behind])).rejects.toThrow('no_such_column');
    const rows = await Promise.all(Array.from({ length: 20 }, () => queryInScope(base.db.app, REGION, behind)));
    expect(rows.flat()).toEqual(Array.from({ length: 20 }, () => ({ two: 2 })));
  });

  it('are all undone where one of them cannot even be sent', async () => {
    const request = randomUUID();
    const unsendable = { text: 'select $1', values: [{ toPostgres: () => { throw new Error('no such value'); } }] }; // prettier-ignore
    await expect(sendInScope(base.db.app, REGION, [enter(request), unsendable])).rejects.toThrow('no such value');
    expect(await entered(request)).toBe(0);
    await sendInScope(base.db.app, REGION, [enter(request)]);
    expect(await entered(request)).toBe(1);
  });

  it('leave no row scope behind on their connection', async () => {
    await sendInScope(base.db.app, REGION, [enter(randomUUID())]);
    const { rows } = await base.db.app.query("select nullif(current_setting('app.regions', true), '') as scope");
    expect(rows).toEqual([{ scope: null }]);
  });

  it('give no row that the database could not commit', async () => {
    await base.owner.query('revoke insert on read_entry from anju_audit_writer');
    await expect(sendInScope(base.db.app, REGION, [enter(randomUUID())])).rejects.toThrow('read_entry');
    await base.owner.query('grant insert on read_entry to anju_audit_writer');
  });
});
