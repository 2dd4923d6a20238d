import { Client } from 'pg';
import { connectors } from '../../connectors';
import { factsOf } from '../../src/exchange/fact';
import type { Answer } from '../../src/exchange/contract';
import { PURPOSE, type Family } from '../exchange/support/family';
import { smallHub, type SmallHub } from '../exchange/support/hub';
import { ABSENT, KNOWN, OTHER, smallSandbox, type SmallSandbox } from '../sandbox/support/world';

const SPOUSE = '440524188001010014';

async function marry(worldUrl: string): Promise<void> {
  const world = new Client({ connectionString: worldUrl });
  await world.connect();
  await world.query('update civil.person set spouse_id_number = $1 where id_number = $2', [SPOUSE, KNOWN.idNumber]);
  await world.end();
}

/** What KNOWN's records in the agencies' own words come to in ours. */
const VALUES: Record<string, object> = {
  property: {
    units: [expect.objectContaining({ areaCm2: 895_000, shareBp: 3333, areaKind: 'GROSS' })],
    ownedAreaCm2: 298_304,
  },
  vehicle: {
    vehicles: [
      {
        plate: '蒙D00001',
        plateKind: '02',
        brandModel: '甲<乙>&丙',
        firstRegisteredOn: '2019-01-02',
        status: 'NORMAL',
        priceFen: 12_800_050,
      },
      {
        plate: '蒙D00002',
        plateKind: '52',
        brandModel: '丁',
        firstRegisteredOn: '2020-01-02',
        status: 'SEALED',
        priceFen: null,
      },
    ],
    dearestVehicleFen: 12_800_050,
    unpricedVehicles: 1,
  },
  'civil-affairs': {
    marriageStatus: 'MARRIED',
    spouseName: '李四',
    deceasedOn: null,
    allowanceClass: 'SUBSISTENCE',
    allowanceValidUntil: '2027-03-01',
    incomeClass: 'LOW_INCOME',
    perHeadMonthlyFen: 81_250,
    determinationValidUntil: '2027-01-01',
  },
  'provident-fund': {
    accountStatus: 'ACTIVE',
    monthsPaid: 12,
    monthlyContributionFen: 120_050,
    ratioBp: 1200,
    baseFen: 1_000_000,
    lastPaidMonth: '2026-10',
  },
  police: {
    nameMatch: 'EXACT',
    hukouPlace: '150402',
    hukouKind: 'HOUSEHOLD',
    hukouSince: '2012-05-01',
    deceasedOn: null,
    cancelledOn: null,
    minorChildren: 2,
  },
};

describe.each(connectors.map((connector) => [connector.name, connector] as const))(
  'the connector to %s',
  (source, connector) => {
    let hub: SmallHub;
    let small: SmallSandbox;
    let family: Family;
    const fields = [...factsOf(connector.record).keys()];
    beforeAll(async () => {
      [hub, small] = await Promise.all([smallHub(connectors), smallSandbox()]);
      await marry(small.worldUrl);
      for (const slow of ['civil-affairs', 'police']) {
        await small.sandbox.control.set(slow, { readyAfterMs: 0 }); // its clock stands still
      }
      family = await hub.family([KNOWN, ABSENT, { ...OTHER, name: '李小四' }]);
    });
    beforeEach(() => small.sandbox.control.resetCounts());
    afterAll(() => Promise.all([hub.close(), small.close()]));

    const askFor = async (asked: readonly string[], people = family): Promise<Answer[]> => {
      const exchange = hub.exchange({ connectors, settings: small.sandbox.agencies });
      const answers = await exchange.ask({ source, purpose: PURPOSE, fields: asked, asks: people.asks }, hub.session);
      return people.asks.map(({ personId }) => answers.get(personId)!);
    };

    it('brings every fact in the words of the record, and says who is unknown or known by another name', async () => {
      const [known, absent, renamed] = await askFor(fields);
      expect(known).toMatchObject({ status: 'FOUND', reason: null, asOf: new Date('2026-11-20T16:00:00Z') });
      expect(known!.value).toEqual(VALUES[source]);
      expect(known!.sourceRecordId).toMatch(/^[A-Z]{2,3}-[0-9A-F]{16}$/);
      const coverage = { regions: ['15', '45'], from: '2000-01-01', to: '2026-11-21' };
      expect(absent).toMatchObject({ status: 'NOT_FOUND', value: null, coverage });
      expect(renamed).toMatchObject({ status: 'AMBIGUOUS', value: null });
    });

    it.each(fields)('asks for %s alone and brings nothing else', async (field) => {
      const alone = await hub.family([KNOWN]);
      const [known] = await askFor([field], alone);
      expect(known).toMatchObject({ status: 'FOUND', fields: [field] });
      expect(Object.keys(known!.value!)).toEqual(field === 'spouseIdNumber' ? [] : [field]);
      const expected = { spouseIdNumber: SPOUSE, ...VALUES[source] } as Record<string, unknown>;
      expect(known!.value![field]).toEqual(expected[field]);
      const { calls, last } = small.sandbox.control.state(source).counts;
      expect({ calls, people: last!.people, purpose: last!.purpose }).toEqual({
        calls: 1,
        people: 1,
        purpose: PURPOSE,
      });
    });

    it('asks about a page of people with one call', async () => {
      const large = await hub.family([KNOWN, ABSENT, OTHER]);
      await askFor(fields, large);
      expect(small.sandbox.control.state(source).counts).toMatchObject({ calls: 1, people: 3, refused: 0 });
    });
  },
);
