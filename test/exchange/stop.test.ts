import { KNOWN, ABSENT } from '../sandbox/support/world';
import type { Exchange } from '../../src/exchange';
import type { Answer } from '../../src/exchange/contract';
import { minutes } from '../../src/exchange/time';
import { SourceTrouble } from '../../src/exchange/trouble';
import { fakeAgency, found, type FakeAgency } from './support/agency';
import { PURPOSE, type Family } from './support/family';
import { smallHub, type SmallHub } from './support/hub';

const FIELDS = ['tally'];

/** Is this the transaction in which calls leave? */
const asksForLetters = (first: readonly { readonly name?: string }[]): boolean =>
  first.some(({ name }) => name === 'live-letters');

/** Something that a test lets happen. */
function signal() {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { give, given };
}

describe('the end of a letter stops calls at once', () => {
  let hub: SmallHub;
  let family: Family;
  let other: Family;
  let fake: FakeAgency;
  let exchange: Exchange;
  beforeAll(async () => (hub = await smallHub()));
  afterAll(() => hub.close());
  beforeEach(async () => {
    hub.time.now = new Date('2026-11-22T02:00:00Z');
    [family, other] = [await hub.family([KNOWN, ABSENT]), await hub.family([KNOWN])];
    fake = fakeAgency(() => hub.time.now);
    exchange = hub.exchange({ connectors: [fake.connector], patience: { retries: 1, atOnce: 1 } });
  });

  const ask = async (of: Family = family, fields = FIELDS): Promise<Answer[]> => [
    ...(await exchange.ask({ source: 'property', purpose: PURPOSE, fields, asks: of.asks }, hub.session)).values(),
  ];
  const end = ({ letterId }: Family) =>
    hub.base.owner.query(`update letter set ended_on = '2026-11-22', end_reason = 'WITHDRAWN' where id = $1`, [
      letterId,
    ]);
  const stored = async ({ letterId }: Family) =>
    (await hub.base.owner.query('select status, reason, value from answer where letter_id = $1', [letterId])).rows;
  const told = (answers: readonly Answer[]) => answers.map(({ status, reason, value }) => [status, reason, value]);
  const letters = () => fake.calls.map(({ people }) => [...new Set(people.map(({ letterId }) => letterId))]);

  it('for a question that waits in the queue of its agency: nobody is asked about, and nothing is stored', async () => {
    const [busy, free] = [signal(), signal()];
    fake.answer = async (people, inquiry) => {
      busy.give();
      await free.given;
      return { answers: people.map((person) => found(person, inquiry, hub.time.now)) };
    };
    const looked = signal();
    let looks = 0;
    exchange = hub.exchange({
      connectors: [fake.connector],
      patience: { retries: 1, atOnce: 1 },
      send: (regions, queries) =>
        hub.send(regions, queries).finally(() => {
          if (++looks === 2) looked.give(); // the first question is out, the second has been looked up
        }),
    });
    const first = ask(other);
    await busy.given;
    const second = ask(family);
    await looked.given;
    await end(family);
    free.give();
    expect((await first).map(({ status }) => status)).toEqual(['FOUND']);
    expect(told(await second)).toEqual([0, 1].map(() => ['REFUSED', 'LETTER_NOT_COVERING', null]));
    expect(letters()).toEqual([[other.letterId]]);
    expect(await stored(family)).toEqual([]);
  });

  it('for the second attempt after a failed one', async () => {
    fake.answer = async () => {
      await end(family);
      throw new SourceTrouble('SILENT', 'BUSY', 1);
    };
    expect(told(await ask())).toEqual([0, 1].map(() => ['REFUSED', 'LETTER_NOT_COVERING', null]));
    expect(fake.calls).toHaveLength(1);
  });

  it('for those of a page whose letter ended, while the others are asked about', async () => {
    const both = {
      ...family,
      asks: [...family.asks, ...other.asks.map((one) => ({ ...one, letterId: other.letterId }))],
    };
    let attempts = 0;
    fake.answer = async (people, inquiry) => {
      if (attempts++ === 0) {
        await end(other);
        throw new SourceTrouble('SILENT', 'BUSY', 1);
      }
      return { answers: people.map((person) => found(person, inquiry, hub.time.now)) };
    };
    await ask(both);
    expect(letters()[1]).toEqual([family.letterId]);
    expect((await stored(family)).map(({ status }) => status)).toEqual(['FOUND', 'FOUND']);
    expect(await stored(other)).toEqual([]);
  });

  it('and what a call already out brings back is not kept: that it was asked is', async () => {
    fake.answer = async (people, inquiry) => {
      await end(family);
      return { answers: people.map((person) => found(person, inquiry, hub.time.now)) };
    };
    const refused = [0, 1].map(() => ['REFUSED', 'LETTER_ENDED', null]);
    expect(told(await ask())).toEqual(refused);
    expect((await stored(family)).map(({ status, reason, value }) => [status, reason, value])).toEqual(refused);
  });

  it('while an end never waits for an answer, only for the hand-over', async () => {
    const [out, back] = [signal(), signal()];
    fake.answer = async (people, inquiry) => {
      out.give();
      await back.given;
      return { answers: people.map((person) => found(person, inquiry, hub.time.now)) };
    };
    const asking = ask();
    await out.given;
    await end(family); // would hang here if the call held the letter until it came back
    back.give();
    expect((await asking).map(({ reason }) => reason)).toEqual(['LETTER_ENDED', 'LETTER_ENDED']);
  });

  it('and an end that comes between the last look and the hand-over is acknowledged only after it', async () => {
    const order: string[] = [];
    fake.answer = (people, inquiry) => {
      order.push('call');
      return { answers: people.map((person) => found(person, inquiry, hub.time.now)) };
    };
    let ending: Promise<void> | undefined;
    /* Lets the end go ahead once the letter was found in force, and waits until it is through or made to wait. */
    const endNow = async () => {
      ending = end(family).then(() => void order.push('ended'));
      const held = async () => (await hub.base.db.app.query(`select from pg_locks where not granted`)).rowCount! > 0;
      while (order.length === 0 && !(await held()));
    };
    exchange = hub.exchange({
      connectors: [fake.connector],
      patience: { retries: 0 },
      scoped: (regions, work, first = []) =>
        hub.scoped(
          regions,
          async (client, answers) => {
            if (asksForLetters(first)) await endNow();
            return work(client, answers);
          },
          first,
        ),
    });
    await ask();
    await ending;
    expect(order).toEqual(['call', 'ended']);
  });

  it('for a deferred batch between the look and the fetching, and for what was being fetched', async () => {
    const deferral = { ticket: 'T1', dueAt: new Date('2026-11-24T02:00:00Z'), pollAfter: minutes(5) };
    fake.answer = () => ({ deferred: deferral });
    fake.collect = async (_ticket, people) => {
      await end(family);
      return { answers: people.map((person) => found(person, { fields: FIELDS }, hub.time.now)) };
    };
    const [pending] = await ask();
    hub.time.now = new Date('2026-11-22T02:06:00Z');
    expect((await exchange.collect(pending!.queryId, hub.session)).state).toBe('COLLECTED');
    const later = (await stored(family)).filter(({ status }) => status !== 'PENDING');
    expect(later).toEqual([0, 1].map(() => ({ status: 'REFUSED', reason: 'LETTER_ENDED', value: null })));
  });

  it('with the day: a letter that runs out at midnight covers no attempt after it', async () => {
    await hub.base.owner.query(`update letter set valid_until = '2026-11-22' where id = $1`, [family.letterId]);
    fake.answer = () => {
      hub.time.now = new Date('2026-11-22T16:00:00Z'); // midnight in Beijing
      throw new SourceTrouble('SILENT', 'BUSY', 1);
    };
    expect((await ask()).map(({ status }) => status)).toEqual(['REFUSED', 'REFUSED']);
    expect(fake.calls).toHaveLength(1);
  });

  it('and nobody is asked where it cannot be looked up', async () => {
    const broken = hub.exchange({
      connectors: [fake.connector],
      patience: { retries: 0 },
      scoped: (regions, work, first = []) =>
        asksForLetters(first) ? Promise.reject(new Error('down')) : hub.scoped(regions, work, first),
    });
    const question = { source: 'property', purpose: PURPOSE, fields: FIELDS, asks: family.asks };
    const answers = [...(await broken.ask(question, hub.session)).values()];
    expect(answers.map(({ status, reason }) => [status, reason])).toEqual(
      [0, 1].map(() => ['UNAVAILABLE', 'NOT_CHECKED']),
    );
    expect(fake.calls).toEqual([]);
  });
});
