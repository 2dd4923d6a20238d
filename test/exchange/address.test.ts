import type { lookup as systemLookup } from 'node:dns';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { AgencySocket, makeNetwork, type Network, type NetworkRules } from '../../src/exchange/address';
import { openHttp } from '../../src/exchange/http';
import type { SourceTrouble } from '../../src/exchange/trouble';

/** Names as a resolver would tell them; each look-up takes the next answer, the last one stays. */
function names(table: Record<string, string[][]>): { lookup: typeof systemLookup; asked: string[] } {
  const asked: string[] = [];
  const lookup = (host: string, _options: object, done: (error: Error | null, found: object[]) => void) => {
    asked.push(host);
    const answers = table[host] ?? [[]];
    const addresses = answers.length > 1 ? answers.shift()! : answers[0]!;
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { lookup: lookup as never, asked };
}

const outside = (rules: Partial<NetworkRules> = {}): Network => makeNetwork({ sandbox: false, allowed: [], ...rules });
const NOT_ALLOWED = { kind: 'FAULT', reason: 'ADDRESS_NOT_ALLOWED' };

const resolved = (network: Network, host: string) =>
  new Promise((resolve, reject) =>
    network.lookup(host, { all: true }, (error, found) => (error ? reject(error) : resolve(found))),
  );

describe('an agency’s address outside the sandbox', () => {
  it.each([
    ...[
      '127.0.0.1',
      '127.9.9.9',
      '0.0.0.0',
      '169.254.169.254',
      '169.254.0.1',
      '100.100.100.200',
      '168.63.129.16',
      '192.0.0.192',
    ],
    ...['224.0.0.1', '255.255.255.255', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1'],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fd00:ec2::254',
      'fc00::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::ffff:8.8.8.8',
    ],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1'],
  ])('is never %s, written or resolved', async (address) => {
    const { lookup } = names({ 'agency.example.cn': [[address]] });
    await expect(resolved(outside({ lookup }), 'agency.example.cn')).rejects.toMatchObject(NOT_ALLOWED);
    const url = new URL(`http://${address.includes(':') ? `[${address}]` : address}/`);
    expect(() => outside().require(url.hostname)).toThrow('ADDRESS_NOT_ALLOWED');
  });

  it.each(['2130706433', '0x7f000001', '0177.0.0.1', '127.1', '[::ffff:7f00:0001]'])(
    'is never the loopback in another spelling: %s',
    (spelling) => {
      expect(() => openHttp(`http://${spelling}/`, undefined, outside())).toThrow('ADDRESS_NOT_ALLOWED');
    },
  );

  it.each(['8.8.8.8', '114.114.114.114', '172.32.0.1', '100.128.0.1', '2400:3200::1'])('may be %s', async (address) => {
    const { lookup } = names({ 'agency.example.cn': [[address]] });
    expect(await resolved(outside({ lookup }), 'agency.example.cn')).toMatchObject([{ address }]);
    expect(() => outside().require(address)).not.toThrow();
  });

  it('may be private where the operator names its network, and only there', () => {
    const network = outside({ allowed: ['10.20.0.0/16', 'fd12::/16'] });
    for (const address of ['10.20.3.4', 'fd12::9']) expect(() => network.require(address)).not.toThrow();
    for (const address of ['10.21.3.4', 'fd13::9']) expect(() => network.require(address)).toThrow();
  });

  it('is never the loopback or metadata, whatever networks the operator names', () => {
    const network = outside({ allowed: ['0.0.0.0/0', '::/0'] });
    for (const address of [
      '127.0.0.1',
      '169.254.169.254',
      '100.100.100.200',
      '::1',
      'fd00:ec2::254',
      '::ffff:127.0.0.1',
    ])
      expect(() => network.require(address)).toThrow();
  });

  it('is refused whole when a name has one good address and one that may not be called', async () => {
    const { lookup } = names({ 'agency.example.cn': [['8.8.8.8', '127.0.0.1']] });
    await expect(resolved(outside({ lookup }), 'agency.example.cn')).rejects.toMatchObject(NOT_ALLOWED);
  });
});

describe('a call outside the sandbox', () => {
  let server: Server;
  let port: number;
  const seen: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(`${request.headers.host} ${request.url}`);
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => void server.close());
  beforeEach(() => void (seen.length = 0));
  const { signal } = new AbortController();
  const call = (network: Network, host: string) => {
    const agency = openHttp(`http://${host}:${port}`, undefined, network);
    return agency
      .send({ method: 'GET', path: '/asked', signal })
      .then(
        () => 'answered',
        (error: SourceTrouble) => error,
      )
      .finally(() => agency.close());
  };

  it('to a name that resolves to the loopback never arrives', async () => {
    const { lookup } = names({ 'agency.example.cn': [['127.0.0.1']] });
    expect(await call(outside({ lookup }), 'agency.example.cn')).toMatchObject(NOT_ALLOWED);
    expect(await call(outside(), 'localhost')).toMatchObject(NOT_ALLOWED);
    expect(seen).toEqual([]);
  });

  it('goes to the very address that was looked at: a name that changes its mind is looked up once a connection', async () => {
    const { lookup, asked } = names({ 'agency.example.cn': [['8.8.8.8'], ['127.0.0.1']] });
    const network = outside({ lookup });
    await resolved(network, 'agency.example.cn');
    expect(await call(network, 'agency.example.cn')).toMatchObject(NOT_ALLOWED);
    expect(asked).toHaveLength(2);
    expect(seen).toEqual([]);
  });

  it('follows no redirect, neither in the sandbox nor outside', async () => {
    const { lookup } = names({ 'agency.example.cn': [['127.0.0.1']] });
    expect(await call(makeNetwork({ sandbox: true, allowed: [], lookup }), 'agency.example.cn')).toMatchObject({
      kind: 'FAULT',
      reason: 'SOURCE_FAULT',
    });
    expect(seen).toEqual([`agency.example.cn:${port} /asked`]);
  });
});

