import { barReapplication } from '../../src/commands/bar-reapplication';
import { liftReapplicationBar } from '../../src/commands/lift-reapplication-bar';
import { BarGround } from '../../schema/housing/reapply-bar';
import { HONGSHAN, ONGNIUD, openOffice, TODAY, type Home, type Office } from './support/office';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

const CITY = { role: 'CITY_HOUSING', office: '1504', subject: 'officer-2' } as const;
const written = ({ id, people }: Home, change: object = {}) => ({
  ...{ householdId: id, personId: people[0]!.id, ground: BarGround.FRAUD },
  ...{ returnedOn: '2025-03-01', documentNumber: ' 红住保决〔2025〕7号 ' },
  ...change,
});
const listed = (home: Home) =>
  office.rows('select ground, returned_on::text, document_number, lifted_on from reapply_bar where household_id = $1', [
    home.id,
  ]);

describe('barReapplication', () => {
  it('puts a member on the list under the number of the decision, in the name of who does it', async () => {
    const home = await office.home();
    const bar = await barReapplication(office.as(), written(home));
    expect(bar).toMatchObject({ ground: 'FRAUD', documentNumber: '红住保决〔2025〕7号', liftedOn: null });
    expect(await listed(home)).toEqual([
      { ground: 'FRAUD', returned_on: '2025-03-01', document_number: '红住保决〔2025〕7号', lifted_on: null },
    ]);
    const acts = await office.rows('select verb, entity, subject from write_entry where entity_id = $1', [bar.id]);
    expect(acts).toEqual([{ verb: 'barReapplication', entity: 'ReapplyBar', subject: 'officer-1' }]);
  });

  it('takes somebody who has left the household since', async () => {
    const home = await office.home();
    await office.rows('update household_member set to_date = $2 where person_id = $1', [
      home.people[0]!.id,
      '2025-06-01',
    ]);
    await expect(barReapplication(office.as(), written(home))).resolves.toMatchObject({ returnedOn: '2025-03-01' });
  });

  it.each([
    ['somebody of another household', { personId: '00000000-0000-4000-8000-000000000001' }, 'personId'],
    ['a day to come', { returnedOn: '2026-11-23' }, 'returnedOn'],
    ['a day that does not exist', { returnedOn: '2025-02-30' }, 'returnedOn'],
    ['no document', { documentNumber: '  ' }, 'documentNumber'],
    ['a citizen number in its place', { documentNumber: '决 11010519491231002X' }, 'documentNumber'],
    ['a document number without end', { documentNumber: '号'.repeat(101) }, 'documentNumber'],
  ])('refuses %s and writes nothing', async (_what, change, field) => {
    const home = await office.home();
    const refused = { code: 'INVALID_INPUT', extensions: expect.objectContaining({ field }) };
    await expect(barReapplication(office.as(), written(home, change))).rejects.toMatchObject(refused);
    expect(await listed(home)).toEqual([]);
  });

  it('refuses the same return twice, also from two clerks at once', async () => {
    const home = await office.home();
    const done = await Promise.allSettled([1, 2, 3].map(() => barReapplication(office.as(), written(home))));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await listed(home)).toHaveLength(1);
  });

  it('does not find a household of another county', async () => {
    const far = await office.home(ONGNIUD);
    await expect(barReapplication(office.as({ office: HONGSHAN }), written(far))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('liftReapplicationBar', () => {
  it('ends a bar today by another document, once, and keeps what was decided', async () => {
    const home = await office.home();
    const { id } = await barReapplication(office.as(), written(home));
    const lift = (number = '赤住保撤〔2026〕1号') =>
      liftReapplicationBar(office.as(CITY), { id, documentNumber: number });
    await expect(lift(' ')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(lift()).resolves.toMatchObject({
      ...{ liftedOn: TODAY, liftingDocument: '赤住保撤〔2026〕1号', documentNumber: '红住保决〔2025〕7号' },
    });
    await expect(lift()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('finds none of another county', async () => {
    const home = await office.home(ONGNIUD);
    const { id } = await barReapplication(office.as({ office: ONGNIUD }), written(home));
    await expect(
      liftReapplicationBar(office.as({ office: HONGSHAN }), { id, documentNumber: '号' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('leaves the app no way to rewrite a decision or take it off the list', async () => {
    const home = await office.home();
    await barReapplication(office.as(), written(home));
    const client = await office.base.db.app.connect();
    try {
      await client.query(`begin; select set_config('app.regions', '150402', true)`);
      for (const text of [
        `update reapply_bar set returned_on = '2010-01-01'`,
        `update reapply_bar set document_number = '无'`,
        'delete from reapply_bar',
      ]) {
        await client.query('savepoint before');
        await expect(client.query(text)).rejects.toMatchObject({ code: '42501' });
        await client.query('rollback to before');
      }
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
