import { randomUUID } from 'node:crypto';
import { HubError } from '../../src/errors';
import { honestHouseholds, openStage, type Stage } from './stage';
import { limits } from '../support/partners';

describe('requestCrossCheck', () => {
  let stage: Stage;
  let inner: string[];
  let guangxi: string[];

  beforeAll(async () => {
    stage = await openStage(300);
    [inner, guangxi] = await Promise.all([honestHouseholds(stage, '15'), honestHouseholds(stage, '45')]);
  });
  afterAll(() => stage.close());

  const officer = () => stage.as('15');
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'accepted',
      (error: unknown) => (error instanceof HubError ? [error.code, error.extensions.field, error.message] : error),
    );
  const counted = async (sql: string, id: string) =>
    (await stage.base.owner.query<{ n: number }>(`select count(*)::int as n from ${sql}`, [id])).rows[0]!.n;

  it('takes twenty equal requests under one key for one', async () => {
    const input = { clientKey: randomUUID(), households: inner.slice(0, 3) };
    const ids = await Promise.all(Array.from({ length: 20 }, () => stage.request(officer(), input)));
    expect(new Set(ids).size).toBe(1);
    expect(await counted('cross_check_household where cross_check_id = $1', ids[0]!)).toBe(3);
    expect(await counted(`graphile_worker.jobs where key = 'run-cross-check:' || $1`, ids[0]!)).toBe(1);
  });

  it('answers the same key with another request by a conflict, and another caller’s key is another key', async () => {
    const clientKey = randomUUID();
    const id = await stage.request(officer(), { clientKey, households: inner.slice(0, 1) });
    expect(await refusal(stage.request(officer(), { clientKey, households: inner.slice(0, 2) }))).toMatchObject([
      'IDEMPOTENCY_CONFLICT',
      'clientKey',
      expect.anything(),
    ]);
    const other = stage.as('15', { subject: 'officer:other' });
    expect(await stage.request(other, { clientKey, households: inner.slice(0, 1) })).not.toBe(id);
  });

  it('frees the key of a request that was refused', async () => {
    const clientKey = randomUUID();
    await refusal(stage.request(officer(), { clientKey, households: [randomUUID()] }));
    await expect(stage.request(officer(), { clientKey, households: inner.slice(0, 1) })).resolves.toEqual(
      expect.any(String),
    );
  });

  it('says the same of a household elsewhere, of none and of no id, and names its place', async () => {
    const strangers = [guangxi[0]!, randomUUID(), 'no id'];
    const answers = await Promise.all(
      strangers.map((stranger) => refusal(stage.request(officer(), { households: [inner[0]!, stranger] }))),
    );
    expect(answers[0]).toMatchObject(['NOT_FOUND', 'households.1', expect.anything()]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('refuses a household without an open case, naming its place', async () => {
    await stage.base.owner.query('update housing_case set closed_on = current_date where household_id = $1', [
      inner[5],
    ]);
    const refused = await refusal(stage.request(officer(), { households: [inner[4]!, inner[5]!] }));
    expect(refused).toMatchObject(['CASE_CLOSED', 'households.1', expect.anything()]);
  });

  it.each([
    ['an empty list', { households: [] }, 'TOO_MANY_HOUSEHOLDS', 'households'],
    [
      'more than 10,000',
      { households: Array.from({ length: 10_001 }, () => randomUUID()) },
      'TOO_MANY_HOUSEHOLDS',
      'households',
    ],
    ['an empty key', { clientKey: '' }, 'INVALID_INPUT', 'clientKey'],
    ['a key of 101 characters', { clientKey: 'x'.repeat(101) }, 'INVALID_INPUT', 'clientKey'],
    ['a key with a line end', { clientKey: 'a\nb' }, 'INVALID_INPUT', 'clientKey'],
    ['a day that is none', { asOf: '2026-02-30' }, 'INVALID_INPUT', 'asOf'],
    ['a day to come', { asOf: '2999-01-01' }, 'INVALID_INPUT', 'asOf'],
    ['a purpose that is none', { purpose: 'CURIOSITY' }, 'INVALID_INPUT', 'purpose'],
  ])('refuses %s', async (_what, input, code, field) => {
    expect(await refusal(stage.request(officer(), { households: inner.slice(0, 1), ...input }))).toMatchObject([
      code,
      field,
      expect.anything(),
    ]);
  });

  it('refuses a household named twice', async () => {
    const refused = await refusal(stage.request(officer(), { households: [inner[0]!, inner[0]!.toUpperCase()] }));
    expect(refused).toMatchObject(['INVALID_INPUT', 'households.1', expect.anything()]);
  });

  it('refuses a partner system a purpose it was not granted', async () => {
    const partner = stage.as('15', {
      role: 'PARTNER_SYSTEM',
      subject: 'partner:x',
      partner: limits(['ANNUAL_REVIEW'], []),
    });
    expect(await refusal(stage.request(partner, { households: inner.slice(0, 1) }))).toMatchObject([
      'FORBIDDEN',
      'purpose',
      expect.anything(),
    ]);
  });

  it('leaves cross-check, queue and log together, or nothing of them', async () => {
    const before = await stage.base.owner.query('select count(*)::int as n from write_entry');
    await refusal(stage.request(officer(), { households: [inner[0]!, randomUUID()] }));
    expect((await stage.base.owner.query('select count(*)::int as n from write_entry')).rows).toEqual(before.rows);
    const id = await stage.request(officer(), { households: inner.slice(0, 1) });
    const logged = `write_entry where entity_id = $1 and verb = 'requestCrossCheck' and subject = 'officer:15'`;
    expect(await counted(`${logged} and entity = 'CrossCheck'`, id)).toBe(1);
    expect(await counted(`${logged} and entity = 'CrossCheckHousehold'`, id)).toBe(1);
  });
});
