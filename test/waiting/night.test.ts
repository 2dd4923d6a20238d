import { declineInvitation } from '../../src/commands/decline-invitation';
import { inviteFromQueue } from '../../src/commands/invite-from-queue';
import { moveInQueue } from '../../src/commands/move-in-queue';
import { registerForBatch } from '../../src/commands/register-for-batch';
import { removeFromQueue } from '../../src/commands/remove-from-queue';
import { restoreToQueue } from '../../src/commands/restore-to-queue';
import { resumeInQueue } from '../../src/commands/resume-in-queue';
import { suspendInQueue } from '../../src/commands/suspend-in-queue';
import type { RequestContext } from '../../src/context';
import { recomputeQueues } from '../../src/jobs/recompute-queues';
import { makeLog } from '../../src/log';
import { HONGSHAN, ONGNIUD, openOffice, TIANE, type Office } from '../commands/support/office';
import { approvedIn, standingOf, waits, type Factors } from './queue-of';

const BATCH = { batch: '2026年第一批' };
const WHY = { reason: '理由', documentNumber: '决〔2026〕1号' };
const DAY_MS = 86_400_000;
const START = Date.parse('2026-11-22T04:00:00Z');

let office: Office;
let ahead: number;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());
beforeEach(async () => {
  ahead = 0;
  await office.rows(
    'truncate waiting_difference, waiting_rank, waiting_exception, waiting_step, waiting_list_entry, waiting_queue cascade',
  );
});

const now = () => new Date(START + ahead * DAY_MS);
const night = () =>
  recomputeQueues.run({}, { ...office.hub, now, log: makeLog('silent') }, new AbortController().signal);
/** A night whose connection really dies before its statement of this number: did it get through? */
async function nightCutOff(after: number): Promise<boolean> {
  let left = after;
  const { engine } = office.base.db;
  const connect = async () => {
    const client = await engine.connect();
    const query = async (...asked: unknown[]) => {
      if (left-- === 0)
        await office.rows('select pg_terminate_backend($1)', [(client as unknown as { processID: number }).processID]);
      return (client.query as (...all: unknown[]) => unknown)(...asked);
    };
    return Object.assign(Object.create(client) as object, {
      query,
      release: (broken?: Error) => client.release(broken ?? left < 0),
    });
  };
  const cut = Object.assign(Object.create(engine) as object, { connect, query: engine.query.bind(engine) });
  const db = { ...office.base.db, engine: cut } as unknown as typeof office.base.db;
  return recomputeQueues
    .run({}, { ...office.hub, db, now, log: makeLog('silent') }, new AbortController().signal)
    .then(() => true)
    .catch(() => false);
}
const officer = (region = ONGNIUD as string): RequestContext => {
  const role = region === HONGSHAN ? 'CITY_HOUSING' : 'COUNTY_HOUSING';
  const ctx = office.as({ role, office: region === HONGSHAN ? '1504' : region });
  return { ...ctx, hub: { ...office.hub, now } };
};
const add = async (on: string, factors: Factors = {}, region = ONGNIUD as string, programme = 'LOW_RENT') => {
  const { id } = await office.home(region);
  const flow = region === HONGSHAN ? ('DISTRICTED_FLOW' as const) : ('COUNTY_FLOW' as const);
  return waits(office.base, await approvedIn(office.base, region, id, { on, programme, flow }), factors);
};
const places = async (): Promise<string[]> =>
  (
    await office.rows<{ id: string }>('select entry_id as id from waiting_rank order by region_code, programme, rank')
  ).map(({ id }) => id);
const found = () =>
  office.rows<{ id: string; stood: number | null; computed: number | null }>(
    'select entry_id as id, stood, computed from waiting_difference order by computed, stood',
  );
const at = async (entryId: string) => ({ entryId, version: (await standingOf(office.base, entryId)).version });
const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code: string; extensions: { field?: string } }) => `${error.code} ${error.extensions.field}`,
  );

