import { inTurns } from '../../src/exchange/in-turns';

/** Turns that a test lets end, one by one. */
function heldTurns(patienceMs?: number) {
  const served: (readonly string[])[] = [];
  const ends: (() => void)[] = [];
  const began: (() => void)[] = [];
  const turns = inTurns<object, string>(async (_, items) => {
    served.push(items);
    began.shift()?.();
    await new Promise<void>((resolve) => ends.push(resolve));
  }, patienceMs);
  const nextTurn = () => new Promise<void>((resolve) => began.push(resolve));
  return { ...turns, served, nextTurn, end: () => ends.shift()?.() };
}

const AN_HOUR = 3_600_000;

describe('what is handed over in turns', () => {
  it('shares the next turn while one is under way', async () => {
    const { put, served, nextTurn, end } = heldTurns();
    const session = {};
    ['first', 'second', 'third'].forEach((item) => put(session, item));
    expect(served).toEqual([['first']]);
    const next = nextTurn();
    end();
    await next;
    expect(served).toEqual([['first'], ['second', 'third']]);
  });

  it('waits for nobody else’s', () => {
    const { put, served, out } = heldTurns(AN_HOUR);
    out({});
    put({}, 'one');
    put({}, 'another');
    expect(served).toEqual([['one'], ['another']]);
  });

  it('waits for a call that is out, and takes along what it brings', async () => {
    const { put, served, nextTurn, out } = heldTurns(AN_HOUR);
    const session = {};
    const [first, second] = [out(session), out(session)];
    first();
    put(session, 'first');
    expect(served).toEqual([]);
    const next = nextTurn();
    second();
    put(session, 'second');
    await next;
    expect(served).toEqual([['first', 'second']]);
  });

  it('goes when a call comes back with nothing', async () => {
    const { put, served, nextTurn, out } = heldTurns(AN_HOUR);
    const session = {};
    const back = out(session);
    put(session, 'first');
    const next = nextTurn();
    back();
    await next;
    expect(served).toEqual([['first']]);
  });

  it('waits for a slow call no longer than its patience', async () => {
    const { put, served, nextTurn, out, end } = heldTurns(1);
    const session = {};
    const back = out(session);
    const next = nextTurn();
    put(session, 'first');
    await next;
    expect(served).toEqual([['first']]);
    end();
    back();
    const later = nextTurn();
    put(session, 'slow');
    await later;
    expect(served).toEqual([['first'], ['slow']]);
  });
});
