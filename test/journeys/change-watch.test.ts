import { randomUUID } from 'node:crypto';
import { endReplies } from '../../src/jobs/end-replies';
import { checked, completed } from '../support/checks';
import { callsOf, officerOf, purposeOf, SOURCES, type File } from '../support/files';
import type { RunningHub, Who } from '../support/running-hub';
import * as w from '../watch/watched';

let running: RunningHub;
let files: File[];
beforeAll(async () => {
  ({ running, files } = await w.openWatchedHub(260));
  expect(files.length).toBeGreaterThan(9);
});
afterAll(() => running.close());

const seen = async (file: w.Watched) =>
  (await w.changesOf(running, file)).map(({ kind, source, item, datedOn, personId, state }) => ({
    ...{ kind, source, item, datedOn, personId, state },
  }));
const act = (verb: string, type: string, input: object, who: Who) =>
  running.ask<Record<string, { state: string; replyBy: string | null }>>(
    who,
    `mutation ($input: ${type}!) { ${verb}(input: $input) { state replyBy } }`,
    { variables: { input } },
  );
const marks = async () =>
  (
    await running.base.owner.query(
      'select household_id, person_id, source, digests, looked_on from watch_mark order by 1, 2, 3',
    )
  ).rows;

/** All that somebody decided, or that a decision rests on. */
async function decided(): Promise<unknown[]> {
  const tables = [
    'entitlement',
    'decision',
    'housing_case',
    'case_report',
    'report',
    'evaluation',
    'annual_review',
    'exit_case',
  ];
  const all = tables.map((table) => running.base.owner.query(`select * from ${table} t order by t::text`));
  return (await Promise.all(all)).map(({ rows }) => rows as unknown);
}

/** Tables of the hub in which a text stands. */
async function whereIs(text: string): Promise<string[]> {
  const { rows: tables } = await running.base.owner.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await running.base.owner.query(
      `select from ${name} as t where position($1 in t::text) > 0 limit 1`,
      [text],
    );
    if (rowCount) found.push(name);
  }
  return found;
}

