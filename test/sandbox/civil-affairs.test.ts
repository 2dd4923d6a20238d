import { askToken, batchOf, collect, handIn, tokenOf } from './support/civil-affairs';
import { ABSENT, KNOWN, smallSandbox, type SmallSandbox } from './support/world';

const later = (small: SmallSandbox, milliseconds: number) => {
  small.time.now = new Date(small.time.now.getTime() + milliseconds);
};

describe('the sandbox 民政 (civil-affairs)', () => {
  let small: SmallSandbox;
  beforeAll(async () => (small = await smallSandbox()));
  afterAll(() => small.close());

  const submit = async (token: string, people = [KNOWN], items = ['marital']) =>
    (await (await handIn(small, token, batchOf(people, items))).json()) as {
      ticket: string;
      dueAt: string;
      pollAfterMs: number;
    };

  it('takes a batch, is still working until it is due, then answers codes and only the items asked for', async () => {
    const token = await tokenOf(small);
    const dueAt = new Date(small.time.now.getTime() + 150).toISOString();
    const receipt = await submit(token, [KNOWN], ['marital', 'relief', 'reliefUntil', 'deathDate', 'perCapitaMonthly']);
    expect(receipt).toEqual({ ticket: expect.any(String), dueAt, pollAfterMs: 150 });
    later(small, 149);
    const early = await collect(small, token, receipt.ticket);
    expect([early.status, await early.json()]).toEqual([202, { ticket: receipt.ticket, dueAt, pollAfterMs: 1 }]);
    later(small, 1);
    const ready = await collect(small, token, receipt.ticket);
    const person = { marital: 20, relief: 1, reliefUntil: '20270301', deathDate: null, perCapitaMonthly: '812.50' };
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        ticket: receipt.ticket,
        issuer: '民政局',
        dataDate: '20261121',
        coverage: { regions: [15, 45], since: '20000101', until: '20261121' },
        answers: [{ ref: 'q0', cert: KNOWN.idNumber, code: 0, serial: expect.stringMatching(/^MZ-/), person }],
      },
    ]);
  });

  it('says 1 of a stranger and 2 of another name', async () => {
    const token = await tokenOf(small);
    const { ticket } = await submit(token, [ABSENT, { ...KNOWN, name: '张三' }]);
    later(small, 150);
    const { answers } = (await (await collect(small, token, ticket)).json()) as { answers: object[] };
    expect(answers).toEqual([
      { ref: 'q0', cert: ABSENT.idNumber, code: 1 },
      { ref: 'q1', cert: KNOWN.idNumber, code: 2 },
    ]);
  });

  it('keeps its tickets over a restart', async () => {
    const { ticket } = await submit(await tokenOf(small));
    later(small, 150);
    await small.restart();
    expect((await collect(small, await tokenOf(small), ticket)).status).toBe(200);
  });

  it('refuses a wrong client secret, and a missing, forged or expired token', async () => {
    expect((await askToken(small, 'wrong')).status).toBe(401);
    const token = await tokenOf(small);
    const [expires, nonce, seal] = token.split('.');
    for (const bad of ['', 'x', `${Number(expires) + 999}.${nonce}.${seal}`]) {
      const response = await handIn(small, bad, batchOf([KNOWN], ['marital']));
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([
        401,
        'Bearer error="invalid_token"',
      ]);
    }
    later(small, 300_000);
    expect((await handIn(small, token, batchOf([KNOWN], ['marital']))).status).toBe(401);
  });

  it('knows no other ticket, and refuses what is no batch', async () => {
    const token = await tokenOf(small);
    expect((await collect(small, token, '00000000-0000-0000-0000-000000000000')).status).toBe(404);
    expect((await collect(small, token, "1' or '1'='1")).status).toBe(404);
    expect((await handIn(small, token, batchOf([KNOWN], ['salary']))).status).toBe(400);
    expect((await handIn(small, token, { hello: 1 })).status).toBe(400);
  });
});
