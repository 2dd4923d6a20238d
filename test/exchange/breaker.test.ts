import { makeCaller } from '../../src/exchange/patience';
import { USUAL_PATIENCE, type Patience } from '../../src/exchange/connector';
import { days, minutes, seconds } from '../../src/exchange/time';
import { SourceTrouble } from '../../src/exchange/trouble';

const silent = (retryAfter?: number) => new SourceTrouble('SILENT', 'BUSY', retryAfter);

describe('patience with an agency', () => {
  let time: number;
  beforeEach(() => {
    time = Math.floor(performance.now());
    jest.spyOn(performance, 'now').mockImplementation(() => time);
  });
  afterEach(() => jest.restoreAllMocks());

  const caller = (change: Partial<Patience>, unexpected = jest.fn()) =>
    makeCaller({ ...USUAL_PATIENCE, retries: 0, ...change }, () => 0, unexpected);
  const troubleOf = (call: Promise<unknown>): Promise<SourceTrouble> =>
    call.then(
      () => Promise.reject(new Error('it answered')),
      (error: SourceTrouble) => error,
    );

  it('leaves an agency alone after failures in a row, says for how long, tries once, and trusts it again', async () => {
    const { call } = caller({ tripAfter: 3, restFor: minutes(1) });
    const work = jest.fn<Promise<string>, []>().mockRejectedValue(silent());
    for (let i = 0; i < 3; i++) expect((await troubleOf(call(work))).reason).toBe('BUSY');
    time += seconds(20);
    expect(await troubleOf(call(work))).toMatchObject({ kind: 'SILENT', reason: 'RESTING', retryAfter: seconds(40) });
    expect(work).toHaveBeenCalledTimes(3);
    time += seconds(41);
    expect((await troubleOf(call(work))).reason).toBe('BUSY');
    expect(await troubleOf(call(work))).toMatchObject({ reason: 'RESTING', retryAfter: minutes(1) });
    time += minutes(1) + 1;
    work.mockResolvedValue('good');
    expect(await call(work)).toBe('good');
    expect(await call(work)).toBe('good');
  });

  it('asks again at once where a failure was short, and honours a Retry-After it can wait for', async () => {
    const { call } = caller({ retries: 2 });
    const work = jest
      .fn<Promise<string>, []>()
      .mockRejectedValueOnce(silent())
      .mockRejectedValueOnce(silent(1))
      .mockResolvedValue('good');
    expect(await call(work)).toBe('good');
    expect(work).toHaveBeenCalledTimes(3);
  });

  it.each<[string, SourceTrouble]>([
    ['a Retry-After beyond patience', silent(seconds(30))],
    ['a refusal', new SourceTrouble('REFUSED', 'SOURCE_REFUSED')],
    ['a fault', new SourceTrouble('FAULT', 'SOURCE_FAULT')],
  ])('does not ask again after %s', async (_what, trouble) => {
    const work = jest.fn().mockRejectedValue(trouble);
    expect(await troubleOf(caller({ retries: 2 }).call(work))).toBe(trouble);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('gives up on an agency that keeps silent, even one that ignores being told', async () => {
    expect(await troubleOf(caller({ timeout: 10 }).call(() => new Promise(() => undefined)))).toMatchObject({
      reason: 'TIMEOUT',
    });
  });

  it('calls off an attempt once it is over, fails or takes too long: nothing of it goes on', async () => {
    const { call } = caller({ timeout: 10 });
    const signals: AbortSignal[] = [];
    const work = (come: () => Promise<string>) => (signal: AbortSignal) => (signals.push(signal), come());
    expect(await call(work(() => Promise.resolve('good')))).toBe('good');
    await troubleOf(call(work(() => Promise.reject(silent()))));
    await troubleOf(call(work(() => new Promise(() => undefined))));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });

  it('lets no more calls through at once than agreed, nor more wait', async () => {
    const { call } = caller({ atOnce: 1, queue: 1 });
    let finish = (_word: string) => {};
    const first = call(() => new Promise<string>((resolve) => (finish = resolve)));
    const second = call(async () => 'second');
    expect(await troubleOf(call(async () => 'third'))).toMatchObject({ kind: 'SILENT', reason: 'CROWDED' });
    finish('first');
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  });

  describe('where nothing was proven', () => {
    const NOT_ASKED = () => 'NOT_ASKED' as const;
    const RECEIPT = () => 'RECEIPT' as const;
    const nothing = async () => 'nobody';
    const fails = () => Promise.reject(silent());
    /** Tripped, and its rest is over. */
    const halfOpen = async () => {
      const { call } = caller({ tripAfter: 2, restFor: minutes(1) });
      for (let i = 0; i < 2; i++) await troubleOf(call(fails));
      time += minutes(1) + 1;
      return call;
    };

    it('does not forget failures, nor add one, when nobody was asked', async () => {
      const { call } = caller({ tripAfter: 2, restFor: minutes(1) });
      await troubleOf(call(fails));
      for (let i = 0; i < 3; i++) expect(await call(nothing, NOT_ASKED)).toBe('nobody');
      expect((await troubleOf(call(fails))).reason).toBe('BUSY');
      expect((await troubleOf(call(fails))).reason).toBe('RESTING');
    });

    it('a trial in which nobody was asked is none: the next call is the trial, and its failure starts a whole rest', async () => {
      const call = await halfOpen();
      for (let i = 0; i < 3; i++) expect(await call(nothing, NOT_ASKED)).toBe('nobody');
      const heard = await Promise.all([1, 2, 3, 4].map(() => troubleOf(call(fails))));
      expect(heard.map(({ reason }) => reason).sort()).toEqual(['BUSY', 'RESTING', 'RESTING', 'RESTING']);
      expect(await troubleOf(call(fails))).toMatchObject({ reason: 'RESTING', retryAfter: minutes(1) });
    });

    it('letters that could not be looked up are no fault of the agency', async () => {
      const { call } = caller({ tripAfter: 1 });
      const unchecked = () => Promise.reject(new SourceTrouble('SILENT', 'NOT_CHECKED'));
      for (let i = 0; i < 3; i++) expect((await troubleOf(call(unchecked))).reason).toBe('NOT_CHECKED');
    });

    it('a receipt proves an agency alive, and not that its answers are good', async () => {
      const { call } = caller({ tripAfter: 2, restFor: minutes(1) });
      await troubleOf(call(fails));
      await call(nothing, RECEIPT);
      await troubleOf(call(fails));
      expect((await troubleOf(call(fails))).reason).toBe('RESTING');
      time += minutes(1) + 1;
      await call(nothing, RECEIPT);
      expect(await call(async () => 'good')).toBe('good');
    });
  });

  it('leaves an agency alone whose answers can never be believed', async () => {
    const { call } = caller({ tripAfter: 2 });
    for (let i = 0; i < 2; i++)
      expect(
        await call(
          async () => 'lies',
          () => 'UNBELIEVABLE',
        ),
      ).toBe('lies');
    expect((await troubleOf(call(async () => 'lies'))).reason).toBe('RESTING');
  });

  it.each([2, -2])('rests as long as it says when the clock of the day jumps by %i days meanwhile', async (jump) => {
    const { call } = caller({ tripAfter: 1, restFor: minutes(1) });
    const today = Date.now();
    await troubleOf(call(() => Promise.reject(silent())));
    jest.spyOn(Date, 'now').mockImplementation(() => today + days(jump));
    expect(await troubleOf(call(async () => 'too early'))).toMatchObject({ reason: 'RESTING', retryAfter: minutes(1) });
    time += minutes(1) + 1;
    expect(await call(async () => 'good')).toBe('good');
  });

  it('makes one trial however many ask at once, and all of them hear what came of it', async () => {
    const { call } = caller({ tripAfter: 1, restFor: minutes(1), atOnce: 8 });
    await troubleOf(call(() => Promise.reject(silent())));
    time += minutes(1) + 1;
    const work = jest.fn<Promise<string>, []>().mockRejectedValue(silent());
    const reasons = await Promise.all(Array.from({ length: 8 }, async () => (await troubleOf(call(work))).reason));
    expect(reasons.sort()).toEqual(['BUSY', ...Array<string>(7).fill('RESTING')]);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('takes an error of ours for a fault, and tells', async () => {
    const unexpected = jest.fn();
    const trouble = await troubleOf(caller({}, unexpected).call(() => Promise.reject(new TypeError('x'))));
    expect(trouble).toMatchObject({ kind: 'FAULT', reason: 'SOURCE_FAULT' });
    expect(unexpected).toHaveBeenCalledWith(expect.any(TypeError));
  });
});

describe('the budget of a call', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['performance'] }));
  afterEach(() => jest.useRealTimers());

  const budgeted = (change: Partial<Patience>) =>
    makeCaller({ ...USUAL_PATIENCE, tripAfter: 100, budget: 10_000, ...change }, () => 0, jest.fn());
  const endOf = (call: Promise<unknown>) => {
    const started = Date.now();
    return call.catch(({ reason }: SourceTrouble) => [reason, Date.now() - started]);
  };

  it('counts the wait for a turn', async () => {
    const { call } = budgeted({ atOnce: 1, timeout: 4_000 });
    const ends = Promise.all([1, 2, 3, 4].map(() => endOf(call(() => new Promise(() => undefined)))));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await ends).toEqual([4_000, 8_000, 10_000, 10_000].map((after) => ['TIMEOUT', after]));
  });

  it('counts pauses, and nothing is asked after its end', async () => {
    const { call } = budgeted({ retries: 9, waitAtMost: 4_000 });
    const busy = jest.fn().mockRejectedValue(silent(4_000));
    const end = endOf(call(busy));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await end).toEqual(['TIMEOUT', 10_000]);
    expect(busy).toHaveBeenCalledTimes(3);
  });
});
