import { createClientAsync } from 'soap';
import { postSoap, queryVehicles, texts } from './support/vehicle';
import { ABSENT, KNOWN, smallSandbox, type SmallSandbox } from './support/world';

describe('the sandbox 车辆管理所 (vehicle)', () => {
  let small: SmallSandbox;
  beforeAll(async () => (small = await smallSandbox()));
  afterAll(() => small.close());

  it('answers codes and decimal yuan, and only the items asked for', async () => {
    const response = await postSoap(
      small,
      queryVehicles(small, [KNOWN], ['PlateNo', 'StatusCode', 'PriceYuan', 'BrandModel']),
    );
    const xml = await response.text();
    expect(response.status).toBe(200);
    expect([texts(xml, 'IdCardNo'), texts(xml, 'Outcome'), texts(xml, 'AsOf')]).toEqual([
      [KNOWN.idNumber],
      ['0'],
      ['20261121000000'],
    ]);
    expect([texts(xml, 'PlateNo'), texts(xml, 'StatusCode')]).toEqual([
      ['蒙D00001', '蒙D00002'],
      ['A', 'K'],
    ]);
    expect(texts(xml, 'PriceYuan')).toEqual(['128000.50']);
    expect(texts(xml, 'BrandModel')[0]).toBe('甲&lt;乙&gt;&amp;丙');
    expect(xml).not.toMatch(/FirstRegDate|PlateType|VIN1/);
    expect([texts(xml, 'Region'), texts(xml, 'From')]).toEqual([['15', '45'], ['20000101']]);
  });

  it('says 1 of a stranger and 2 of another name', async () => {
    const xml = await (
      await postSoap(small, queryVehicles(small, [ABSENT, { ...KNOWN, name: '张三' }], ['PlateNo']))
    ).text();
    expect([texts(xml, 'Ref'), texts(xml, 'Outcome')]).toEqual([
      ['q0', 'q1'],
      ['1', '2'],
    ]);
    expect(xml).not.toContain('PlateNo');
  });

  it('serves the WSDL it ships, with the address it was asked at, and a client made from it works', async () => {
    const { url } = small.sandbox.agencies.vehicle as { url: string };
    expect(await (await fetch(`${url}?wsdl`)).text()).toContain(`location="${url}"`);
    const client = await createClientAsync(`${url}?wsdl`);
    expect(client.describe().VehicleRegistry.VehicleRegistryPort).toHaveProperty('QueryVehicles');
  });

  it.each([
    ['an unknown user', { username: 'somebody' }],
    ['a wrong password', { password: 'wrong' }],
    ['a token made 301 s ago', { created: '2026-11-22T01:54:59Z' }],
    ['a token without a time', { created: 'now' }],
  ])('refuses %s with 401 and a fault', async (_what, token) => {
    const response = await postSoap(small, queryVehicles(small, [KNOWN], ['PlateNo'], token));
    expect([response.status, texts(await response.text(), 'faultcode')]).toEqual([401, ['soap:Client.Authentication']]);
  });

  it('refuses a token used twice', async () => {
    const envelope = queryVehicles(small, [KNOWN], ['PlateNo']);
    expect((await postSoap(small, envelope)).status).toBe(200);
    expect((await postSoap(small, envelope)).status).toBe(401);
  });

  it.each([
    ['what is no XML', () => '{"a":1}'],
    ['broken XML', () => queryVehicles(small, [KNOWN], ['PlateNo']).slice(0, -40)],
    ['an unknown item', () => queryVehicles(small, [KNOWN], ['Owner'])],
    ['nobody', () => queryVehicles(small, [], ['PlateNo'])],
    [
      'another operation',
      () => queryVehicles(small, [KNOWN], ['PlateNo']).replaceAll('QueryVehiclesRequest', 'DropVehiclesRequest'),
    ],
  ])('refuses %s with 400 and no stack', async (_what, envelope) => {
    const response = await postSoap(small, envelope());
    const xml = await response.text();
    expect([response.status, texts(xml, 'faultcode')]).toEqual([400, ['soap:Client']]);
    expect(xml).not.toMatch(/\bat |node_modules/);
  });
});
