import { ownTurn } from '../../src/server/limits/turns';

describe('what takes long', () => {
  it('is done one a turn of the event loop, in the order in which it came', async () => {
    let turn = 0;
    let counting = true;
    const count = (): void => {
      turn += 1;
      if (counting) setImmediate(count);
    };
    setImmediate(count);
    const done: { readonly which: number; readonly turn: number }[] = [];
    await Promise.all([0, 1, 2, 3, 4].map((which) => ownTurn().then(() => done.push({ which, turn }))));
    counting = false;
    expect(done.map(({ which }) => which)).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(done.map((each) => each.turn)).size).toBe(5);
  });
});
