import fc from 'fast-check';
import { Client } from 'pg';
import { connectors } from '../../connectors';
import { checkCharacter } from '../../src/access/identity';
import type { Answer } from '../../src/exchange/contract';
import { factsOf } from '../../src/exchange/fact';
import { PURPOSE, type Family } from '../exchange/support/family';
import { smallHub, type SmallHub } from '../exchange/support/hub';
import { putOnRecord, smallSandbox, type SmallSandbox } from '../sandbox/support/world';
import { runSeed } from '../support/seed';
import { NAUGHTY } from './naughty';
import { WIRES, type Wire } from './wires';

/** Another sample for each place in every run; all of them with `npm run long:naughty`. */
const TEXTS = process.env.NAUGHTY === 'all' ? NAUGHTY.length : 40;

const DAY = /^\d{8}$/;
const DECIMAL = /^\d+(\.\d+)?$/;
const WHOLE = /^\d+(\.0+)?$/;
const FREE = 'free';
/** Fields as each agency writes them: the fact they become, and which texts may become one. Anything may, where people write freely. */
const PLACES: Readonly<Record<string, Readonly<Record<string, readonly [fact: string, may: RegExp | typeof FREE]>>>> = {
  property: {
    realEstateUnitNo: ['units', /^[0-9A-Z]{28}$/],
    divisionCode: ['units', /^\d{6}$/],
    floorArea: ['units', DECIMAL],
    areaType: ['units', /^(BUILDING|INTERNAL)$/],
    rightType: ['units', /^(SOLE|SHARED)$/],
    sharePercent: ['units', DECIMAL],
    registerDate: ['units', /^\d{4}-\d\d-\d\d$/],
    recordNo: ['sourceRecordId', FREE],
  },
  vehicle: {
    PlateNo: ['vehicles.plate', FREE],
    PlateType: ['vehicles', /^\d\d$/],
    BrandModel: ['vehicles.brandModel', FREE],
    FirstRegDate: ['vehicles', DAY],
    StatusCode: ['vehicles', /^[AKM]$/],
    PriceYuan: ['vehicles', DECIMAL],
    RecordNo: ['sourceRecordId', FREE],
  },
  'civil-affairs': {
    marital: ['marriageStatus', /^[12349]0$/],
    spouseCert: ['spouseIdNumber', /^\d{17}[\dX]$/],
    spouseName: ['spouseName', FREE],
    deathDate: ['deceasedOn', DAY],
    relief: ['allowanceClass', /^[0-4]$/],
    reliefUntil: ['allowanceValidUntil', DAY],
    incomeGrade: ['incomeClass', /^[0-2]$/],
    perCapitaMonthly: ['perHeadMonthlyFen', DECIMAL],
    gradeUntil: ['determinationValidUntil', DAY],
    serial: ['sourceRecordId', FREE],
  },
  'provident-fund': {
    account_status: ['accountStatus', /^0[12]$/],
    months_paid: ['monthsPaid', WHOLE],
    monthly_contribution: ['monthlyContributionFen', DECIMAL],
    contribution_ratio: ['ratioBp', DECIMAL],
    contribution_base: ['baseFen', DECIMAL],
    last_paid_month: ['lastPaidMonth', /^\d{6}$/],
    record_no: ['sourceRecordId', FREE],
  },
  police: {
    姓名比对: ['nameMatch', /^[123]$/],
    户籍地: ['hukouPlace', /^\d{6}$/],
    户口类别: ['hukouKind', /^[12]0$/],
    落户日期: ['hukouSince', DAY],
    死亡日期: ['deceasedOn', /^(\d{8})?$/],
    注销日期: ['cancelledOn', /^(\d{8})?$/],
    未成年子女数: ['minorChildren', WHOLE],
    档案编号: ['sourceRecordId', FREE],
  },
};

/** Not in XML 1.0: a document with one is none, and says nothing about anybody. */
const NO_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
/** As UTF-8 carries it. */
const wellFormed = (text: string): string => Buffer.from(text).toString();
/** What a wire cannot carry: PostgreSQL no NUL, and neither it nor UTF-8 half a pair. */
const carried: Readonly<Record<string, (text: string) => boolean>> = {
  'provident-fund': (text) => !text.includes('\0') && wellFormed(text) === text,
};

