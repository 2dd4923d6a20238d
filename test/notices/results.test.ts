import { randomUUID } from 'node:crypto';
import { hearExit } from '../../src/commands/hear-exit';
import { orderExit } from '../../src/commands/order-exit';
import { ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { desk, exitOpened, handedOver, inBatch, publishTemplates } from '../tenancy/tenancy-of';
import { approvedIn, bySql, STEP, waits } from '../waiting/queue-of';
import { approvalTold, noticesIn } from './told-in';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

const WRITTEN = `
  insert into application_step (id, region_code, household_id, application_id, version, kind, round, at, on_day, taken_by, role, office, note, document_number)
  values (gen_random_uuid(), $1, $2, $3, $4, $5, 1, '2026-02-02T04:00:00Z', '2026-02-02', 'x', 'x', $1, $6, '撤-7')`;

/** A step of an application whose guards look away: the notice is no guard's business. */
async function stepTaken(kind: string, note = '另有{day}住房'): Promise<string> {
  const { id } = await office.home(ONGNIUD);
  const { application } = await approvedIn(office.base, ONGNIUD, id);
  const { owner } = office.base;
  await owner.query('alter table application_step disable trigger take_application_step');
  await owner.query(WRITTEN, [ONGNIUD, id, application, 20, kind, note]);
  await owner.query('alter table application_step enable trigger take_application_step');
  return id;
}
const last = async (household: string) => (await noticesIn(office, household)).at(-1)!;

describe('a result', () => {
  /* 2026-02-02 is a Monday; five working days later, by the calendar of the State Council, is the 9th. */
  it.each([
    [
      'REJECTION',
      'REFUSED',
      '您的住房保障申请于2026-02-02经审核不予批准。理由：另有{day}住房。可以提出申诉，最后一日：2026-04-03。',
    ],
    ['RETURN', 'RETURNED', '您的住房保障申请于2026-02-02退回补正。须一次补正的事项：另有{day}住房。'],
    ['REVOCATION', 'REVOKED', '您的住房保障批准已于2026-02-02撤销，文号：撤-7。理由：另有{day}住房。'],
    [
      'APPEAL_UPHELD',
      'APPEAL_DECIDED',
      '您的申诉已于2026-02-02决定，结果：申诉成立，退回重新审核。理由：另有{day}住房。',
    ],
    ['APPEAL_DISMISSED', 'APPEAL_DECIDED', '您的申诉已于2026-02-02决定，结果：维持原决定。理由：另有{day}住房。'],
  ])('%s makes its own notice, in these words, due in five working days', async (step, kind, body) => {
    expect(await last(await stepTaken(step))).toMatchObject({ kind, body, due: '2026-02-09', state: 'DUE' });
  });

  it('of any other kind makes none', async () => {
    const household = await stepTaken('PASS');
    expect((await noticesIn(office, household)).map(({ kind }) => kind)).toEqual(['APPROVED']);
  });

  it('is told of from the same transaction: taken back, there is neither, and by plain SQL as the hub’s own role as well', async () => {
    const { id } = await office.home(ONGNIUD);
    const about = await approvedIn(office.base, ONGNIUD, id);
    const entry = await waits(office.base, about);
    const removal = [
      ONGNIUD,
      id,
      entry,
      0,
      'REMOVAL',
      new Date('2026-02-02T04:00:00Z'),
      '2026-02-02',
      'COUNTY_HOUSING',
    ];
    const fails = bySql(
      office.base,
      ONGNIUD,
      `with done as (${STEP} returning id) select 1 / (count(*) - 1) from done`,
      [...[...removal, null, null]],
    );
    await expect(fails).rejects.toMatchObject({ code: '22012' });
    expect((await noticesIn(office, id)).map(({ kind }) => kind)).toEqual(['APPROVED']);
    await bySql(office.base, ONGNIUD, STEP, [...removal, null, null]);
    expect(await last(id)).toMatchObject({ kind: 'QUEUE_REMOVED', body: '您已于2026-02-02退出轮候。理由：理由。' });
  });

  it('of an objection is told to whoever applied, once', async () => {
    const { id } = await office.home(ONGNIUD);
    const { application } = await approvedIn(office.base, ONGNIUD, id);
    const { owner } = office.base;
    const [publicity, objection] = [randomUUID(), randomUUID()];
    for (const text of [
      'publicity disable trigger begin_publicity',
      'publicity disable trigger publicity_posted',
      'objection disable trigger guard_objection',
    ])
      await owner.query(`alter table ${text}`);
    await owner.query(
      `insert into publicity (id, region_code, household_id, application_id, round, place, snapshot, snapshot_hash, posted_on, last_day, state)
       values ($1, $2, $3, $4, 1, 'x', 'x', encode(sha256('x'), 'hex'), '2026-02-01', '2026-02-10', 'ENDED')`,
      [publicity, ONGNIUD, id, application],
    );
    await owner.query(
      `insert into objection (id, region_code, household_id, application_id, publicity_id, filed_on, statement, taken_by)
       values ($1, $2, $3, $4, $5, '2026-02-01', '另有住房', 'x')`,
      [objection, ONGNIUD, id, application, publicity],
    );
    expect(await noticesIn(office, id)).toHaveLength(1);
    await owner.query(
      `update objection set state = 'ESTABLISHED', answered_on = '2026-02-02', answered_by = 'y', answer = '属实' where id = $1`,
      [objection],
    );
    await owner.query(`update objection set state = 'ESTABLISHED' where id = $1`, [objection]);
    for (const text of [
      'publicity enable trigger begin_publicity',
      'publicity enable trigger publicity_posted',
      'objection enable trigger guard_objection',
    ])
      await owner.query(`alter table ${text}`);
    expect((await noticesIn(office, id)).slice(1)).toMatchObject([
      { kind: 'OBJECTION_DECIDED', body: '对您申请公示的异议已于2026-02-02核实，结果：异议成立。', due: '2026-02-09' },
    ]);
  });

  it('of a hearing is told to nobody, and the order to leave to whoever applied: ground, clause and last day', async () => {
    await publishTemplates(office, ONGNIUD);
    const home = await inBatch(office, ONGNIUD);
    await handedOver(office, home);
    const exitId = await exitOpened(office, home, '2026-01-30');
    const { county } = desk(office, ONGNIUD);
    const before = await noticesIn(office, home.household);
    await hearExit(county('2026-01-31', 'one'), { exitId, version: 0, record: '当事人无异议' });
    expect(await noticesIn(office, home.household)).toEqual(before);
    const order = { exitId, version: 1, documentNumber: '退1号', clauseId: '3', leaveBy: '2026-04-01' };
    await orderExit(county('2026-02-02', 'two'), order);
    expect(await last(home.household)).toMatchObject({
      ...{ kind: 'EXIT_ORDERED', due: '2026-02-09', state: 'DUE' },
      body: '您户已于2026-02-02被责令退出住房保障，文号：退1号。事由：不再符合条件。依据合同条款：3。退出的最后一日：2026-04-01。',
    });
    const told = await office.rows<{ relation: string }>(
      `select m.relation from notice n join household_member m using (person_id) where n.household_id = $1 and n.kind = 'EXIT_ORDERED'`,
      [home.household],
    );
    expect(told).toEqual([{ relation: 'APPLICANT' }]);
  });

  it('is due by the number of its region on its day; where none is in force, on no day that anybody knows', async () => {
    const number = (days: number, from: string) =>
      office.rows(
        `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
         values (gen_random_uuid(), 'notice.working-days', $1, $2, 'working-day', '试', 'UNVERIFIED', $3, '2026-01-01')`,
        [ONGNIUD, days, from],
      );
    await number(2, '2026-03-01');
    expect((await approvalTold(office, '2026-02-27')).notice.due).toBe('2026-03-05'); // a Friday; the Saturday after it is worked
    expect((await approvalTold(office, '2026-03-06')).notice.due).toBe('2026-03-10'); // a Friday
    expect((await approvalTold(office, '2013-12-31')).notice.due).toBeNull();
  });
});
