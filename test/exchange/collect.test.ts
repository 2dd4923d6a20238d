import { ABSENT, KNOWN } from '../sandbox/support/world';
import type { Exchange } from '../../src/exchange';
import type { Answer } from '../../src/exchange/contract';
import { SourceTrouble } from '../../src/exchange/trouble';
import { days, minutes, seconds } from '../../src/exchange/time';
import { fakeAgency, found, type FakeAgency } from './support/agency';
import { PURPOSE, REGION, type Family } from './support/family';
import { smallHub, type SmallHub } from './support/hub';

const START = new Date('2026-11-22T02:00:00Z');
const FIELDS = ['tally'];

describe('answers that an agency defers', () => {
  let hub: SmallHub;
  let family: Family;
  let fake: FakeAgency;
  let exchange: Exchange;
  beforeAll(async () => (hub = await smallHub()));
  afterAll(() => hub.close());
  beforeEach(async () => {
    hub.time.now = START;
    family = await hub.family([KNOWN, ABSENT]);
    fake = fakeAgency(() => hub.time.now);
    exchange = hub.exchange({ connectors: [fake.connector], patience: { retries: 0 } });
    fake.answer = () => deferred(minutes(5));
    fake.collect = (_ticket, people) => ({
      answers: people.map((person) => found(person, { fields: FIELDS }, hub.time.now)),
    });
  });

  const deferred = (pollAfter: number) => ({
    deferred: { ticket: 'T1', dueAt: new Date(START.getTime() + minutes(10)), pollAfter },
  });
  const ask = async (): Promise<Answer[]> => [
    ...(
      await exchange.ask({ source: 'property', purpose: PURPOSE, fields: FIELDS, asks: family.asks }, hub.session)
    ).values(),
  ];
  const after = (ms: number) => void (hub.time.now = new Date(START.getTime() + ms));
  const statuses = async () => (await ask()).map(({ status }) => status);

  it('are PENDING with the day they are due, and are not asked for again meanwhile', async () => {
    const answers = await ask();
    expect(answers[0]).toMatchObject({
      status: 'PENDING',
      value: null,
      dueAt: new Date('2026-11-22T02:10:00Z'),
      reason: null,
    });
    after(minutes(4));
    expect(await statuses()).toEqual(['PENDING', 'PENDING']);
    expect([fake.calls.length, fake.polls.length]).toEqual([1, 0]);
  });

  it('count as later than the question they answer, though the clock was set back by days meanwhile', async () => {
    const [pending] = await ask();
    after(-minutes(2 * 24 * 60));
    expect(await exchange.collect(pending!.queryId, hub.session)).toMatchObject({ state: 'COLLECTED' });
    expect(await statuses()).toEqual(['FOUND', 'FOUND']);
    const { rows } = await hub.base.owner.query<{ status: string }>(
      'select status from answer where query_id = $1 order by at desc',
      [pending!.queryId],
    );
    expect(rows.map(({ status }) => status)).toEqual(['FOUND', 'FOUND', 'PENDING', 'PENDING']); // a rule reads the latest
    expect(fake.calls).toHaveLength(1);
  });

  it('are collected once, under the same query, and then are answers like any other', async () => {
    const [pending] = await ask();
    after(minutes(6));
    expect((await exchange.dueDeferred(hub.time.now)).map(({ queryId }) => queryId)).toContain(pending!.queryId);
    const results = await Promise.all([1, 2].map(() => exchange.collect(pending!.queryId, hub.session)));
    expect(results).toEqual([1, 2].map(() => ({ state: 'COLLECTED', lookAgainIn: null })));
    const answers = await ask();
    expect(answers.map(({ status, queryId }) => [status, queryId])).toEqual(
      [0, 1].map(() => ['FOUND', pending!.queryId]),
    );
    const { rows } = await hub.base.owner.query('select count(*)::int from answer where query_id = $1', [
      pending!.queryId,
    ]);
    expect(rows[0].count).toBe(4);
    expect(fake.calls).toHaveLength(1);
    expect((await exchange.dueDeferred(hub.time.now)).map(({ queryId }) => queryId)).not.toContain(pending!.queryId);
  });

  it('are collected by the next question once they may be there', async () => {
    await ask();
    after(minutes(5));
    expect(await statuses()).toEqual(['FOUND', 'FOUND']);
    expect([fake.calls.length, fake.polls]).toEqual([1, ['T1']]);
  });

  it('are collected also where somebody’s letter ended while the question was being handed in', async () => {
    family = await hub.family([KNOWN]);
    const other = await hub.family([ABSENT]);
    fake.answer = async () => {
      await hub.base.owner.query(`update letter set ended_on = '2026-11-22', end_reason = 'WITHDRAWN' where id = $1`, [
        other.letterId,
      ]);
      return deferred(minutes(5));
    };
    let asked: Parameters<FakeAgency['answer']>[0] = [];
    const handedIn = fake.answer;
    fake.answer = (people, inquiry) => handedIn((asked = people), inquiry);
    fake.collect = () => ({ answers: asked.map((person) => found(person, { fields: FIELDS }, hub.time.now)) });
    const asks = [...family.asks, ...other.asks];
    const question = { source: 'property', purpose: PURPOSE, fields: FIELDS, asks };
    const first = [...(await exchange.ask(question, hub.session)).values()];
    expect(first.map(({ status }) => status)).toEqual(['PENDING', 'REFUSED']);
    after(minutes(6));
    expect(await exchange.collect(first[0]!.queryId, hub.session)).toMatchObject({ state: 'COLLECTED' });
    expect(await statuses()).toEqual(['FOUND']);
    const { rows } = await hub.base.owner.query('select status, value from answer where letter_id = $1', [
      other.letterId,
    ]);
    expect(rows).toEqual([{ status: 'REFUSED', value: null }]);
  });

  it('are collected also where somebody’s letter ended in the moment that the agency needed: that it was asked is kept', async () => {
    family = await hub.family([KNOWN]);
    const other = await hub.family([ABSENT]);
    let asked: Parameters<FakeAgency['answer']>[0] = [];
    fake.answer = async (people) => {
      asked = people;
      await hub.base.owner.query(`update letter set ended_on = '2026-11-22', end_reason = 'WITHDRAWN' where id = $1`, [
        other.letterId,
      ]);
      return deferred(1);
    };
    fake.collect = () => deferred(minutes(5));
    const question = { source: 'property', purpose: PURPOSE, fields: FIELDS, asks: [...family.asks, ...other.asks] };
    const first = [...(await exchange.ask(question, hub.session)).values()];
    expect(first.map(({ status, reason }) => [status, reason])).toEqual([
      ['PENDING', null],
      ['REFUSED', 'LETTER_ENDED'],
    ]);
    after(minutes(6));
    fake.collect = () => ({ answers: asked.map((person) => found(person, { fields: FIELDS }, hub.time.now)) });
    expect(await exchange.collect(first[0]!.queryId, hub.session)).toMatchObject({ state: 'COLLECTED' });
    expect(await statuses()).toEqual(['FOUND']);
    const kept = await hub.base.owner.query('select status, value from answer where letter_id = $1', [other.letterId]);
    expect(kept.rows).toEqual([{ status: 'REFUSED', value: null }]);
  });

  it('are waited for where the agency needs a moment only', async () => {
    fake.answer = () => deferred(1);
    expect(await statuses()).toEqual(['FOUND', 'FOUND']);
    fake.collect = () => deferred(minutes(1));
    family = await hub.family([KNOWN]);
    expect(await statuses()).toEqual(['PENDING']);
  });

  it.each<[string, FakeAgency['collect'], number]>([
    ['still works on them', () => ({ deferred: { ticket: 'T1', dueAt: START, pollAfter: minutes(1) } }), minutes(1)],
    ['says by its own clock in two days', () => ({ deferred: { ticket: 'T1', pollAfter: days(2) } }), minutes(360)],
    ['is silent', () => Promise.reject(new SourceTrouble('SILENT', 'BUSY', minutes(2))), minutes(2)],
    ['is silent without a word', () => Promise.reject(new SourceTrouble('SILENT', 'UNREACHABLE')), seconds(2)],
  ])('are looked for again later while the agency %s, and are OVERDUE past their day', async (_what, collect, wait) => {
    fake.collect = collect;
    const [pending] = await ask();
    after(minutes(6));
    const again = { state: 'WAITING', lookAgainIn: wait };
    expect(await exchange.collect(pending!.queryId, hub.session)).toEqual(again);
    after(minutes(10) + 1);
    const overdue = { state: 'OVERDUE', lookAgainIn: minutes(360) };
    expect(await exchange.collect(pending!.queryId, hub.session)).toEqual(overdue);
    const { rows } = await hub.base.owner.query(
      `select status, reason from answer where query_id = $1 and status <> 'PENDING'`,
      [pending!.queryId],
    );
    expect(rows).toEqual([0, 1].map(() => ({ status: 'UNAVAILABLE', reason: 'OVERDUE' })));
  });

  it('are not fetched, nor kept, for whom the letter has ended meanwhile', async () => {
    const [pending] = await ask();
    await hub.base.owner.query(`update letter set ended_on = '2026-11-22', end_reason = 'WITHDRAWN' where id = $1`, [
      family.letterId,
    ]);
    after(minutes(6));
    expect((await exchange.collect(pending!.queryId, hub.session)).state).toBe('COLLECTED');
    expect(fake.polls).toEqual([]);
    const { rows } = await hub.base.owner.query(
      `select status, value from answer where query_id = $1 and status <> 'PENDING'`,
      [pending!.queryId],
    );
    expect(rows).toEqual([0, 1].map(() => ({ status: 'REFUSED', value: null })));
  });

  it('are left to a session that sees all of their regions', async () => {
    const [pending] = await ask();
    await hub.base.owner.query(`update answer set region_code = '450102' where id = $1`, [pending!.id]);
    fake.collect = () => ({
      answers: fake.calls[0]!.people.map((person) => found(person, { fields: FIELDS }, hub.time.now)),
    });
    after(minutes(6));
    expect((await exchange.collect(pending!.queryId, hub.session)).state).toBe('WAITING');
    const wide = { ...hub.session, viewer: { ...hub.session.viewer, regions: [REGION, '450102'] } };
    expect((await exchange.collect(pending!.queryId, wide)).state).toBe('COLLECTED');
  });
});
