import { connectors } from '../../connectors';
import { checkCharacter } from '../../src/access/identity';
import type { Answer } from '../../src/exchange/contract';
import type { Connector, RawAnswer, Subject } from '../../src/exchange/connector';
import { factsOf } from '../../src/exchange/fact';
import { verify } from '../../src/exchange/verify';
import { PURPOSE, REGION, type Family } from '../exchange/support/family';
import { smallHub, type SmallHub } from '../exchange/support/hub';
import { NAUGHTY } from './naughty';

/** A sound record of each agency, in our words. */
const UNIT = {
  ...{ unitCode: '150402001001GB00001F00010001', countyCode: '150402', areaCm2: 1, areaKind: 'GROSS' },
  ...{ rightKind: 'OWNERSHIP', shareBp: 10_000, registeredOn: '2015-03-02' },
};
const VEHICLE = {
  ...{
    plate: '蒙D00001',
    plateKind: '02',
    brandModel: '甲',
    firstRegisteredOn: '2019-01-02',
    status: 'NORMAL',
    priceFen: 1,
  },
};
const SOUND: Record<string, Record<string, unknown>> = {
  property: { units: [UNIT], ownedAreaCm2: 1 },
  vehicle: { vehicles: [VEHICLE], dearestVehicleFen: 1, unpricedVehicles: 0 },
  'civil-affairs': {
    ...{ marriageStatus: 'MARRIED', spouseIdNumber: null, spouseName: '李四', deceasedOn: null },
    ...{ allowanceClass: 'NONE', allowanceValidUntil: null, incomeClass: 'NONE', perHeadMonthlyFen: 1 },
    determinationValidUntil: null,
  },
  'provident-fund': {
    ...{ accountStatus: 'ACTIVE', monthsPaid: 1, monthlyContributionFen: 1, ratioBp: 1, baseFen: 1 },
    lastPaidMonth: '2026-10',
  },
  police: {
    ...{ nameMatch: 'EXACT', hukouPlace: '150402', hukouKind: 'HOUSEHOLD', hukouSince: '2012-05-01' },
    ...{ deceasedOn: null, cancelledOn: null, minorChildren: 0 },
  },
};

/** Text of people: kept as it came. Everything else is a code, a day, a number, and no naughty string is one. */
const FREE = ['spouseName', 'vehicles.plate', 'vehicles.brandModel'];
const NOW = new Date('2026-11-22T02:00:00Z');

const answerOf = ({ ref, idNumber }: Subject, value: unknown, more: Partial<RawAnswer> = {}): RawAnswer => ({
  ...{ ref, idNumber, status: 'FOUND', value: value as RawAnswer['value'], sourceRecordId: 'R-1' },
  asOf: new Date('2026-11-21T02:00:00Z'),
  coverage: { regions: ['15'], from: '2000-01-01', to: null },
  ...more,
});

const someone = { ref: 'a', idNumber: '11010519491231002X', name: 'n', caseId: 'c', letterId: 'l', regionCode: REGION };

/** A record with a text in the place of one of its facts, or of a fact of its parts. */
function withText(source: string, field: string, text: string): Record<string, unknown> {
  const [fact, part] = field.split('.') as [string, string?];
  const sound = SOUND[source]!;
  return { ...sound, [fact]: part ? [{ ...(sound[fact] as object[])[0], [part]: text }] : text };
}

const PLACES = connectors.flatMap((connector) =>
  Object.entries(SOUND[connector.name]!).flatMap(([fact, value]) => {
    const parts = Array.isArray(value) ? Object.keys(value[0] as object).map((part) => `${fact}.${part}`) : [];
    return [fact, ...parts].map((field) => [connector.name, field, connector] as const);
  }),
);

const judged = (connector: Connector, value: unknown) => {
  const { record, maxAge } = connector;
  const expected = { record, fields: [...factsOf(record).keys()], maxAge, now: NOW, retryAt: NOW };
  return verify([someone], [answerOf(someone, value)], expected).get('a')!;
};

/** Text that PostgreSQL cannot hold, or that is longer than any name. */
const isNoText = (text: string): boolean => text === '' || text.length > 500 || /\0|[\ud800-\udfff]/u.test(text);