describe('a socket of an agency’s own protocol', () => {
  const server = createTcpServer((socket) => socket.end('hello'));
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => void server.close());

  it('connects in the sandbox, and outside of it not to this machine', async () => {
    const { port } = server.address() as AddressInfo;
    const { lookup } = names({ 'agency.example.cn': [['127.0.0.1']] });
    const outcome = (network: Network, host: string, how: 'port' | 'options' | 'path' = 'port') =>
      new Promise((resolve) => {
        const socket = new AgencySocket(network);
        socket.once('data', (text) => (socket.destroy(), resolve(String(text)))).once('error', resolve);
        if (how === 'port') socket.connect(port, host);
        else socket.connect(how === 'options' ? { port, host } : { path: '/var/run/postgresql/.s.PGSQL.5432' });
      });
    expect(await outcome(makeNetwork({ sandbox: true, allowed: [], lookup }), 'agency.example.cn')).toBe('hello');
    for (const host of ['agency.example.cn', '127.0.0.1', '::1']) {
      expect(await outcome(outside({ lookup }), host)).toMatchObject(NOT_ALLOWED);
      expect(await outcome(outside({ lookup }), host, 'options')).toMatchObject(NOT_ALLOWED);
    }
    expect(await outcome(outside({ lookup }), '', 'path')).toMatchObject(NOT_ALLOWED);
  });
});

describe('every connector, as the settings outside the sandbox open it', () => {
  const ASKED = { purpose: 'ADMISSION_REVIEW', signal: new AbortController().signal };
  const PERSON = { ref: 'r', idNumber: '110101199003070011', name: '白音', caseId: 'c', letterId: 'l' };
  const { SANDBOX } = process.env;
  afterEach(() => {
    if (SANDBOX === undefined) delete process.env.SANDBOX;
    else process.env.SANDBOX = SANDBOX;
  });

  it('calls nobody on this machine, whatever its protocol', async () => {
    process.env.SANDBOX = 'off';
    await jest.isolateModulesAsync(async () => {
      const { connectors } = await import('../../connectors/index.js');
      const { factsOf } = await import('../../src/exchange/fact.js');
      expect(connectors.length).toBeGreaterThanOrEqual(4);
      for (const connector of connectors) {
        const scheme = { 'provident-fund': 'postgres', police: 'sftp' }[connector.name] ?? 'http';
        const settings = Object.fromEntries(Object.keys(connector.settings).map((name) => [name, 'x']));
        const open = async () => {
          const agency = connector.open({ ...settings, url: `${scheme}://localhost:1/` }, () => new Date());
          const fields = [...factsOf(connector.record).keys()];
          return agency.ask([PERSON], { ...ASKED, fields }).finally(() => agency.close?.());
        };
        expect([connector.name, await open().catch((error: SourceTrouble) => error.reason)]).toEqual([
          connector.name,
          'ADDRESS_NOT_ALLOWED',
        ]);
      }
    });
  });
});
