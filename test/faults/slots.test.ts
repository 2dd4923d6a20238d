import { connectors } from '../../connectors';
import { factsOf } from '../../src/exchange/fact';
import { PURPOSE, type Family } from '../exchange/support/family';
import { smallHub, type SmallHub } from '../exchange/support/hub';
import { KNOWN, smallSandbox, type SmallSandbox } from '../sandbox/support/world';

/** More than an agency has slots, and more than the hub has connections to its own database. */
const WAITING = 30;

describe('a black hole', () => {
  let hub: SmallHub;
  let small: SmallSandbox;
  beforeAll(async () => {
    [hub, small] = await Promise.all([smallHub(), smallSandbox()]);
    for (const { name } of connectors) await small.sandbox.control.set(name, { readyAfterMs: 0 });
  });
  afterAll(() => Promise.all([hub.close(), small.close()]));

  it.each(connectors.map(({ name }) => name))(
    'in place of %s takes no slot of another: while all its own are taken and a crowd waits, the others answer',
    async (hole) => {
      const families: Family[] = [];
      for (let i = 0; i <= WAITING; i++) families.push(await hub.family([KNOWN]));
      await small.sandbox.control.set(hole, { mode: 'black-hole' });
      const exchange = hub.exchange({
        connectors,
        settings: small.sandbox.agencies,
        patience: { timeout: 60_000, budget: 60_000, retries: 0 },
      });
      const ask = async (source: string, { asks }: Family) => {
        const record = connectors.find(({ name }) => name === source)!.record;
        const fields = [[...factsOf(record).keys()][0]!];
        const answers = await exchange.ask({ source, purpose: PURPOSE, fields, asks }, hub.session);
        return [...answers.values()][0]!;
      };
      let ended = 0;
      const crowd = families.slice(0, WAITING).map((family) => ask(hole, family).finally(() => ended++));
      const others = connectors.map(({ name }) => name).filter((name) => name !== hole);
      for (let round = 0; round < 3; round++) {
        const told = await Promise.all(others.map((source) => ask(source, families[WAITING - round]!)));
        expect(told.map(({ source, status }) => [source, status])).toEqual(others.map((source) => [source, 'FOUND']));
      }
      expect(ended).toBe(0);
      await small.sandbox.control.set(hole, { mode: 'down' });
      const heard = await Promise.all(crowd);
      await small.sandbox.control.set(hole, { mode: 'ok' });
      expect(heard.map(({ status, retryAt }) => [status, retryAt !== null])).toEqual(
        Array(WAITING).fill(['UNAVAILABLE', true]),
      );
    },
  );
});
