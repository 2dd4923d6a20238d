import { KNOWN, ABSENT } from '../sandbox/support/world';
import type { Exchange, GivenSettings } from '../../src/exchange';
import type { Answer, Question } from '../../src/exchange/contract';
import { SourceTrouble } from '../../src/exchange/trouble';
import { days, minutes, seconds } from '../../src/exchange/time';
import { fakeAgency, found, type FakeAgency } from './support/agency';
import { makeCase, makeLetter, PURPOSE, type Family } from './support/family';
import { smallHub, type SmallHub } from './support/hub';

const START = new Date('2026-11-22T02:00:00Z');

describe('asking an agency', () => {
  let hub: SmallHub;
  let family: Family;
  let fake: FakeAgency;
  let exchange: Exchange;
  beforeAll(async () => (hub = await smallHub()));
  afterAll(() => hub.close());
  beforeEach(async () => {
    hub.time.now = START;
    hub.logged.length = 0;
    family = await hub.family([KNOWN, ABSENT]);
    fake = fakeAgency(() => hub.time.now);
    exchange = hub.exchange({ connectors: [fake.connector], patience: { retries: 0, restFor: seconds(60) } });
  });

  const question = (change: Partial<Question> = {}): Question => ({
    source: 'property',
    purpose: PURPOSE,
    fields: ['tally', 'word'],
    asks: family.asks,
    ...change,
  });
  const ask = async (change: Partial<Question> = {}): Promise<Answer[]> => [
    ...(await exchange.ask(question(change), hub.session)).values(),
  ];
  const later = (ms: number) => void (hub.time.now = new Date(hub.time.now.getTime() + ms));
  const stored = async () =>
    Number(
      (await hub.base.owner.query('select count(*) from answer where letter_id = $1', [family.letterId])).rows[0].count,
    );

  it('asks once for a page of people, and uses fresh answers again without another call', async () => {
    const first = await ask();
    later(days(2));
    const second = await ask({ fields: ['word'] });
    expect(fake.calls.map(({ people }) => people.length)).toEqual([2]);
    expect(first.map(({ status, value }) => [status, value])).toEqual(
      [0, 1].map(() => ['FOUND', { tally: 3, word: 'ABC' }]),
    );
    expect(second.map(({ id, value }) => [id, value])).toEqual(first.map(({ id }) => [id, { word: 'ABC' }]));
    expect(await stored()).toBe(2);
  });

  it('waits for settings that are still to come, as those of a sandbox that opens', async () => {
    const order: string[] = [];
    /* They come when somebody waits for them, and not before. */
    const settings: PromiseLike<GivenSettings> = {
      then: (heard) =>
        new Promise<void>((resolve) => setImmediate(resolve)).then(() => (order.push('settings'), heard!({}))),
    };
    fake.answer = (people, inquiry) => {
      order.push('question');
      return { answers: people.map((person) => found(person, inquiry, hub.time.now)) };
    };
    exchange = hub.exchange({ connectors: [fake.connector], settings });
    expect((await ask()).map(({ status }) => status)).toEqual(['FOUND', 'FOUND']);
    expect(order).toEqual(['settings', 'question']);
  });

  it('asks again for a field not asked before, and when the answer has grown old', async () => {
    await ask({ fields: ['word'] });
    await ask();
    expect(fake.calls).toHaveLength(2);
    later(days(29.5));
    await ask();
    expect(fake.calls).toHaveLength(3);
  });

  it('never uses an answer for another purpose, letter or case', async () => {
    await ask();
    const persons = family.asks.map(({ personId }) => personId);
    const otherPurpose = await makeLetter(hub.base.owner, family.householdId, family.caseId, persons, {
      purpose: 'ANNUAL_REVIEW',
    });
    const newLetter = await makeLetter(hub.base.owner, family.householdId, family.caseId, persons);
    const caseId = await makeCase(hub.base.owner, family.householdId, persons[0]!);
    const newCase = await makeLetter(hub.base.owner, family.householdId, caseId, persons);
    await ask({ purpose: 'ANNUAL_REVIEW', asks: family.asks.map((each) => ({ ...each, letterId: otherPurpose })) });
    await ask({ asks: family.asks.map((each) => ({ ...each, letterId: newLetter })) });
    await ask({ asks: family.asks.map((each) => ({ ...each, caseId, letterId: newCase })) });
    await hub.base.owner.query(`update letter set purpose = 'ANNUAL_REVIEW' where id = $1`, [family.letterId]);
    await ask({ purpose: 'ANNUAL_REVIEW' });
    expect(fake.calls).toHaveLength(5);
  });

  it.each<[string, (owner: SmallHub['base']['owner']) => Promise<unknown>]>([
    [
      'a letter that has ended',
      (owner) =>
        owner.query(`update letter set ended_on = $2, end_reason = 'WITHDRAWN' where id = $1`, [
          family.letterId,
          '2026-11-22',
        ]),
    ],
    [
      'a letter that has run out',
      (owner) => owner.query('update letter set valid_until = $2 where id = $1', [family.letterId, '2026-11-21']),
    ],
    [
      'a closed case',
      (owner) => owner.query('update housing_case set closed_on = $2 where id = $1', [family.caseId, '2026-11-22']),
    ],
    [
      'a letter that does not name the source',
      (owner) => owner.query(`update letter set sources = '{vehicle}' where id = $1`, [family.letterId]),
    ],
    [
      'a letter of another purpose',
      (owner) => owner.query(`update letter set purpose = 'ANNUAL_REVIEW' where id = $1`, [family.letterId]),
    ],
    [
      'a household that has lost a member',
      (owner) =>
        owner.query('update household_member set to_date = $2 where person_id = $1', [
          family.asks[1]!.personId,
          '2026-11-22',
        ]),
    ],
    [
      'a household that somebody has joined',
      (owner) =>
        owner.query(
          `with joined as (
             insert into person values (gen_random_uuid(), '150402', '某', '1990-01-01', '', 'k', sha256($1::uuid::text::bytea)) returning *
           )
           insert into household_member select gen_random_uuid(), region_code, $1, id, 'OTHER', name, '2026-11-22' from joined`,
          [family.householdId],
        ),
    ],
  ])('asks nobody and stores nothing: %s', async (_what, spoil) => {
    await spoil(hub.base.owner);
    const answers = await ask();
    expect(answers.map(({ status, reason, value }) => [status, reason, value])).toEqual(
      [0, 1].map(() => ['REFUSED', 'LETTER_NOT_COVERING', null]),
    );
    expect(fake.calls).toEqual([]);
    expect(await stored()).toBe(0);
  });

  it('asks nobody for a field that the purpose does not name, nor about a household out of scope', async () => {
    await hub.base.owner.query(`update purpose set fields = array_remove(fields, 'property.friendIdNumber')`);
    const unnamed = await ask({ fields: ['friendIdNumber'] });
    await hub.base.owner.query(`update purpose set fields = fields || array['property.friendIdNumber']`);
    const elsewhere = { ...hub.session, viewer: { ...hub.session.viewer, regions: ['450102'] } };
    const unseen = [...(await exchange.ask(question(), elsewhere)).values()];
    expect([...unnamed, ...unseen].map(({ status }) => status)).toEqual(['REFUSED', 'REFUSED', 'REFUSED', 'REFUSED']);
    expect(fake.calls).toEqual([]);
  });

  it('logs every look, fetched or stored, once for each person, with the fields looked at', async () => {
    const session = { ...hub.session, requestId: 'looked-at' };
    for (const fields of [['tally', 'word'], ['word']]) await exchange.ask(question({ fields }), session);
    const { rows } = await hub.base.owner.query(
      `select person_id, subject, source, fields from read_entry where request_id = 'looked-at' order by cardinality(fields), person_id`,
    );
    const persons = family.asks.map(({ personId }) => personId).sort();
    const look = (fields: string[]) =>
      persons.map((person_id) => ({ person_id, subject: 'clerk', source: 'property', fields }));
    expect(rows).toEqual([...look(['word']), ...look(['tally', 'word'])]);
  });

  it('puts one question for several that ask the same at the same time', async () => {
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(fake.calls).toHaveLength(1);
    expect(
      new Set(
        answers.map((each) =>
          each
            .map(({ id }) => id)
            .sort()
            .join(),
        ),
      ).size,
    ).toBe(1);
  });

  it('cuts a question into pages, a call each', async () => {
    const paged = fakeAgency(() => hub.time.now, 'property', 1);
    await hub.exchange({ connectors: [paged.connector] }).ask(question(), hub.session);
    expect(paged.calls.map(({ people }) => people.length)).toEqual([1, 1]);
  });

  it.each<[string, (answer: ReturnType<typeof found>) => object]>([
    ['about another person', () => ({ idNumber: '440524188001010022' })],
    [
      'whose citizen number is a JSON number',
      ({ idNumber }) => ({ idNumber: Number(String(idNumber).replace('X', '0')) }),
    ],
    ['from the future', () => ({ asOf: new Date('2026-11-22T02:06:00Z') })],
    ['without a date', () => ({ asOf: new Date(NaN) })],
    ['with a fact missing', () => ({ value: { tally: 3 } })],
    ['with a fact nobody asked for', () => ({ value: { tally: 3, word: 'ABC', more: 1 } })],
    ['with a number as text', () => ({ value: { tally: '3', word: 'ABC' } })],
    ['with an unknown word', () => ({ value: { tally: 3, word: 'abc' } })],
    ['found, but without a value', () => ({ value: null })],
    ['not found, but with a value', () => ({ status: 'NOT_FOUND' })],
  ])('quarantines an answer %s, and no other', async (_what, spoil) => {
    fake.answer = (people, inquiry) => ({
      answers: people.map((person, at) => {
        const good = found(person, inquiry, hub.time.now);
        return at === 0 ? ({ ...good, ...spoil(good) } as typeof good) : good;
      }),
    });
    const [bad, good] = await ask();
    expect(bad).toMatchObject({
      status: 'UNAVAILABLE',
      reason: 'SOURCE_FAULT',
      value: null,
      retryAt: new Date('2026-11-22T02:00:05Z'),
    });
    expect(good!.status).toBe('FOUND');
    expect(hub.logged.join()).toContain('"quarantined":1');
    expect(hub.logged.join()).not.toMatch(/\d{17}/);
  });

  it('quarantines a person answered twice or not at all, and ignores one nobody asked about', async () => {
    fake.answer = ([first], inquiry) => {
      const answer = found(first!, inquiry, hub.time.now);
      return { answers: [answer, answer, { ...answer, ref: 'stranger' }] };
    };
    expect((await ask()).map(({ reason }) => reason)).toEqual(['SOURCE_FAULT', 'SOURCE_FAULT']);
  });

  it('says what a silent agency said nothing about, when to ask again, and does not hammer it', async () => {
    fake.answer = () => {
      throw new SourceTrouble('SILENT', 'BUSY', minutes(2));
    };
    const answers = await ask();
    await ask();
    expect(fake.calls).toHaveLength(1);
    expect(answers[0]).toMatchObject({
      status: 'UNAVAILABLE',
      reason: 'BUSY',
      value: null,
      retryAt: new Date('2026-11-22T02:02:00Z'),
    });
    later(minutes(2) + 1);
    await ask();
    expect(fake.calls).toHaveLength(2);
  });

  it('answers as a source fault where the connector itself breaks', async () => {
    fake.answer = () => {
      throw new TypeError(`cannot read ${KNOWN.idNumber}`);
    };
    expect((await ask())[0]).toMatchObject({ status: 'UNAVAILABLE', reason: 'SOURCE_FAULT' });
    expect(hub.logged.join()).not.toContain(KNOWN.idNumber);
  });

  it('marks an old answer STALE, and an absence outside the coverage as not covered', async () => {
    fake.answer = (people, inquiry) => ({
      answers: people.map((person, at) => {
        const good = found(person, inquiry, hub.time.now);
        const none = {
          ...good,
          status: 'NOT_FOUND' as const,
          value: null,
          coverage: { ...good.coverage, regions: ['45'] },
        };
        return at === 0 ? { ...good, asOf: new Date('2026-10-01T00:00:00Z') } : none;
      }),
    });
    expect((await ask()).map(({ status }) => status)).toEqual(['STALE', 'NOT_FOUND']);
    const { rows } = await hub.base.owner.query(
      'select status, covered from answer where letter_id = $1 order by status',
      [family.letterId],
    );
    expect(rows).toEqual([
      { status: 'FOUND', covered: true },
      { status: 'NOT_FOUND', covered: false },
    ]);
  });

  it('keeps citizen numbers in a value sealed: out of the table, of JSON and of logs, open only by name', async () => {
    fake.answer = (people, inquiry) => ({
      answers: people.map((person) => ({
        ...found(person, inquiry, hub.time.now),
        value: { friendIdNumber: KNOWN.idNumber.toLowerCase() },
      })),
    });
    const [fetched] = await ask({ fields: ['friendIdNumber'] });
    const [again] = await ask({ fields: ['friendIdNumber'] });
    for (const answer of [fetched, again]) {
      expect(JSON.stringify(answer)).not.toContain('110105');
      expect(answer!.value!.friendIdNumber).toBe(KNOWN.idNumber);
    }
    const { rows } = await hub.base.owner.query('select value::text as text, value from answer where letter_id = $1', [
      family.letterId,
    ]);
    expect(rows[0].text).not.toContain('110105');
    expect(rows[0].value.friendIdNumber.index).toBe(hub.seal.index(KNOWN.idNumber).toString('hex'));
  });

  it('refuses a source or a field that does not exist', async () => {
    await expect(ask({ source: 'tax' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(ask({ fields: ['income'] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(ask({ fields: [] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
