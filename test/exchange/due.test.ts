import { forgetParameter } from '../support/parameters';
import { KNOWN } from '../sandbox/support/world';
import type { Exchange } from '../../src/exchange';
import type { Answer } from '../../src/exchange/contract';
import { minutes } from '../../src/exchange/time';
import { fakeAgency, type FakeAgency } from './support/agency';
import { PURPOSE, REGION, type Family } from './support/family';
import { smallHub, type SmallHub } from './support/hub';

describe('the day a deferred answer is due', () => {
  let hub: SmallHub;
  let family: Family;
  let fake: FakeAgency;
  let exchange: Exchange;
  beforeAll(async () => (hub = await smallHub()));
  afterAll(() => hub.close());
  beforeEach(async () => {
    family = await hub.family([KNOWN]);
    fake = fakeAgency(() => hub.time.now);
    exchange = hub.exchange({ connectors: [fake.connector], patience: { retries: 0 } });
  });
  afterEach(() => forgetParameter(hub.base.owner, 'answer-within.property'));

  const askAt = async (now: string, promised?: string): Promise<Answer> => {
    hub.time.now = new Date(now);
    const deferred = { ticket: 'T1', pollAfter: minutes(5), ...(promised ? { dueAt: new Date(promised) } : {}) };
    fake.answer = () => ({ deferred });
    const question = { source: 'property', purpose: PURPOSE, fields: ['tally'], asks: family.asks };
    return [...(await exchange.ask(question, hub.session)).values()][0]!;
  };
  const batch = async ({ queryId }: Answer) =>
    (
      await hub.base.owner.query<{ due_at: Date; due_provisional: boolean }>(
        'select due_at, due_provisional from deferred_query where query_id = $1',
        [queryId],
      )
    ).rows[0];

  it('is the tenth working day after the asking, to its end in Beijing [条例 art. 21; Civil Code 201, 203]', async () => {
    const answer = await askAt('2026-11-22T02:00:00Z');
    expect(answer).toMatchObject({ status: 'PENDING', dueAt: new Date('2026-12-04T15:59:59.999Z'), reason: null });
  });

  it('counts from the day in Beijing, not in UTC', async () => {
    expect((await askAt('2026-11-22T16:30:00Z')).dueAt).toEqual(new Date('2026-12-07T15:59:59.999Z'));
  });

  it('is the agency’s own word where that is earlier, and never later than the law’s', async () => {
    expect((await askAt('2026-11-22T02:00:00Z', '2026-11-25T02:00:00Z')).dueAt).toEqual(
      new Date('2026-11-25T02:00:00Z'),
    );
    family = await hub.family([KNOWN]);
    expect((await askAt('2026-11-22T02:00:00Z', '2026-12-25T02:00:00Z')).dueAt).toEqual(
      new Date('2026-12-04T15:59:59.999Z'),
    );
  });

  it('is what the nearest region sets for the source', async () => {
    const set = (region: string, value: number) =>
      hub.base.owner.query(
        `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
         values (gen_random_uuid(), 'answer-within.property', $1, $2, 'working-day', '示例', 'LOCAL', '2020-01-01', '2020-01-01')`,
        [region, value],
      );
    await set('15', 20);
    await set(REGION, 5);
    await set('45', 1);
    expect((await askAt('2026-11-22T02:00:00Z')).dueAt).toEqual(new Date('2026-11-27T15:59:59.999Z'));
  });

  it('says that it is provisional where it reaches into a year nobody has announced, and is counted anew once somebody has', async () => {
    const answer = await askAt('2026-12-25T02:00:00Z');
    const provisional = new Date('2027-01-08T15:59:59.999Z'); // ten weekdays: 1 January counted as one
    expect(answer).toMatchObject({ status: 'PENDING', reason: 'DUE_PROVISIONAL', dueAt: provisional });
    expect(await batch(answer)).toEqual({ due_at: provisional, due_provisional: true });
    const remind = () => hub.base.db.app.query('select remind_answers($1)', [hub.time.now]);
    await remind();
    expect(await batch(answer)).toEqual({ due_at: provisional, due_provisional: true });
    await hub.base.owner.query(`
      insert into calendar_year values (2027, null, '测试文号', 'NATIONAL');
      insert into calendar_day values ('2027-01-01', null, 'HOLIDAY', '元旦', '测试文号', 'NATIONAL')`);
    await remind();
    expect(await batch(answer)).toEqual({ due_at: new Date('2027-01-11T15:59:59.999Z'), due_provisional: false });
  });
});