describe('the night', () => {
  it('puts each queue in its order, of each region and programme on its own; run again it changes nothing', async () => {
    const late = await add('2026-03-01', { areaCm2: 60_000 });
    const early = await add('2026-02-01', { areaCm2: 60_000 });
    const unknown = await add('2026-01-01');
    const needy = await add('2026-04-01', { areaCm2: 0 });
    const subsidy = await add('2026-05-01', {}, ONGNIUD, 'RENTAL_SUBSIDY');
    const elsewhere = await add('2026-05-01', {}, TIANE);
    await night();
    const order = [needy, early, late, unknown, subsidy, elsewhere];
    expect(await places()).toEqual(order);
    await night();
    await night();
    expect([await places(), await found()]).toEqual([order, []]);
  });

  it('finds every place as it is recomputed from its stored factors and rule, and tells whoever stands elsewhere, once; the next night it is right again [GX-6.2.1(2)-b]', async () => {
    const [first, second, third] = [
      await add('2026-01-01', { areaCm2: 0 }),
      await add('2026-01-01', { areaCm2: 60_000 }),
      await add('2026-01-01', { areaCm2: 90_000 }),
    ];
    await night();
    await office.rows('update waiting_rank set rank = 4 - rank where entry_id = any ($1)', [[first, third]]);
    await night();
    const told = [
      { id: first, stood: 3, computed: 1 },
      { id: third, stood: 1, computed: 3 },
    ];
    expect(await found()).toEqual(told);
    expect(await places()).toEqual([first, second, third]);
    await night();
    expect(await found()).toEqual(told);
    /* A factor written over is found out by the places that it no longer gives; so is a place taken away. */
    await office.rows('update waiting_list_entry set area_cm2 = 120000 where id = $1', [first]);
    await office.rows('delete from waiting_rank where entry_id = $1', [third]);
    await night();
    expect((await found()).length).toBe(told.length + 3);
  });

  it('finds nothing in what steps, decisions, numbers and new entries explain, whenever they came', async () => {
    const [first, second, third] = [
      await add('2026-01-01', { areaCm2: 0 }),
      await add('2026-01-01', { areaCm2: 60_000 }),
      await add('2026-01-01', { areaCm2: 90_000 }),
    ];
    await night();
    await moveInQueue(officer(), { ...(await at(third)), ...WHY, toRank: 1 });
    await inviteFromQueue(officer(), { ...(await at(second)), ...BATCH });
    const newcomer = await add('2026-01-02', { areaCm2: 0, incomeFen: 0 });
    ahead = 1;
    await night();
    expect(await places()).toEqual([third, newcomer, first]);
    await office.rows(
      `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
       values (gen_random_uuid(), 'waiting.points-year', $1, 900, 'point', '试', 'UNVERIFIED', '2026-11-24', '2026-11-01')`,
      [ONGNIUD],
    );
    const old = await add('2025-01-01');
    ahead = 2;
    await night();
    expect(await places()).toEqual([third, old, newcomer, first]);
    ahead = 900;
    await night();
    await night();
    expect(await found()).toEqual([]);
  });

  it('that loses its connection before any of its statements leaves each queue whole, old or new, and run again gives what an undisturbed one gives', async () => {
    const [first, second] = [await add('2026-01-01', { areaCm2: 0 }), await add('2026-01-01', { areaCm2: 60_000 })];
    const subsidy = await add('2026-05-01', {}, ONGNIUD, 'RENTAL_SUBSIDY');
    const order = [first, second, subsidy];
    let done = false;
    for (let after = 0; !done; after += 1) {
      await office.rows(
        'truncate waiting_rank, waiting_difference; update waiting_queue set run = 0, day = null, rule = null',
      );
      done = await nightCutOff(after);
      expect([[], order.slice(0, 2), order]).toContainEqual(await places());
      await night();
      expect([await places(), await found()]).toEqual([order, []]);
      if (done) expect(after).toBeGreaterThan(15); // two queues of some nine statements
    }
  });

  it('gives a place to nobody where a number of the rule is not set', async () => {
    await add('2026-01-01');
    await office.rows(`update parameter set value = value where false`);
    await office.rows(`alter table parameter disable trigger only_grows`);
    await office.rows(
      `update parameter set code = 'waiting.gone' where code = 'waiting.points-choice' and region_code = '15'`,
    );
    try {
      await night();
      expect(await places()).toEqual([]);
    } finally {
      await office.rows(`update parameter set code = 'waiting.points-choice' where code = 'waiting.gone'`);
      await office.rows(`alter table parameter enable trigger only_grows`);
    }
    await night();
    expect([(await places()).length, await found()]).toEqual([1, []]);
  });
});

