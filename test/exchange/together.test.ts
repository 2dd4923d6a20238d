import { inTurns, together } from '../../src/exchange/together';
import { sendInScope } from '../../src/store/database';
import { testDatabase, type TestDatabase } from '../support/database';

const TRANSACTION = { text: 'select pg_current_xact_id()::text as id', values: [] };
const FAILING = { text: 'select 1 / 0 as nothing', values: [] };

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

const hand = () => together((regions, queries) => sendInScope(base.db.app, regions, queries));

describe('looks of one moment', () => {
  it('share a transaction, each with its own rows', async () => {
    const [send, regions] = [hand(), ['150402']];
    const named = (text: string) => ({ text: 'select $1::text as text', values: [text] });
    const [first, second] = await Promise.all([
      send(regions, [TRANSACTION, named('first')]),
      send(regions, [named('second'), TRANSACTION]),
    ]);
    expect([first[1]!.rows, second[0]!.rows]).toEqual([[{ text: 'first' }], [{ text: 'second' }]]);
    expect(first[0]!.rows).toEqual(second[1]!.rows);
  });

  it('do not share one across row scopes, or moments', async () => {
    const send = hand();
    const [inner, outer] = await Promise.all([send(['150402'], [TRANSACTION]), send(['45'], [TRANSACTION])]);
    const later = await send(['150402'], [TRANSACTION]);
    expect(new Set([inner, outer, later].map(([result]) => result!.rows[0].id)).size).toBe(3);
  });

  it('do not fail for the fault of a neighbour', async () => {
    const [send, regions] = [hand(), ['150402']];
    const [good, bad] = await Promise.allSettled([send(regions, [TRANSACTION]), send(regions, [FAILING])]);
    expect([good.status, bad.status]).toEqual(['fulfilled', 'rejected']);
  });
});

describe('what is kept for one session', () => {
  it('shares the next transaction while one is under way', async () => {
    let under = 0;
    const send = inTurns(async (regions, queries) => {
      under += 1;
      expect(under).toBe(1);
      return sendInScope(base.db.app, regions, queries).finally(() => (under -= 1));
    });
    const session = {};
    const ids = (await Promise.all([1, 2, 3].map(() => send(session, ['150402'], [TRANSACTION])))).map(
      ([result]) => (result!.rows as { id: string }[])[0]!.id,
    );
    expect(ids[1]).toBe(ids[2]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('waits for nobody else’s', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const send = inTurns(async (regions, queries) => {
      if (regions[0] === '45') await held;
      return sendInScope(base.db.app, regions, queries);
    });
    const slow = send({}, ['45'], [TRANSACTION]);
    await expect(send({}, ['150402'], [TRANSACTION])).resolves.toHaveLength(1);
    release();
    await slow;
  });

  it('does not fail for the fault of a neighbour, nor stop after one', async () => {
    const send = inTurns((regions, queries) => sendInScope(base.db.app, regions, queries));
    const session = {};
    const settled = await Promise.allSettled(
      [FAILING, TRANSACTION, FAILING, TRANSACTION].map((query) => send(session, ['150402'], [query])),
    );
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
    await expect(send(session, ['150402'], [TRANSACTION])).resolves.toHaveLength(1);
  });
});
