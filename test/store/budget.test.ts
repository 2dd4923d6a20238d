import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { spend } from '../../src/audit/budget';
import { addPartner, grantTo } from '../support/partners';
import { testDatabase, type TestDatabase } from '../support/database';

const BUDGET = 5;
const DAY = '2026-11-22';
let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

let partners = 0;
async function granted(dailyPersons = BUDGET): Promise<{ client: string; grantId: string }> {
  const client = `budget-${(partners += 1)}`;
  return { client, grantId: await addPartner(base, client, { dailyPersons }) };
}
const people = (count: number) => Array.from({ length: count }, () => randomUUID());
const spending = (on: Pick<PoolClient, 'query'>, grantId: string, ids: readonly string[], day = DAY) =>
  on.query(spend({ grantId, day, rowCap: 0, reached: new Set() }, ids));
const counted = async (client: string, day = DAY): Promise<number[]> => {
  const { rows } = await base.owner.query<{ persons: number; rows: number }>(
    `select persons, (select count(*)::int from partner_day_person where client_id = $1 and day = $2) as rows
     from partner_day where client_id = $1 and day = $2`,
    [client, day],
  );
  return rows.flatMap((row) => [row.persons, row.rows]);
};
const SPENT = { code: 'AJ002' };

/** Resolves when the connection waits for another's lock. */
async function waits(pid: number): Promise<void> {
  for (;;) {
    const { rows } = await base.owner.query('select from pg_locks where pid = $1 and not granted', [pid]);
    if (rows.length > 0) return;
  }
}
const pidOf = async (client: PoolClient) =>
  (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;

/** Two transactions that each want three of five: the second is under way while the first is not yet decided. */
async function twoAtOnce(end: 'commit' | 'rollback') {
  const { client, grantId } = await granted();
  await spending(base.db.app, grantId, people(1)); // the day has begun
  const [first, second] = [await base.db.app.connect(), await base.db.app.connect()];
  try {
    await first.query('begin');
    await second.query('begin');
    const pid = await pidOf(second);
    await spending(first, grantId, people(3));
    const late = spending(second, grantId, people(3)).then(
      () => second.query('commit').then(() => 'spent'),
      (error: { code: string }) => second.query('rollback').then(() => error.code),
    );
    await waits(pid);
    await first.query(end);
    return [await late, ...(await counted(client))];
  } finally {
    first.release();
    second.release();
  }
}

describe('the budget of a day', () => {
  it('is waited for, and refused, by a second transaction that began before the first was done', async () => {
    expect(await twoAtOnce('commit')).toEqual(['AJ002', 4, 4]);
  });

  it('is whole again when the first comes to nothing', async () => {
    expect(await twoAtOnce('rollback')).toEqual(['spent', 4, 4]);
  });

  it('counts a person once, holds exactly what it says, and refuses all of what is one too many', async () => {
    const { client, grantId } = await granted();
    const five = people(BUDGET);
    await spending(base.db.app, grantId, five.slice(0, 2));
    await spending(base.db.app, grantId, [...five.slice(1, 3), ...five.slice(1, 3)]);
    await spending(base.db.app, grantId, five);
    expect(await counted(client)).toEqual([BUDGET, BUDGET]);
    await expect(spending(base.db.app, grantId, [...five, ...people(1)])).rejects.toMatchObject(SPENT);
    await spending(base.db.app, grantId, five);
    expect(await counted(client)).toEqual([BUDGET, BUDGET]);
  });

  it('begins anew with the day, and not with a new grant', async () => {
    const { client, grantId } = await granted(2);
    await spending(base.db.app, grantId, people(2));
    await spending(base.db.app, grantId, people(2), '2026-11-23');
    expect([await counted(client), await counted(client, '2026-11-23')]).toEqual([
      [2, 2],
      [2, 2],
    ]);
    const anew = await grantTo(base, client, { dailyPersons: 2 });
    await expect(spending(base.db.app, anew, people(1))).rejects.toMatchObject(SPENT);
    await expect(spending(base.db.app, grantId, [])).rejects.toMatchObject({ code: 'AJ001' });
  });

  it.each([
    ['unknown', () => randomUUID(), DAY],
    ['of no day yet', (id: string) => id, '2019-12-31'],
    ['of a day that is over', (id: string) => id, '2100-01-01'],
  ])('is none under a grant %s', async (_which, idOf, day) => {
    const { grantId } = await granted();
    await expect(spending(base.db.app, idOf(grantId), people(1), day)).rejects.toMatchObject({ code: 'AJ001' });
  });

  it('is none without a grant at all', async () => {
    await expect(spending(base.db.app, '', people(1))).rejects.toThrow();
  });

  it('lets the hub’s logins neither read nor write who was counted, nor change the count', async () => {
    for (const statement of [
      'select * from partner_day_person',
      'delete from partner_day_person',
      'update partner_day set persons = 0',
      'delete from partner_day',
      'update sharing_grant set daily_persons = 1000000',
      'update partner_document set row_cap = 1000000',
      `insert into partner_document select gen_random_uuid(), client_id, repeat('0', 64), 'x', '{ __typename }', 'ADMISSION_REVIEW', 'x', 1, now() from partner`,
      'delete from receipt',
    ])
      expect([statement, await base.db.app.query(statement).catch((error: { code: string }) => error.code)]).toEqual([
        statement,
        '42501',
      ]);
  });
});
