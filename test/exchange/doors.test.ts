import { doorsOf } from '../../src/exchange/doors';
import { inScope } from '../../src/store/database';
import { KNOWN } from '../sandbox/support/world';
import { REGION, type Family } from './support/family';
import { smallHub, type SmallHub } from './support/hub';

describe('calls that leave in one moment', () => {
  let hub: SmallHub;
  let family: Family;
  const taken: string[] = [];
  beforeAll(async () => {
    hub = await smallHub();
    family = await hub.family([KNOWN], { sources: ['property', 'vehicle'] });
  });
  afterAll(() => hub.close());

  const doors = () =>
    doorsOf(
      (regions, work, first) => {
        taken.push('transaction');
        return inScope(hub.base.db.app, regions, work, first);
      },
      () => hub.time.now,
    );
  const people = () =>
    family.asks.map((ask) => ({ ...ask, ref: ask.personId, idNumber: KNOWN.idNumber, name: KNOWN.name }));

  it('share a transaction; who may not, or cannot begin, keeps no neighbour back', async () => {
    const [{ pass }, regions] = [doors(), [REGION]];
    const [well, not, cannot] = await Promise.all([
      pass(regions, 'property', people(), async () => 'answered'),
      pass(regions, 'police', people(), async () => 'answered'),
      pass(regions, 'vehicle', people(), () => {
        throw new Error('cannot begin');
      }),
    ]);
    expect(taken).toEqual(['transaction']);
    await expect(well.call).resolves.toBe('answered');
    expect(not).toEqual({ allowed: [] });
    await expect(cannot.call).rejects.toThrow('cannot begin');
  });

  it('leave by how long their sources took lately, the slowest first', async () => {
    const [{ pass }, regions] = [doors(), [REGION]];
    const left: string[] = [];
    const round = async (ends: (source: string) => Promise<unknown>) => {
      left.length = 0;
      const passed = ['property', 'vehicle'].map((source) =>
        pass(regions, source, people(), () => (left.push(source), ends(source))),
      );
      for (const { call } of await Promise.all(passed)) await call;
    };
    let over = (): void => undefined;
    const later = new Promise<void>((resolve) => (over = resolve));
    const slow = round((source) => (source === 'vehicle' ? later : Promise.resolve()));
    while (left.length < 2) await new Promise(setImmediate);
    for (const start = performance.now(); performance.now() < start + 5; );
    over();
    await slow;
    expect(left).toEqual(['property', 'vehicle']);
    await round(() => Promise.resolve());
    expect(left).toEqual(['vehicle', 'property']);
  });
});
