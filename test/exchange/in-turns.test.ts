import { inTurns } from '../../src/exchange/in-turns';
import { sendInScope } from '../../src/store/database';
import { testDatabase, type TestDatabase } from '../support/database';

const TRANSACTION = { text: 'select pg_current_xact_id()::text as id', values: [] };
const FAILING = { text: 'select 1 / 0 as nothing', values: [] };

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

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