describe('the change watch', () => {
  it('tells of the home and the car that came after the security began, with number and date, and of no other [GX-9.3.1(2)-b] [GX-9.3.1(2)-c]', async () => {
    const file = files[0]!;
    const [oldHome, newHome] = [w.freshUnit(file.region), w.freshUnit(file.region)];
    await w.buyHome(running, file, oldHome, '2011-02-03');
    await w.buyCar(running, file, '蒙D7W001', '2011-02-03');
    await w.buyHome(running, file, newHome, w.SECURED);
    await w.buyCar(running, file, '蒙D7W002', w.daysOff(-3), 1);
    const watched = await w.watch(running, file);
    await w.night(running, 0);
    const [eldest, second] = file.members;
    const found = await seen(watched);
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        {
          kind: 'NEW_HOME',
          source: 'property',
          item: newHome,
          datedOn: w.SECURED,
          personId: eldest!.id,
          state: 'OPEN',
        },
        {
          kind: 'NEW_VEHICLE',
          source: 'vehicle',
          item: '蒙D7W002',
          datedOn: w.daysOff(-3),
          personId: second!.id,
          state: 'OPEN',
        },
      ]),
    );

    /* Only what is new is kept: nothing of what was there before stands anywhere, and of the answers no value. */
    expect(await whereIs(oldHome)).toEqual([]);
    expect(await whereIs('蒙D7W001')).toEqual([]);
    expect(await whereIs(newHome)).toEqual(['change']);
    const { rows } = await running.base.owner.query(
      `select count(*)::int as kept, count(value)::int as valued, count(source_record_id)::int as named from answer where purpose = 'CHANGE_WATCH' and status <> 'PENDING'`,
    );
    expect(rows).toEqual([{ kept: 4 * file.members.length, valued: 0, named: 0 }]);
    const { rows: keys } = await running.base.owner.query<{ digest: string }>(
      'select unnest(digests) as digest from watch_mark',
    );
    expect(keys.every(({ digest }) => /^[0-9a-f]{64}$/.test(digest))).toBe(true);
  });

  it('tells of nothing twice: the same night again asks nobody, and the next finds all as it was', async () => {
    const rowsBefore = (await running.base.owner.query('select * from change order by id')).rows;
    const calls = callsOf(running);
    await w.night(running, 0);
    expect(callsOf(running)).toEqual(calls);
    await w.night(running, 1);
    expect(callsOf(running).vehicle).toBe(calls.vehicle + 1);
    expect((await running.base.owner.query('select * from change order by id')).rows).toEqual(rowsBefore);
  });

  it('takes for known what an earlier cross-check has told, and then sees a car, a death and a marriage', async () => {
    const file = files.find(
      ({ members }, index) => index > 0 && members.filter(({ birthDate }) => birthDate < '2005').length > 1,
    )!;
    const [one, two] = file.members;
    const late = w.freshUnit(file.region);
    await w.buyHome(running, file, late, w.daysOff(-9)); // after the security began, and told to the cross-check
    await running.world.owner.query(
      `update civil.person set marriage_status = 'UNMARRIED', spouse_id_number = null, spouse_name = null where id_number = $1`,
      [two!.idNumber],
    );
    await checked(running, { role: 'COUNTY_HOUSING', region: file.region, sub: 'officer' }, file.householdId);
    const watched = await w.watch(running, file);
    await w.night(running, 1);
    expect(await seen(watched)).toEqual([]);
    await w.buyCar(running, file, '蒙D7W003', w.daysOff(-1));
    await running.world.owner.query(`update civil.person set deceased_on = $2 where id_number = $1`, [
      ...[one!.idNumber, w.daysOff(-2)],
    ]);
    await running.world.owner.query(`update police.person set deceased_on = $2 where id_number = $1`, [
      ...[one!.idNumber, w.daysOff(-2)],
    ]);
    await running.world.owner.query(`update civil.person set marriage_status = 'MARRIED' where id_number = $1`, [
      two!.idNumber,
    ]);
    const before = await decided();
    await w.night(running, 2);
    expect(await decided()).toEqual(before);
    const found = await seen(watched);
    const common = { item: null, state: 'OPEN' };
    const died = { ...common, kind: 'DEATH', datedOn: w.daysOff(-2), personId: one!.id };
    expect(found).toHaveLength(4);
    expect(found).toEqual(
      expect.arrayContaining([
        {
          kind: 'NEW_VEHICLE',
          source: 'vehicle',
          item: '蒙D7W003',
          datedOn: w.daysOff(-1),
          personId: one!.id,
          state: 'OPEN',
        },
        { ...died, source: 'civil-affairs' },
        { ...died, source: 'police' },
        { ...common, kind: 'MARRIAGE', source: 'civil-affairs', datedOn: null, personId: two!.id },
      ]),
    );
  });

  it('takes no silence for no change: who does not answer is counted, asked again the next night, and then heard', async () => {
    const file = files[3]!;
    const watched = await w.watch(running, file);
    await running.sandbox.control.set('vehicle', { mode: 'stale' });
    await w.night(running, 0);
    const calls = callsOf(running);
    await w.night(running, 0);
    expect(callsOf(running)).toEqual(calls); // not twice a night
    await running.sandbox.control.set('vehicle', { mode: 'ok' });
    await w.night(running, 1);
    await w.buyCar(running, file, '蒙D7W004', w.daysOff(-1));
    await running.sandbox.control.set('vehicle', { mode: 'down' });
    const before = await marks();
    await w.night(running, 2);
    const vehicles = (rows: typeof before) => rows.filter(({ source }) => source === 'vehicle');
    expect(vehicles(await marks())).toEqual(vehicles(before));
    expect(await seen(watched)).toEqual([]);
    const { rows } = await running.base.owner.query(
      `select distinct status, reason is not null as why from watch_mark where household_id = $1 and source = 'vehicle'`,
      [file.householdId],
    );
    expect(rows).toEqual([{ status: 'NOT_ANSWERED', why: true }]);
    await running.sandbox.control.set('vehicle', { mode: 'ok' });
    await w.night(running, 3);
    expect(await seen(watched)).toMatchObject([{ kind: 'NEW_VEHICLE', item: '蒙D7W004' }]);
  });

  it('ends with the letter: nobody is asked any more, and what came in after its end is neither compared nor kept', async () => {
    const file = files[4]!;
    const watched = await w.watch(running, file);
    const car = '蒙D7W005';
    await w.buyCar(running, file, car, w.daysOff(-1));
    /* The letter ends when the answers are there and not yet compared. */
    const { exchange } = running.hub;
    const ask: typeof exchange.ask = async (...asking) => {
      const answers = await exchange.ask(...asking);
      if (asking[0].asks.some(({ householdId }) => householdId === file.householdId))
        await running.base.owner.query(
          `update letter set state = 'ENDED', ended_on = $2, end_reason = 'WITHDRAWN' where id = $1 and state = 'ACTIVE'`,
          [watched.watchLetter, w.TODAY],
        );
      return answers;
    };
    await w.night({ ...running, hub: { ...running.hub, exchange: { ...exchange, ask } } }, 1);
    const left = async () =>
      (await running.base.owner.query('select from watch_mark where household_id = $1', [file.householdId])).rowCount;
    expect(await left()).toBe(0);
    expect(await whereIs(car)).toEqual([]);
    const { rows } = await running.base.owner.query<{ asked: number }>(
      `select count(*)::int as asked from answer where purpose = 'CHANGE_WATCH' and household_id = $1`,
      [file.householdId],
    );
    expect(rows[0]!.asked).toBeGreaterThan(0);
    await w.night(running, 2);
    expect(await left()).toBe(0);
    const after = await running.base.owner.query<{ asked: number }>(
      `select count(*)::int as asked from answer where purpose = 'CHANGE_WATCH' and household_id = $1`,
      [file.householdId],
    );
    expect(after.rows).toEqual(rows);
  });

  it('counts every household with an open re-check case once, watched or paused; without an interval nobody is watched, and that is said', async () => {
    const region = files[0]!.region;
    const summed = await w.watchOf(running, region);
    const { rows } = await running.base.owner.query<{ n: number }>(
      `select count(distinct household_id)::int as n from housing_case where kind = 'RE_CHECK' and closed_on is null and region_code = $1`,
      [region],
    );
    expect(summed).toMatchObject({ intervalDays: 1, households: rows[0]!.n, withoutInterval: 0 });
    expect(summed.watched! + summed.paused!).toBe(summed.households);
    expect(summed.lookedSince! + summed.notAnswered!).toBe(summed.watched);
    await w.withoutInterval(running, async () => {
      const calls = callsOf(running);
      const lines = running.logged.length;
      await w.night(running, 9);
      expect(callsOf(running)).toEqual(calls);
      expect(running.logged.slice(lines).join('\n')).toContain('no watch.interval-days is in force');
      const unset = await w.watchOf(running, region);
      expect(unset).toMatchObject({ intervalDays: null, watched: 0, withoutInterval: rows[0]!.n, paused: rows[0]!.n });
    });
  });
});