describe('whoever waits', () => {
  it('is invited, registers, and is back in its place with its own day when the batch is cancelled', async () => {
    const [one, other] = [await add('2020-03-01'), await add('2026-03-01')];
    await night();
    await inviteFromQueue(officer(), { ...(await at(one)), ...BATCH });
    expect(await registerForBatch(officer(), await at(one))).toMatchObject({ state: 'IN_BATCH', ...BATCH });
    await night();
    expect(await places()).toEqual([other]);
    expect(await restoreToQueue(officer(), { ...(await at(one)), ...WHY })).toMatchObject({
      state: 'ACTIVE',
      batch: null,
    });
    await night();
    expect(await places()).toEqual([one, other]);
    expect(await standingOf(office.base, one)).toMatchObject({ enteredOn: '2020-03-01', refusals: 0 });
  });

  it('is deferred until a day and returns in its night; at the third refusal it leaves', async () => {
    const one = await add('2026-01-01');
    const decline = async (more: object = {}) => {
      await inviteFromQueue(officer(), { ...(await at(one)), ...BATCH });
      return declineInvitation(officer(), { ...(await at(one)), reason: '住址太远', ...more });
    };
    expect(await decline({ deferUntil: '2026-12-01' })).toMatchObject({ state: 'DEFERRED', refusals: 1 });
    ahead = 8;
    await night();
    expect([(await standingOf(office.base, one)).state, await places()]).toEqual(['DEFERRED', []]);
    ahead = 9;
    await night();
    expect([await standingOf(office.base, one), await places()]).toMatchObject([{ state: 'ACTIVE' }, [one]]);
    expect(await decline()).toMatchObject({ state: 'ACTIVE', refusals: 2 });
    expect(await decline({ deferUntil: '2027-01-01' })).toMatchObject({
      state: 'REMOVED',
      refusals: 3,
      deferredUntil: null,
    });
    await night();
    expect([await places(), await found()]).toEqual([[], []]);
  });

  it('is suspended and resumed, and removed by a decision', async () => {
    const one = await add('2026-01-01');
    expect(await suspendInQueue(officer(), { ...(await at(one)), reason: '复核未通过' })).toMatchObject({
      state: 'SUSPENDED',
    });
    await night();
    expect(await places()).toEqual([]);
    expect(await resumeInQueue(officer(), { ...(await at(one)), reason: '复核通过' })).toMatchObject({
      state: 'ACTIVE',
    });
    expect(await removeFromQueue(officer(), { ...(await at(one)), ...WHY })).toMatchObject({ state: 'REMOVED' });
  });

  it('is not touched by what is refused: wrong state, wrong level, an older version, no reason, no decision, no such place or day', async () => {
    const [one, two] = [await add('2026-01-01'), await add('2026-01-01', {}, HONGSHAN)];
    await night();
    const [here, there] = [await at(one), await at(two)];
    const county = { ...officer(HONGSHAN), viewer: office.as({ office: HONGSHAN }).viewer };
    const city = { ...officer(), viewer: office.as({ role: 'CITY_HOUSING', office: '1504' }).viewer };
    const outside = { ...officer(), viewer: office.as({ office: TIANE }).viewer };
    const before = await Promise.all([standingOf(office.base, one), standingOf(office.base, two)]);
    expect([
      await code(registerForBatch(officer(), here)),
      await code(resumeInQueue(officer(), { ...here, ...WHY })),
      await code(restoreToQueue(officer(), { ...here, ...WHY })),
      await code(declineInvitation(officer(), { ...here, ...WHY })),
      await code(inviteFromQueue(city, { ...here, ...BATCH })),
      await code(moveInQueue(city, { ...here, ...WHY, toRank: 1 })),
      await code(inviteFromQueue(county, { ...there, ...BATCH })),
      await code(inviteFromQueue(officer(), { ...here, version: 7, ...BATCH })),
      await code(moveInQueue(officer(), { ...here, version: 7, ...WHY, toRank: 1 })),
      await code(inviteFromQueue(outside, { ...here, ...BATCH })),
      await code(inviteFromQueue(officer(), { ...here, batch: ' ' })),
      await code(suspendInQueue(officer(), { ...here, reason: '' })),
      await code(removeFromQueue(officer(), { ...here, ...WHY, reason: '' })),
      await code(removeFromQueue(officer(), { ...here, ...WHY, documentNumber: '' })),
      await code(moveInQueue(officer(), { ...here, ...WHY, reason: '', toRank: 1 })),
      await code(moveInQueue(officer(), { ...here, ...WHY, documentNumber: '', toRank: 1 })),
      await code(moveInQueue(officer(), { ...here, ...WHY, toRank: 1 })),
      await code(moveInQueue(officer(), { ...here, ...WHY, toRank: 2 })),
      await code(moveInQueue(officer(), { ...here, ...WHY, toRank: 0 })),
    ]).toEqual([
      ...Array<string>(4).fill('ILLEGAL_MOVE entryId'),
      ...Array<string>(3).fill('WRONG_LEVEL entryId'),
      ...Array<string>(2).fill('STALE_VERSION version'),
      'NOT_FOUND entryId',
      ...['INVALID_INPUT batch', 'INVALID_INPUT reason', 'INVALID_INPUT reason', 'INVALID_INPUT documentNumber'],
      ...['INVALID_INPUT reason', 'INVALID_INPUT documentNumber'],
      ...Array<string>(3).fill('INVALID_INPUT toRank'),
    ]);
    await inviteFromQueue(officer(HONGSHAN), { ...there, ...BATCH });
    const invited = await at(two);
    expect(
      await code(declineInvitation(officer(HONGSHAN), { ...invited, reason: 'x', deferUntil: '2026-11-22' })),
    ).toBe('INVALID_INPUT deferUntil');
    expect(await code(moveInQueue(officer(HONGSHAN), { ...invited, ...WHY, toRank: 1 }))).toBe('ILLEGAL_MOVE entryId');
    expect(await standingOf(office.base, one)).toEqual(before[0]);
    expect((await standingOf(office.base, two)).version).toBe(before[1].version + 1);
  });
});