let hub: SmallHub;
let small: SmallSandbox;
let world: Client;
let family: Family;
const numbers = Array.from({ length: TEXTS }, (_, at) => {
  const first17 = `15040219800101${String(at).padStart(3, '0')}`;
  return first17 + checkCharacter(first17);
});
beforeAll(async () => {
  [hub, small] = await Promise.all([smallHub(connectors), smallSandbox()]);
  world = new Client({ connectionString: small.worldUrl });
  await world.connect();
  const people = numbers.map((idNumber) => ({ idNumber, name: '某某' }));
  for (const person of people) await putOnRecord(world, person);
  await world.query(`update civil.person set spouse_id_number = '11010519491231002X'`); // one that holds
  family = await hub.family(people);
  await small.sandbox.control.set('civil-affairs', { readyAfterMs: 0 });
});
afterAll(async () => {
  await hub.close();
  await world.end();
  await small.close();
});

describe.each(Object.keys(PLACES))('what %s says over its own wire', (source) => {
  const connector = connectors.find(({ name }) => name === source)!;
  const patience = { retries: 0, tripAfter: 1_000_000, askAgainIn: 86_400_000, timeout: 20_000 };
  let wire: Wire;
  beforeAll(async () => void (wire = await WIRES[source]!(small, world)));
  afterAll(() => wire.close());

  /** Each text about a person of its own, told in one answer. */
  async function told(field: string, texts: readonly string[]): Promise<Answer[]> {
    await hub.base.owner.query('truncate answer, deferred_query');
    await wire.say(field, new Map(texts.map((text, at) => [numbers[at]!, text])));
    const exchange = hub.exchange({ connectors: [connector], settings: { [source]: wire.settings }, patience });
    const asks = family.asks.slice(0, texts.length);
    const question = { source, purpose: PURPOSE, fields: [...factsOf(connector.record).keys()], asks };
    let answers = await exchange.ask(question, hub.session);
    for (let looks = 0; looks < 5 && [...answers.values()].some(({ status }) => status === 'PENDING'); looks++) {
      await wire.answer?.();
      small.time.now = hub.time.now = new Date(hub.time.now.getTime() + 5_000);
      answers = await exchange.ask(question, hub.session);
    }
    return asks.map(({ personId }) => answers.get(personId)!);
  }

  /** How a text may look that came as this fact; XML does not tell apart what stands around a text. */
  const same = (kept: unknown, text: string) =>
    [text, wellFormed(text), ...(source === 'vehicle' ? [wellFormed(text).trim(), text.trim()] : [])].includes(
      String(kept),
    );

  it.each(Object.entries(PLACES[source]!))(
    'in %s is kept letter by letter, or nothing is',
    async (field, [fact, may]) => {
      const all = NAUGHTY.filter(carried[source] ?? (() => true));
      const hard = all.filter((text) => /\0|[\ud800-\udfff]/u.test(text)); // in every run
      const others = all.filter((text) => !hard.includes(text));
      const most = Math.min(TEXTS - hard.length, others.length);
      const drawn = fc.shuffledSubarray(others, { minLength: most, maxLength: most });
      const texts = [...hard, ...fc.sample(drawn, { seed: runSeed() + field.length, numRuns: 1 })[0]!];
      const spoiling = source === 'vehicle' ? texts.filter((text) => NO_XML.test(text)) : [];
      const together = texts.filter((text) => !spoiling.includes(text));
      const heard = (await told(field, together)).map((answer, at) => [together[at]!, answer] as const);
      for (const text of spoiling) heard.push([text, (await told(field, [text]))[0]!]);
      let kept = 0;
      for (const [text, { status, value, reason, sourceRecordId }] of heard) {
        if (status !== 'FOUND') {
          expect([text, status, reason, value]).toEqual([text, 'UNAVAILABLE', expect.any(String), null]);
          continue;
        }
        kept += 1;
        const [name, part] = fact.split('.') as [string, string?];
        const found = fact === 'sourceRecordId' ? sourceRecordId : value![name];
        if (may !== FREE) expect([field, text]).toEqual([field, expect.stringMatching(may)]);
        else if (part) {
          const parts = (found as Record<string, unknown>[]).map((one) => one[part]);
          expect([text, parts.some((one) => same(one, text))]).toEqual([text, true]);
        } else expect([text, found === null || same(found, text)]).toEqual([text, true]);
      }
      if (may === FREE) expect(kept).toBeGreaterThan(texts.length / 2);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
    120_000,
  );

  it('and a sound text in the same places is believed', async () => {
    const [field, sound] = {
      property: ['divisionCode', '150402'],
      vehicle: ['PlateType', '02'],
      'civil-affairs': ['spouseName', '李四'],
      'provident-fund': ['months_paid', '7'],
      police: ['户籍地', '150402'],
    }[source] as [string, string];
    expect((await told(field, [sound, sound])).map(({ status }) => status)).toEqual(['FOUND', 'FOUND']);
  });
});
