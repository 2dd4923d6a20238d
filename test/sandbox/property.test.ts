import openapi from '../../connectors/property/openapi.json';
import { politely, signed, unitQuery } from './support/property';
import { ABSENT, KNOWN, smallSandbox, type SmallSandbox } from './support/world';

interface UnitAnswer {
  results: { outcome: string; recordNo: string | null; units: Record<string, string>[] }[];
}

describe('the sandbox 不动产登记中心 (property)', () => {
  let small: SmallSandbox;
  beforeAll(async () => (small = await smallSandbox()));
  afterAll(() => small.close());

  const ask = async (people: { idNumber: string; name: string }[], items: string[]) => {
    const response = await politely(...signed(small, unitQuery(people, items)));
    return { status: response.status, body: (await response.json()) as UnitAnswer };
  };

  it('answers in the words of its OpenAPI file, and only the items asked for', async () => {
    const { status, body } = await ask(
      [KNOWN],
      ['realEstateUnitNo', 'floorArea', 'areaType', 'rightType', 'sharePercent'],
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      dataTime: '2026-11-21T00:00:00+08:00',
      coverage: { divisions: ['15', '45'], from: '2000-01-01', to: '2026-11-21' },
      results: [
        { ref: 'q0', certNo: KNOWN.idNumber, outcome: 'HIT', recordNo: expect.stringMatching(/^BDC-[0-9A-F]{16}$/) },
      ],
    });
    expect(body.results[0]!.units).toEqual([
      {
        realEstateUnitNo: '150402001001GB00001F00010001',
        floorArea: '89.50',
        areaType: 'BUILDING',
        rightType: 'SHARED',
        sharePercent: '33.33',
      },
    ]);
    const unit = openapi.components.schemas.Unit.properties;
    expect(body.results[0]!.units[0]!.floorArea).toMatch(new RegExp(unit.floorArea.pattern));
    expect(body.results[0]!.units[0]!.realEstateUnitNo).toMatch(new RegExp(unit.realEstateUnitNo.pattern));
  });

  it('says NO_RECORD of a stranger, NAME_DIFFERS of another name, and takes a name typed otherwise', async () => {
    const people = [
      ABSENT,
      { ...KNOWN, name: '张三' },
      { ...KNOWN, name: '阿拉坦 • 乌云' },
      { ...KNOWN, idNumber: KNOWN.idNumber.toLowerCase() },
    ];
    const { body } = await ask(people, ['floorArea']);
    expect(body.results.map((result) => result.outcome)).toEqual(['NO_RECORD', 'NAME_DIFFERS', 'HIT', 'HIT']);
    expect(body.results[1]).not.toHaveProperty('units');
    expect(body.results[0]!.recordNo).toBeNull();
  });

  it('files a person under the same record number every time, which does not show the citizen number', async () => {
    const [first, second] = [await ask([KNOWN], ['floorArea']), await ask([KNOWN], ['sharePercent'])];
    expect(first.body.results[0]!.recordNo).toBe(second.body.results[0]!.recordNo);
    expect(first.body.results[0]!.recordNo).not.toContain(KNOWN.idNumber.slice(0, 8));
  });

  it.each([
    ['a wrong key id', () => ({ 'x-key-id': 'somebody' }), 'BAD_SIGNATURE'],
    ['a changed signature', () => ({ 'x-signature': '0'.repeat(64) }), 'BAD_SIGNATURE'],
    [
      'a changed timestamp',
      (h: Record<string, string>) => ({ 'x-timestamp': String(Number(h['x-timestamp']) + 1) }),
      'BAD_SIGNATURE',
    ],
    ['no signature at all', () => ({ 'x-signature': '' }), 'BAD_SIGNATURE'],
  ])('refuses %s', async (_what, change, code) => {
    const response = await politely(...signed(small, unitQuery([KNOWN], ['floorArea']), change));
    expect([response.status, await response.json()]).toEqual([401, expect.objectContaining({ code })]);
  });

  it('refuses a body changed after signing, and a request sent twice', async () => {
    const [url, init] = signed(small, unitQuery([KNOWN], ['floorArea']));
    expect((await politely(url, { ...init, body: init.body.replace('q0', 'q9') })).status).toBe(401);
    expect((await politely(url, init)).status).toBe(200);
    expect(await (await politely(url, init)).json()).toMatchObject({ code: 'REPLAYED' });
  });

  it('refuses a signature made more than 300 s from its clock', async () => {
    const [url, init] = signed(small, unitQuery([KNOWN], ['floorArea']));
    small.time.now = new Date(small.time.now.getTime() + 301_000);
    expect(await (await politely(url, init)).json()).toMatchObject({ code: 'CLOCK_SKEW' });
  });

  it.each([
    ['an unknown item', unitQuery([KNOWN], ['owner'])],
    ['nobody', unitQuery([], ['floorArea'])],
    [
      'a citizen number as a JSON number',
      JSON.parse(JSON.stringify(unitQuery([ABSENT], ['floorArea'])).replace(`"${ABSENT.idNumber}"`, ABSENT.idNumber)),
    ],
    ['more than 1,000 people', unitQuery(Array(1001).fill(KNOWN), ['floorArea'])],
  ])('refuses %s with 400', async (_what, query) => {
    expect((await politely(...signed(small, query))).status).toBe(400);
  });
});