describe('a change', () => {
  let watched: w.Watched;
  let home: string;
  let car: string;
  beforeAll(async () => {
    const file = files[5]!;
    home = w.freshUnit(file.region);
    await w.buyHome(running, file, home, w.daysOff(-5));
    await w.buyCar(running, file, '蒙D7W006', w.daysOff(-5));
    watched = await w.watch(running, file);
    await w.night(running, 1);
    const found = await w.changesOf(running, watched);
    home = found.find(({ kind }) => kind === 'NEW_HOME')!.id;
    car = found.find(({ kind }) => kind === 'NEW_VEHICLE')!.id;
  });
  const officer = () => officerOf(watched);
  const notify = (changeId: string, who: Who = officer()) =>
    act('notifyOfChange', 'NotifyOfChangeInput', { changeId, notifiedOn: w.TODAY }, who);
  const reply = (changeId: string) =>
    act('replyToChange', 'ReplyToChangeInput', { changeId, repliedOn: w.TODAY, reply: '代亲属登记。' }, officer());
  const close = (changeId: string, changes: object) =>
    act('closeChange', 'CloseChangeInput', { changeId, outcome: 'MISTAKEN', note: '已核实。', ...changes }, officer());

  it('is told to the household and heard before it is closed, by its own county alone, and decides nothing', async () => {
    const before = await decided();
    expect(w.refusalOf(await reply(home))).toEqual(['ILLEGAL_MOVE changeId']);
    expect(w.refusalOf(await close(home, {}))).toEqual(['ILLEGAL_MOVE changeId']);
    const far: Who = {
      role: 'COUNTY_HOUSING',
      region: watched.region.startsWith('15') ? '451222' : '150402',
      sub: 'far',
    };
    expect(w.refusalOf(await notify(home, far))).toEqual(['NOT_FOUND changeId']);
    expect(w.refusalOf(await notify(home, { role: 'CITY_HOUSING', region: watched.region, sub: 'x' }))).toEqual([
      'FORBIDDEN undefined',
    ]);
    const told = await notify(home);
    const { rows } = await running.base.owner.query<{ day: string }>(
      'select day::text from add_working_days($1, $2, 15)',
      [watched.region, w.TODAY],
    );
    expect(told.data.notifyOfChange).toEqual({ state: 'NOTIFIED', replyBy: rows[0]!.day });
    expect(w.refusalOf(await notify(home))).toEqual(['ILLEGAL_MOVE changeId']);
    expect(w.refusalOf(await close(home, {}))).toEqual(['ILLEGAL_MOVE changeId']); // its time runs
    expect((await reply(home)).data.replyToChange).toMatchObject({ state: 'REPLIED' });
    expect(w.refusalOf(await close(home, { outcome: 'RE_CHECKED' }))).toEqual(['INVALID_INPUT crossCheckId']);
    expect((await close(home, { outcome: 'EXPLAINED' })).data.closeChange).toMatchObject({ state: 'CLOSED' });
    expect(await decided()).toEqual(before);
  });

  it('proves nothing by silence; what it means the rules say, in a re-check of the same case since', async () => {
    const told = await notify(car);
    const last = told.data.notifyOfChange!.replyBy!;
    const on = async (after: number) => {
      const noon = new Date(`${last}T04:00:00Z`).getTime() + after * 86_400_000;
      await endReplies.run({}, { ...running.hub, now: () => new Date(noon) }, new AbortController().signal);
      return (await w.changesOf(running, watched)).find(({ id }) => id === car)!.state;
    };
    expect(await on(0)).toBe('NOTIFIED');
    expect(await on(1)).toBe('NO_REPLY');
    expect(w.refusalOf(await close(car, { outcome: 'EXPLAINED' }))).toEqual(['INVALID_INPUT outcome']);
    const check = async (purpose: string): Promise<string> => {
      const input = { clientKey: randomUUID(), purpose, households: [watched.householdId] };
      const text = 'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }';
      const { data, errors } = await running.ask<{ requestCrossCheck: { id: string } }>(officer(), text, {
        variables: { input },
      });
      if (errors.length > 0) return w.refusalOf({ errors } as never)[0]!;
      await completed(running, officer(), data.requestCrossCheck.id);
      return data.requestCrossCheck.id;
    };
    expect(await check('CHANGE_WATCH')).toBe('INVALID_INPUT purpose'); // nothing is judged by what is for watching
    const admission = await check('ADMISSION_REVIEW');
    expect(w.refusalOf(await close(car, { outcome: 'RE_CHECKED', crossCheckId: admission }))).toEqual([
      'INVALID_INPUT crossCheckId',
    ]);
    await w.sign(running, watched, watched.reCheck, 'ANNUAL_REVIEW', SOURCES);
    const judged = await check('ANNUAL_REVIEW');
    const { rows } = await running.base.owner.query<{ settled: boolean }>(
      `select conclusion in ('ELIGIBLE', 'INELIGIBLE_PROPOSED') as settled from case_report where cross_check_id = $1`,
      [judged],
    );
    const done = await close(car, { outcome: 'RE_CHECKED', crossCheckId: judged });
    /* What is still unknown of a household settles nothing. */
    if (rows[0]?.settled) expect(done.data.closeChange).toMatchObject({ state: 'CLOSED' });
    else expect(w.refusalOf(done)).toEqual(['INVALID_INPUT crossCheckId']);
  });

  it('shows what is new under a purpose only, and under the purpose of the watch nothing else of a source', async () => {
    const { data } = await running.ask<{ changes: { nodes: w.Shown[] } }>(officer(), w.CHANGES, {
      variables: { region: watched.region },
    });
    const shown = data.changes.nodes.filter(({ household }) => household.id === watched.householdId);
    expect(shown).toHaveLength(2);
    for (const { item, datedOn } of shown) expect([item, datedOn]).toEqual([null, null]);
    const purpose = await purposeOf(running, officer(), { caseId: watched.reCheck, letterId: watched.watchLetter });
    const calls = callsOf(running);
    const asked = await running.ask(
      officer(),
      'query ($id: ID!) { person(id: $id) { property { status value { units { unitCode } } } } }',
      {
        ...{ variables: { id: watched.members[0]!.id }, purpose },
      },
    );
    expect(asked.text).not.toContain('001999GB');
    expect(callsOf(running)).toEqual(calls);
  });
});
