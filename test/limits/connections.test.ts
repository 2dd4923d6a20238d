import { connect, type Socket } from 'node:net';
import { openStage, type Stage } from '../server/support/stage';
import { FAULTS } from '../../src/errors';
import { tree } from './support/tree';
import { NOTHING, refusedBy, watchHub } from './support/watch';

let stage: Stage;
let token: string;
let deeds: ReturnType<typeof watchHub>;
/** What the hub takes for a fault of its own. */
let errors: jest.SpyInstance;
beforeAll(async () => {
  const settings = { LIMIT_HEADER_SECONDS: '1', LIMIT_REQUEST_SECONDS: '1', LIMIT_IDLE_SECONDS: '1' };
  stage = await openStage({ subgraphs: [tree], settings });
  token = await stage.issuer.mint();
  deeds = watchHub(stage.hub);
  errors = jest.spyOn(stage.hub.log, 'error');
});
afterAll(() => stage.close());

/** What the hub says until it hangs up. `speak` writes; it may go on until then. */
function heard(speak: (socket: Socket) => void): Promise<string> {
  const { hostname, port } = new URL(stage.url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => speak(socket));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined).once('close', () => resolve(text));
  });
}

/** A byte whenever the last one has gone and a little time has passed, for as long as the connection stands. */
const drip = (socket: Socket): void => {
  const dripping = setInterval(() => socket.write(' '), 20);
  socket.once('close', () => clearInterval(dripping));
};

const head = (path: string, length: number): string =>
  `POST ${path} HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

function expectRefusal(text: string, code: keyof typeof FAULTS): void {
  const [first = '', body = ''] = [text.split('\r\n')[0], text.split('\r\n\r\n')[1]];
  expect(first).toMatch(new RegExp(`^HTTP/1.1 ${FAULTS[code].http} `));
  expect(JSON.parse(body).errors[0].extensions).toMatchObject({ code, remedy: FAULTS[code].remedy });
}

const slow = (path: string) =>
  heard((socket) => {
    socket.write(head(path, 100_000));
    drip(socket);
  });

/** All at once: each waits for the hub to lose its patience. */
async function converse() {
  const [body, others, headers, mute, idle] = await Promise.all([
    slow('/graphql'),
    Promise.all(['/oauth/token', '/nowhere'].map(slow)),
    heard((socket) => {
      socket.write('POST /graphql HTTP/1.1\r\nx-slow: ');
      drip(socket);
    }),
    heard(() => undefined),
    heard((socket) => socket.write('GET /healthz HTTP/1.1\r\nhost: hub\r\n\r\n')),
  ]);
  return { body, others, headers, mute, idle, deeds: deeds.since() };
}

describe('a connection', () => {
  let said: Awaited<ReturnType<typeof converse>>;
  beforeAll(async () => void (said = await converse()));

  it('that sends its body byte by byte is cut off with 408, and nothing ran', async () => {
    expectRefusal(said.body, 'REQUEST_TIMEOUT');
    expect(said.deeds).toEqual(NOTHING);
    expect((await refusedBy(stage.url)).LIMIT_REQUEST_SECONDS).toBeGreaterThan(0);
    expect(errors).not.toHaveBeenCalled();
  });

  it('that does so where a body is refused unread is closed too', () => {
    for (const text of said.others) expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it('that sends its headers byte by byte is cut off with 408', () => expectRefusal(said.headers, 'REQUEST_TIMEOUT'));

  it('that says nothing at all, or nothing more after an answer, is closed', () => {
    expect(said.mute).toMatch(/^$|^HTTP\/1\.1 408 /);
    expect(said.idle).toMatch(/^HTTP\/1\.1 200 [^]*Keep-Alive: timeout=1\r\n/);
  });

  it('with more headers than fit is refused with 431', async () => {
    const text = await heard((socket) =>
      socket.write(`GET /healthz HTTP/1.1\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`),
    );
    expectRefusal(text, 'HEADERS_TOO_LARGE');
  });

  it('that speaks no HTTP is refused with 400', async () => {
    expectRefusal(await heard((socket) => socket.write('hello hub\r\n\r\n')), 'MALFORMED_REQUEST');
  });
});
