import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vehicle } from '../../connectors/vehicle/connector';
import type { Agency, RawAnswer } from '../../src/exchange/connector';

const ID = '110101199003070011';
const NS = 'http://vehicle.sandbox.anju/registry/v2';

/** A sound answer of the service, into which a test puts its own. */
function envelope({ prolog = '', idNumber = ID, plate = '蒙D12345', from = '20000101', extra = '' } = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${prolog}
    <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xi="http://www.w3.org/2001/XInclude"><soap:Body>
      <QueryVehiclesResponse xmlns="${NS}"><QueryNo>q</QueryNo><AsOf>20261120000000</AsOf>
        <Coverage><Region>15</Region><From>${from}</From><To>20261120</To></Coverage>
        <Results><Result><Ref>r</Ref>${idNumber.startsWith('<') ? idNumber : `<IdCardNo>${idNumber}</IdCardNo>`}<Outcome>0</Outcome><RecordNo>n</RecordNo>
          <Vehicles><Vehicle><PlateNo>${plate}</PlateNo><PlateType>02</PlateType><BrandModel>b</BrandModel>
            <FirstRegDate>20200102</FirstRegDate><StatusCode>A</StatusCode></Vehicle></Vehicles></Result></Results>${extra}
      </QueryVehiclesResponse></soap:Body></soap:Envelope>`;
}

describe('an answer in XML', () => {
  let server: Server;
  let agency: Agency;
  let body: Buffer | string;
  const fetched: string[] = [];
  let origin: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.method === 'GET') fetched.push(request.url!);
      response.end(request.method === 'GET' ? '<!ENTITY evil "fetched">' : body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    agency = vehicle.open({ url: `${origin}/VehicleRegistry`, username: 'hub', password: 'p' }, () => new Date());
  });
  afterAll(async () => {
    await agency.close?.();
    server.close();
  });

  const { signal } = new AbortController();
  const person = { ref: 'r', idNumber: ID, name: '白音', caseId: 'c', letterId: 'l' };
  async function told(sent: Buffer | string): Promise<RawAnswer> {
    body = sent;
    const outcome = await agency.ask([person], { purpose: 'P', fields: ['vehicles'], signal });
    return (outcome as { answers: RawAnswer[] }).answers[0]!;
  }
  const plateOf = ({ value }: RawAnswer) => (value as { vehicles: { plate: string }[] }).vehicles[0]!.plate;

  it('that is sound is read', async () => {
    const answer = await told(envelope());
    expect([answer.idNumber, plateOf(answer)]).toEqual([ID, '蒙D12345']);
  });

  const LAUGHS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    .map((name, at, all) => `<!ENTITY ${name} "${at === 0 ? 'lol' : `&${all[at - 1]};`.repeat(10)}">`)
    .join('');

  it.each<[string, (origin: string) => Buffer | string]>([
    [
      'a file as external entity',
      () => envelope({ prolog: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', plate: '&e;' }),
    ],
    [
      'an address as external entity',
      (at) => envelope({ prolog: `<!DOCTYPE x [<!ENTITY e SYSTEM "${at}/e">]>`, plate: '&e;' }),
    ],
    ['an external DTD', (at) => envelope({ prolog: `<!DOCTYPE x SYSTEM "${at}/dtd">` })],
    [
      'a parameter entity',
      (at) => envelope({ prolog: `<!DOCTYPE x [<!ENTITY % p SYSTEM "${at}/p"> %p;]>`, plate: '&evil;' }),
    ],
    ['a billion laughs', () => envelope({ prolog: `<!DOCTYPE x [${LAUGHS}]>`, plate: '&i;' })],
    ['a DTD in small letters', () => envelope({ prolog: '<!doctype x [<!ENTITY e "f">]>', plate: '&e;' })],
    ['an entity nobody declared', () => envelope({ plate: '&e;' })],
    [
      'a DTD in another encoding',
      () => Buffer.from(`\ufeff${envelope({ prolog: '<!DOCTYPE x [<!ENTITY e "f">]>', plate: '&e;' })}`, 'utf16le'),
    ],
    ['elements a hundred thousand deep and open', () => '<a>'.repeat(100_000)],
  ])('with %s is a source fault, and nothing is opened or fetched for it', async (_what, make) => {
    fetched.length = 0;
    await expect(told(make(origin))).rejects.toMatchObject({ kind: 'FAULT', reason: 'SOURCE_FAULT' });
    expect(fetched).toEqual([]);
  });

  it('includes nothing by XInclude, and a DOCTYPE in CDATA is refused rather than read', async () => {
    fetched.length = 0;
    const included = envelope({
      extra: `<xi:include href="${origin}/xi" parse="text"/><xi:include href="file:///etc/passwd" parse="text"/>`,
    });
    expect(JSON.stringify(await told(included))).not.toContain('root:');
    await expect(told(envelope({ plate: '<![CDATA[<!DOCTYPE x>]]>' }))).rejects.toMatchObject({ kind: 'FAULT' });
    expect(fetched).toEqual([]);
  });

  it('is read by a WSDL in which everything is text', () => {
    const wsdl = readFileSync('connectors/vehicle/vehicle.wsdl', 'utf8');
    const types = [...wsdl.matchAll(/(?:type|base)="xsd:(\w+)"/g)].map(([, type]) => type);
    expect(types.length).toBeGreaterThan(20);
    expect(new Set(types)).toEqual(new Set(['string']));
  });

  it.each([
    ['as it stands', `<IdCardNo>${ID}</IdCardNo>`, ID],
    ['called an integer', `<IdCardNo xsi:type="xsd:integer">${ID}</IdCardNo>`, ID],
    ['called a double', `<IdCardNo xsi:type="xsd:double">${ID}</IdCardNo>`, ID],
    ['called a date', '<IdCardNo xsi:type="xsd:date">19900307</IdCardNo>', '19900307'],
    ['with zeros before it', '<IdCardNo>000123</IdCardNo>', '000123'],
    ['that reads as a float', '<IdCardNo>1e5</IdCardNo>', '1e5'],
    ['that reads as hexadecimal', '<IdCardNo>0x10</IdCardNo>', '0x10'],
    ['written by character references', '<IdCardNo>&#49;&#x31;0101199003070011</IdCardNo>', ID],
  ])('keeps an ID number %s as text', async (_what, idNumber, expected) => {
    const { idNumber: read } = await told(envelope({ idNumber }));
    expect(typeof read === 'object' && read !== null ? (read as { $value: unknown }).$value : read).toBe(expected);
  });
});
