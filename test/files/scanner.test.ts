import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { loadConfig } from '../../src/config';
import { makeLog } from '../../src/log';
import { openScanner } from '../../src/store/files/scanner';
import { pdf, png } from '../documents/support/bytes';
import { describeWithClamd, EICAR, startClamd, STREAM_MOST, type TestClamd } from '../support/clamd';
import { testFolder } from '../support/folder';

const folder = testFolder();
const scannerAt = (CLAMD: string | undefined) =>
  openScanner(loadConfig({ DATA_DIR: folder, ...(CLAMD && { CLAMD }), CLAMD_SECONDS: '1' }), makeLog('silent'));
const wordOf = (CLAMD: string | undefined, content: Buffer): Promise<string> =>
  scannerAt(CLAMD)
    .scan(content)
    .catch((error: { code?: string; message: string }) => error.code ?? error.message);

describe('a hub without a scanner', () => {
  it('calls nothing clean', async () => expect(await wordOf(undefined, png('x'))).toBe('NOT_SCANNED'));
});

describeWithClamd('clamd of ClamAV', () => {
  let clamd: TestClamd;
  beforeAll(async () => void (clamd = await startClamd()));
  afterAll(() => clamd.stop());

  it.each([0, 1])('finds what it knows and passes what it does not, by TCP and by its socket (%i)', async (at) => {
    const address = clamd.addresses[at];
    expect(await wordOf(address, png('x'))).toBe('CLEAN');
    expect(await wordOf(address, randomBytes(3_000_000))).toBe('CLEAN');
    expect(await wordOf(address, Buffer.from(EICAR))).toBe('FILE_INFECTED');
    expect(await wordOf(address, pdf(EICAR))).toBe('FILE_INFECTED');
    expect(await wordOf(address, Buffer.concat([randomBytes(2_000_000), Buffer.from(EICAR)]))).toBe('FILE_INFECTED');
  });

  it('has no verdict about what is too long for it, and that is not clean', async () => {
    for (const address of clamd.addresses)
      expect(await wordOf(address, randomBytes(STREAM_MOST + 1))).toBe('SCAN_SILENT');
  });
});

/** A peer that speaks as clamd does and answers what the test says. */
async function peer(answer: (socket: Socket, all: Buffer) => void): Promise<{ server: Server; address: string }> {
  const server = createServer((socket) => {
    let all = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (part) => answer(socket, (all = Buffer.concat([all, part]))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}
const whole = (all: Buffer): boolean => all.length > 14 && all.subarray(-4).equals(Buffer.alloc(4));
const says = (text: string) => (socket: Socket, all: Buffer) => void (whole(all) && socket.end(text));

describe('a scanner that does not say that a file is clean', () => {
  it.each<[string, (socket: Socket, all: Buffer) => void]>([
    ['is silent', () => undefined],
    ['closes without a word', (socket, all) => void (whole(all) && socket.end())],
    ['closes at once', (socket) => void socket.destroy()],
    ['ends in the middle of its word', says('stream: O')],
    ['ends before the end of its word', says('stream: OK')],
    ['says more than its word', says('stream: OK\0stream: OK\0')],
    ['speaks of an error', says('INSTREAM size limit exceeded. ERROR\0')],
    ['speaks of another thing', says('HTTP/1.1 200 OK\r\n\r\n')],
    ['does not stop speaking', (socket) => void socket.write(Buffer.alloc(100_000, 'stream: OK\0'))],
    ['says an error before it has read all', (socket) => void socket.end('Command read timed out\0')],
    ['says it slowly and not to the end', (socket, all) => void (whole(all) && socket.write('stream: '))],
  ])('%s: is not believed', async (_what, answer) => {
    const { server, address } = await peer(answer);
    expect(await wordOf(address, png('x'))).toBe('SCAN_SILENT');
    server.close();
  });

  it('is not there: is not believed', async () => {
    const { server, address } = await peer(() => undefined);
    server.close();
    await once(server, 'close');
    expect(await wordOf(address, png('x'))).toBe('SCAN_SILENT');
    expect(await wordOf('/nowhere/clamd.sock', png('x'))).toBe('SCAN_SILENT');
  });

  it('is heard where it finds something before it has read all', async () => {
    const { server, address } = await peer((socket) => socket.end('stream: Win.Test.EICAR_HDB-1 FOUND\0'));
    expect(await wordOf(address, randomBytes(3_000_000))).toBe('FILE_INFECTED');
    server.close();
  });
});

describe('the address of a scanner', () => {
  it.each(['clamd.example.cn', 'clamd:', 'clamd:x', 'run/clamd.ctl', 'http://clamd:3310'])('%s is refused', (CLAMD) => {
    expect(() => loadConfig({ DATA_DIR: folder, CLAMD })).toThrow('CLAMD: is no host:port and no path of a socket');
  });
});
