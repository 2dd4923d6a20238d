import { OFFICERS, makeAdmission } from '../../src/server/limits/admission';
import type { Pool } from 'pg';
import { watchSaturation } from '../../src/server/limits/saturation';
import { usualLimits } from '../../src/limits';
import { openStage, type Stage } from '../server/support/stage';
import { held, heldAre, openGate, ran, tree } from './support/tree';
import { refusalIn, refusedBy } from './support/watch';

const [AT_ONCE, WAITING] = [3, 4];

const openBusy = (waitMs: number): Promise<Stage> =>
  openStage({
    subgraphs: [tree],
    settings: {
      LIMIT_AT_ONCE: String(AT_ONCE),
      LIMIT_WAITING: String(WAITING),
      LIMIT_WAIT_MS: String(waitMs),
      LIMIT_STRANGER_REQUESTS: '1000000',
      LIMIT_BUSY_PERCENT: '101',
    },
  });

/** Asks for a token until that is refused for want of a place to wait in. */
async function untilFull({ url }: Stage): Promise<void> {
  while ((await fetch(`${url}/oauth/token`, { method: 'POST' })).status !== 503);
}

describe('a hub with as many requests as it takes', () => {
  let stage: Stage;
  let headers: Record<string, string>;
  let taken: Promise<Response>[];
  beforeAll(async () => {
    stage = await openBusy(60_000);
    headers = { 'content-type': 'application/json', authorization: `Bearer ${await stage.issuer.mint()}` };
  });
  afterAll(() => stage.close());

  const ask = (query: string) =>
    fetch(`${stage.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });

  it('turns the next away with 503 and Retry-After, and nothing of it runs', async () => {
    ran.times = 0;
    taken = Array.from({ length: AT_ONCE + WAITING }, () => ask('{ gate }'));
    await heldAre(AT_ONCE);
    await untilFull(stage);
    const refusals = await Promise.all(Array.from({ length: 5 }, async () => refusalIn(await ask('{ tree { id } }'))));
    for (const { retryAfter, ...refusal } of refusals) {
      expect(refusal).toEqual({ status: 503, code: 'OVERLOADED' });
      expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
    }
    expect([ran.times, held()]).toEqual([AT_ONCE, AT_ONCE]);
    expect((await refusedBy(stage.url)).LIMIT_WAITING).toBeGreaterThanOrEqual(refusals.length);
  });

  it('still tells that it lives, that it is ready, and its figures', async () => {
    const answers = await Promise.all(['/healthz', '/readyz', '/metrics'].map((path) => fetch(stage.url + path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('still answers the public, which has places of its own', async () => {
    expect((await fetch(`${stage.url}/public/documents`)).status).toBe(200);
    const unknown = await fetch(`${stage.url}/public/graphql?documentId=none`);
    expect(await refusalIn(unknown)).toMatchObject({ status: 404, code: 'UNKNOWN_DOCUMENT' });
  });

  it('gives tokens to nobody meanwhile', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(`${stage.url}/oauth/token`, { method: 'POST', headers: type, body: 'grant_type=x' });
    expect(await refusalIn(response)).toMatchObject({
      status: 503,
      code: 'OVERLOADED',
      retryAfter: expect.any(String),
    });
  });

  it('answers all whom it took, and the next one, as soon as there are places', async () => {
    const statuses = Promise.all(taken.map(async (each) => (await each).status));
    openGate();
    await heldAre(AT_ONCE);
    openGate();
    await heldAre(1);
    openGate();
    expect(await statuses).toEqual(taken.map(() => 200));
    expect((await ask('{ tree { id } }')).status).toBe(200);
  });
});

describe('a hub whose places stay taken', () => {
  let stage: Stage;
  beforeAll(async () => void (stage = await openBusy(1)));
  afterAll(() => stage.close());

  it('turns away whoever waited too long, and does not begin it', async () => {
    ran.times = 0;
    const first = Array.from({ length: AT_ONCE }, () => stage.ask('{ gate }'));
    await heldAre(AT_ONCE);
    const late = Array.from({ length: WAITING }, () => stage.ask('{ tree { id } }'));
    await untilFull(stage);
    const full = performance.now();
    while (performance.now() < full + 5) await fetch(`${stage.url}/healthz`);
    openGate();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual(first.map(() => 200));
    for (const { status, errors, headers } of await Promise.all(late))
      expect([status, errors[0]!.extensions.code, headers.has('retry-after')]).toEqual([503, 'OVERLOADED', true]);
    expect(ran.times).toBe(AT_ONCE);
    expect((await stage.ask('{ tree { id } }')).status).toBe(200);
  });
});

describe('places of a process without time to spare', () => {
  it('are fewer, those taken before among them, and are all there again once it has some', async () => {
    const limits = { ...usualLimits, LIMIT_AT_ONCE: 5, LIMIT_BUSY: 2, LIMIT_WAITING: 0 };
    const now = { saturated: true };
    const admission = makeAdmission(limits, OFFICERS, () => now.saturated);
    let end = (): void => undefined;
    const until = new Promise<void>((resolve) => (end = resolve));
    const work = { begun: 0 };
    const enter = () => admission.admit(() => ((work.begun += 1), until));
    const taken = [enter(), enter()];
    const refusal = { code: 'OVERLOADED', limit: 'LIMIT_BUSY', retryAfter: expect.any(Number) };
    await expect(enter()).rejects.toMatchObject(refusal);
    expect(() => admission.refuseFull()).toThrow();
    now.saturated = false;
    taken.push(...Array.from({ length: 3 }, enter));
    await expect(enter()).rejects.toMatchObject({ code: 'OVERLOADED', limit: 'LIMIT_WAITING' });
    now.saturated = true;
    await expect(enter()).rejects.toMatchObject(refusal);
    expect(work.begun).toBe(5);
    end();
    await Promise.all(taken);
    for (now.saturated of [true, false]) expect(() => admission.refuseFull()).not.toThrow();
  });
});

describe('a database of which more is asked than it has connections', () => {
  it('leaves no time to spare, though the loop of the process has some', () => {
    const { isSaturated, stop } = watchSaturation({ ...usualLimits, LIMIT_BUSY_PERCENT: 101 });
    const asked = (waitingCount: number) => isSaturated({ waitingCount, options: { max: 16 } as Pool['options'] });
    expect([0, 15, 16, 40].map(asked)).toEqual([false, false, true, true]);
    stop();
  });
});
