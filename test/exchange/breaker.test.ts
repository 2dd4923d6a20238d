import { makeCaller } from '../../src/exchange/patience';
import { USUAL_PATIENCE, type Patience } from '../../src/exchange/connector';
import { minutes, seconds } from '../../src/exchange/time';
import { SourceTrouble } from '../../src/exchange/trouble';

const silent = (retryAfter?: number) => new SourceTrouble('SILENT', 'BUSY', retryAfter);

describe('patience with an agency', () => {
  let time: number;
  beforeEach(() => {
    time = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => time);
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

  it('lets no more calls through at once than agreed, nor more wait', async () => {
    const { call } = caller({ atOnce: 1, queue: 1 });
    let finish = (_word: string) => {};
    const first = call(() => new Promise<string>((resolve) => (finish = resolve)));
    const second = call(async () => 'second');
    expect(await troubleOf(call(async () => 'third'))).toMatchObject({ kind: 'SILENT', reason: 'CROWDED' });
    finish('first');
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  });

  it('takes an error of ours for a fault, and tells', async () => {
    const unexpected = jest.fn();
    const trouble = await troubleOf(caller({}, unexpected).call(() => Promise.reject(new TypeError('x'))));
    expect(trouble).toMatchObject({ kind: 'FAULT', reason: 'SOURCE_FAULT' });
    expect(unexpected).toHaveBeenCalledWith(expect.any(TypeError));
  });
});
