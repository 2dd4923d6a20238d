import { join } from 'node:path';
import { Client } from 'pg';
import { connectors } from '../../connectors';
import { police } from '../../connectors/police/connector';
import type { Answer } from '../../src/exchange/contract';
import { factsOf } from '../../src/exchange/fact';
import { importRegister } from '../../src/exchange/register/import';
import { PURPOSE } from '../exchange/support/family';
import { smallHub, type SmallHub } from '../exchange/support/hub';
import { ABSENT, KNOWN, OTHER, smallSandbox, type SmallSandbox } from '../sandbox/support/world';
import { testFolder } from '../support/folder';
import { writeExtract } from './support/extract';

const FIELDS = [...factsOf(police.record).keys()];
const folder = testFolder();
let hub: SmallHub;
let small: SmallSandbox;
beforeAll(async () => void ([hub, small] = await Promise.all([smallHub(connectors), smallSandbox()])));
afterAll(() => Promise.all([hub.close(), small.close()]));
beforeEach(async () => {
  await hub.base.owner.query('truncate register_parcel, register_entry');
  await small.sandbox.control.set('police', { readyAfterMs: 0 });
  small.sandbox.control.resetCounts();
});

/** The same of a person as the sandbox's police hold; see smallSandbox. */
const rowOf = ({ idNumber, name }: typeof KNOWN, former = '') => [
  ...[idNumber, name, former, '150402', '10', '20120501', '', '', '2', 'HJ-1'],
];

let parcels = 0;
async function hold(rows: readonly (readonly string[])[], asOf = '2026-11-21'): Promise<void> {
  const id = `P${++parcels}`;
  const { folder: path } = writeExtract(join(folder, id), rows, { id, change: (manifest) => ({ ...manifest, asOf }) });
  const owner = new Client({ connectionString: hub.base.ownerUrl });
  await owner.connect();
  const { session, seal } = hub;
  const plan = { owner, connector: police, seal, session, now: hub.time.now, path, rejects: join(path, 'rejects.csv') };
  await importRegister(plan).finally(() => owner.end());
}

const ask = async (
  people: readonly (typeof KNOWN)[],
  settings?: SmallSandbox['sandbox']['agencies'],
): Promise<Answer[]> => {
  const { asks } = await hub.family(people);
  const exchange = hub.exchange({ connectors, settings });
  const answers = await exchange.ask({ source: 'police', purpose: PURPOSE, fields: FIELDS, asks }, hub.session);
  return asks.map(({ personId }) => answers.get(personId)!);
};

/** Ids and instants of one asking. */
const comparable = (answer: Answer) => ({ ...answer, id: '', personId: '', letterId: '', queryId: '' });

describe('an extract of the register', () => {
  it('answers in the envelope of an online answer, byte for byte but for record number and coverage, and nobody is called', async () => {
    const [online] = await ask([KNOWN], small.sandbox.agencies);
    await hold([rowOf(KNOWN)]);
    small.sandbox.control.resetCounts();
    const [held] = await ask([KNOWN], small.sandbox.agencies);
    const own = { sourceRecordId: 'HJ-1', coverage: { regions: ['1504'], from: '2000-01-01', to: '2026-11-21' } };
    expect(comparable(held!)).toEqual({ ...comparable(online!), ...own });
    expect(held!.status).toBe('FOUND');
    expect(small.sandbox.control.state('police').counts.calls).toBe(0);
  });

  it.each([
    ['another spelling', { ...KNOWN, name: '阿拉坦•乌云' }, '', 'FOUND', 'SPELLING'],
    ['a former name', { ...KNOWN, name: '乌云' }, KNOWN.name, 'FOUND', 'FORMER'],
    ['another name', { ...KNOWN, name: '张三' }, '', 'AMBIGUOUS', undefined],
  ])('explains %s, and never merges it silently', async (_what, registered, former, status, match) => {
    await hold([rowOf(registered, former)]);
    const [held] = await ask([KNOWN]);
    expect([held!.status, held!.value?.nameMatch]).toEqual([status, match]);
  });

  it('never reads as “no record” for those it does not hold: the agency is asked about them', async () => {
    await hold([rowOf(KNOWN), ['not a number', ...rowOf(OTHER).slice(1)]]);
    const alone = await ask([KNOWN, OTHER, ABSENT]);
    expect(alone.map(({ status, reason }) => [status, reason])).toEqual([
      ['FOUND', null],
      ['UNAVAILABLE', 'NOT_CONFIGURED'],
      ['UNAVAILABLE', 'NOT_CONFIGURED'],
    ]);
    const asked = await ask([KNOWN, OTHER, ABSENT], small.sandbox.agencies);
    expect(asked.map(({ status }) => status)).toEqual(['FOUND', 'FOUND', 'NOT_FOUND']);
    expect(small.sandbox.control.state('police').counts).toMatchObject({ calls: 1, people: 2 });
  });

  it('is not looked at once it is older than an answer may be', async () => {
    await hold([rowOf(KNOWN)], '2026-10-24');
    expect((await ask([KNOWN]))[0]!.status).toBe('FOUND');
    await hub.base.owner.query('truncate register_parcel, register_entry');
    await hold([rowOf(KNOWN)], '2026-10-23');
    expect((await ask([KNOWN]))[0]!.status).toBe('UNAVAILABLE');
  });

  it('says nothing of anybody whom no letter covers, and every look is logged', async () => {
    await hold([rowOf(KNOWN)]);
    const { asks } = await hub.family([KNOWN], { covers: [] });
    const exchange = hub.exchange({ connectors });
    const answers = await exchange.ask({ source: 'police', purpose: PURPOSE, fields: FIELDS, asks }, hub.session);
    expect([...answers.values()].map(({ status, reason }) => [status, reason])).toEqual([
      ['REFUSED', 'LETTER_NOT_COVERING'],
    ]);
    const looks = async () =>
      (await hub.base.owner.query(`select from read_entry where source = 'police' and fields = $1`, [FIELDS]))
        .rowCount!;
    const before = await looks();
    await ask([KNOWN]);
    expect(await looks()).toBe(before + 1);
  });
});