describe('a naughty string in an agency’s answer', () => {
  it('is tried in every field of every agency', () => {
    for (const connector of connectors) {
      expect(Object.keys(SOUND[connector.name]!).sort()).toEqual([...factsOf(connector.record).keys()].sort());
      expect([connector.name, judged(connector, SOUND[connector.name]).status]).toEqual([connector.name, 'FOUND']);
    }
  });

  it.each(PLACES)('%s.%s: kept as it is where it is text, else quarantined', (source, field, connector) => {
    for (const text of NAUGHTY) {
      const { status, value, reason } = judged(connector, withText(source, field, text));
      if (FREE.includes(field) && !isNoText(text))
        expect([text, status, value]).toEqual([text, 'FOUND', withText(source, field, text)]);
      else if (field === 'vehicles.plateKind' && /^\d\d$/.test(text)) expect(status).toBe('FOUND');
      else expect([text, status, reason]).toEqual([text, 'UNAVAILABLE', expect.any(String)]);
    }
  });

  it('for the name of a field is no field', () => {
    for (const connector of connectors)
      for (const text of NAUGHTY) {
        const value = JSON.parse(`{${JSON.stringify(text)}:{"polluted":true}}`) as object;
        const finding = judged(
          connector,
          Object.defineProperties({ ...SOUND[connector.name] }, Object.getOwnPropertyDescriptors(value)),
        );
        expect([text, finding.status]).toEqual([text, 'UNAVAILABLE']);
      }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each(NAUGHTY.filter((text) => !/^(15|45)$/.test(text)))(
    '%j for a region covers nobody, and decides nothing',
    (text) => {
      const connector = connectors[0]!;
      const { record, maxAge } = connector;
      const coverage = { regions: [text], from: '2000-01-01', to: null };
      const answer = answerOf(someone, null, { status: 'NOT_FOUND', coverage });
      const expected = { record, fields: [], maxAge, now: NOW, retryAt: NOW };
      const { status, covered } = verify([someone], [answer], expected).get('a')!;
      expect(status === 'UNAVAILABLE' || covered === false).toBe(true);
    },
  );

  it.each(['plate', 'brandModel', 'spouseName'])(
    'a citizen number in %s is quarantined: nothing else holds one in clear',
    (part) => {
      const [source, field] = part === 'spouseName' ? ['civil-affairs', part] : ['vehicle', `vehicles.${part}`];
      const connector = connectors.find(({ name }) => name === source)!;
      const { status } = judged(connector, withText(source!, field!, '李四 11010519491231002X'));
      expect(status).toBe('UNAVAILABLE');
    },
  );
});

describe('naughty strings that are text', () => {
  let hub: SmallHub;
  let family: Family;
  const people = NAUGHTY.map((_, at) => {
    const first17 = `15040219800101${String(at).padStart(3, '0')}`;
    return { idNumber: first17 + checkCharacter(first17), name: '某' };
  });
  beforeAll(async () => {
    hub = await smallHub(connectors);
    family = await hub.family(people);
  });
  afterAll(() => hub.close());

  /** All strings in one batch, one for each member, through the hub's own tables and back, twice: as told, and as kept. */
  async function told(source: string, make: (text: string) => [value: unknown, more?: Partial<RawAnswer>]) {
    await hub.base.owner.query('truncate answer, deferred_query');
    const real = connectors.find(({ name }) => name === source)!;
    const textOf = new Map(people.map(({ idNumber }, at) => [idNumber, NAUGHTY[at]!]));
    const connector: Connector = {
      ...real,
      settings: {},
      open: () => ({
        ask: async (asked) => ({ answers: asked.map((each) => answerOf(each, ...make(textOf.get(each.idNumber)!))) }),
      }),
    };
    const exchange = hub.exchange({ connectors: [connector], settings: {} });
    const fields = [...factsOf(real.record).keys()];
    const ask = () => exchange.ask({ source, purpose: PURPOSE, fields, asks: family.asks }, hub.session);
    const [fresh, kept] = [await ask(), await ask()];
    const inOrder = (answers: ReadonlyMap<string, Answer>) => family.asks.map(({ personId }) => answers.get(personId)!);
    return { fresh: inOrder(fresh), kept: inOrder(kept) };
  }

  it.each([
    ['civil-affairs', 'spouseName'],
    ['vehicle', 'vehicles.plate'],
    ['vehicle', 'vehicles.brandModel'],
  ])(
    'come back from %s.%s letter by letter, and one that is no text spoils nobody else’s answer',
    async (source, field) => {
      const { fresh, kept } = await told(source, (text) => [withText(source, field, text)]);
      for (const answers of [fresh, kept])
        for (const [at, { status, value }] of answers.entries()) {
          const text = NAUGHTY[at]!;
          if (isNoText(text)) expect([text, status]).toEqual([text, 'UNAVAILABLE']);
          else
            expect([text, status, { ...value }]).toEqual([
              text,
              'FOUND',
              expect.objectContaining(facts(source, field, text)),
            ]);
        }
    },
  );

  it('come back as the agency’s number of a record, or do not, and spoil no answer', async () => {
    const { fresh, kept } = await told('police', (text) => [SOUND.police, { sourceRecordId: text }]);
    for (const answers of [fresh, kept])
      for (const [at, { status, sourceRecordId }] of answers.entries()) {
        const text = NAUGHTY[at]!;
        if (status === 'FOUND') expect(sourceRecordId).toBe(text);
        else expect([text, status]).toEqual([text, 'UNAVAILABLE']);
        if (/\0|[\ud800-\udfff]/u.test(text)) expect([text, status]).toEqual([text, 'UNAVAILABLE']);
      }
  });

  const facts = (source: string, field: string, text: string): Record<string, unknown> => {
    const fact = field.split('.')[0]!;
    return { [fact]: withText(source, field, text)[fact] };
  };
});
