import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectors } from '../../connectors';
import { police } from '../../connectors/police/connector';
import type { Answer } from '../../src/exchange/contract';
import { factsOf } from '../../src/exchange/fact';
import { NO_FILES } from '../../src/exchange/sandbox/mode';
import { PURPOSE } from '../exchange/support/family';
import { smallHub, type SmallHub } from '../exchange/support/hub';
import { ABSENT, KNOWN, smallSandbox, type SmallSandbox } from '../sandbox/support/world';

const FIELDS = [...factsOf(police.record).keys()];
const PATIENCE = { timeout: 4_000, retries: 0 };
let hub: SmallHub;

const exchangeAt = (url: string) => hub.exchange({ connectors, settings: { police: { url } }, patience: PATIENCE });
async function askAt(
  url: string,
): Promise<{ answers: Answer[]; collect(): Promise<Answer[]>; close(): Promise<void> }> {
  const { asks } = await hub.family([KNOWN, ABSENT]);
  const exchange = exchangeAt(url);
  const ask = async () => {
    const answers = await exchange.ask({ source: 'police', purpose: PURPOSE, fields: FIELDS, asks }, hub.session);
    return asks.map(({ personId }) => answers.get(personId)!);
  };
  const collect = async () => {
    hub.time.now = new Date(hub.time.now.getTime() + 5_000);
    return ask();
  };
  return { answers: await ask(), collect, close: () => exchange.close() };
}

const said = (answers: readonly Answer[]) => answers.map(({ status, reason }) => [status, reason]);
const FAULT = ['UNAVAILABLE', 'SOURCE_FAULT'];
const GOOD = [
  ['FOUND', null],
  ['NOT_FOUND', null],
];

describe.each(['sftp', 'folder'] as const)('parcels by %s', (by) => {
  let small: SmallSandbox;
  let url: string;
  /** The folder both sides see; over SFTP only the police do. */
  let root: string;
  beforeAll(async () => {
    hub = await smallHub();
    process.env.SANDBOX_POLICE_BY = by;
    small = await smallSandbox();
    delete process.env.SANDBOX_POLICE_BY;
    await small.sandbox.control.set('police', { readyAfterMs: 0 });
    url = small.sandbox.agencies.police!.url!;
    root = by === 'folder' ? fileURLToPath(url) : small.folderOf('police');
  });
  beforeEach(() => small.sandbox.control.set('police', { mode: 'ok' }));
  afterAll(() => Promise.all([hub.close(), small.close()]));

  const namesIn = (folder: string) => readdirSync(join(root, folder)).sort();
  /** In a shared folder the police look around at their own pace. */
  async function answered(asked: Awaited<ReturnType<typeof askAt>>): Promise<Answer[]> {
    let answers = asked.answers;
    while (answers.some(({ status }) => status === 'PENDING')) answers = await asked.collect();
    return answers;
  }

  it('bring answers that differ in nothing from those of an agency with an API, and are cleared away', async () => {
    const asked = await askAt(url);
    expect(said(await answered(asked))).toEqual(GOOD);
    await asked.close();
    expect([namesIn('requests'), namesIn('taken'), namesIn('answers')]).toEqual([[], [], []]);
  });

  it.each(['bad-hash', 'cut-file', 'gb18030', 'drift', 'empty', 'lying'] as const)(
    '(%s) cost what they hold, and nothing of them is believed',
    async (mode) => {
      await small.sandbox.control.set('police', { mode });
      const [known] = await answered(await askAt(url));
      expect(said([known!])).toEqual([FAULT]);
      expect(known!.retryAt).not.toBeNull();
    },
  );

  it.each(['no-manifest', 'half-uploaded'] as const)('(%s) are not read before they are complete', async (mode) => {
    await small.sandbox.control.set('police', { mode });
    const asked = await askAt(url);
    for (const answers of [asked.answers, await asked.collect(), await asked.collect()])
      expect(answers.map(({ status }) => status)).toEqual(['PENDING', 'PENDING']);
    await small.sandbox.control.set('police', { mode: 'ok' });
    expect(said(await answered(asked))).toEqual(GOOD);
  });

  it('asked with one byte changed on the way is taken by nobody', async () => {
    small.sandbox.control.resetCounts();
    mkdirSync(join(root, 'requests'), { recursive: true });
    writeFileSync(join(root, 'requests', 'forged.csv'), '查询编号,公民身份号码\r\n');
    writeFileSync(join(root, 'requests', 'forged.json'), JSON.stringify({ format: 'anju-parcel/1', id: 'forged' }));
    expect(said(await answered(await askAt(url)))).toEqual(GOOD);
    expect(small.sandbox.control.state('police').counts).toMatchObject({ calls: 1, refused: 1 });
  });

  it('left behind for longer than an answer may take are swept away', async () => {
    const old = join(root, 'answers', 'R1-left.csv');
    writeFileSync(old, KNOWN.idNumber);
    utimesSync(old, new Date('2025-10-01'), new Date('2025-10-01'));
    const asked = await askAt(url);
    await answered(asked);
    await asked.close();
    expect(namesIn('answers')).toEqual([]);
  });
});

describe('the mailbox', () => {
  let small: SmallSandbox;
  beforeAll(async () => {
    [hub, small] = await Promise.all([smallHub(), smallSandbox()]);
    await small.sandbox.control.set('police', { readyAfterMs: 0 });
  });
  afterAll(() => Promise.all([hub.close(), small.close()]));

  const changed = (change: (url: URL) => void) => {
    const url = new URL(small.sandbox.agencies.police!.url!);
    change(url);
    return url.href;
  };

  it.each([
    ['another host key', (url: URL) => url.searchParams.set('hostKey', `SHA256:${'A'.repeat(43)}`)],
    ['no host key', (url: URL) => url.searchParams.delete('hostKey')],
  ])('with %s than the one agreed is not spoken to', async (_what, change) => {
    small.sandbox.control.resetCounts();
    const { answers } = await askAt(changed(change));
    expect(said(answers)).toEqual([
      ['UNAVAILABLE', 'HOST_KEY_UNKNOWN'],
      ['UNAVAILABLE', 'HOST_KEY_UNKNOWN'],
    ]);
    expect(small.sandbox.control.state('police').counts).toMatchObject({ calls: 0, refused: 0 });
  });

  it('that turns the hub away is a refusal', async () => {
    const { answers } = await askAt(changed((url) => (url.password = 'wrong')));
    expect(said(answers)[0]).toEqual(['REFUSED', 'SOURCE_REFUSED']);
  });

  it('is reopened after its connection broke', async () => {
    const { asks } = await hub.family([KNOWN]);
    const exchange = exchangeAt(small.sandbox.agencies.police!.url!);
    const ask = (fields: string[]) =>
      exchange
        .ask({ source: 'police', purpose: PURPOSE, fields, asks }, hub.session)
        .then((all) => [...all.values()][0]!);
    expect((await ask(['hukouPlace'])).status).toBe('FOUND');
    await small.sandbox.control.set('police', { mode: 'down' });
    expect((await ask(['hukouSince'])).status).toBe('UNAVAILABLE');
    await small.sandbox.control.set('police', { mode: 'ok' });
    expect((await ask(['hukouKind'])).status).toBe('FOUND');
  });

  it('and its files are their owner’s alone, its host key kept', async () => {
    const key = join(small.folderOf('police'), '..', 'exchange.host-key');
    const before = readFileSync(key, 'utf8');
    expect([statSync(key).mode & 0o777, statSync(small.folderOf('police')).mode & 0o077]).toEqual([0o600, 0]);
    expect(before).toContain('OPENSSH PRIVATE KEY');
  });
});

describe('modes of files', () => {
  it('belong to agencies that exchange files', async () => {
    const small = await smallSandbox();
    const { url, token } = small.sandbox.control;
    const put = (agency: string, mode: string) =>
      fetch(`${url}/agencies/${agency}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ mode }),
      }).then(({ status }) => status);
    for (const mode of Object.keys(NO_FILES))
      expect([await put('police', mode), await put('property', mode)]).toEqual([200, 400]);
    await small.close();
  });
});

describe('a hub at work', () => {
  it('loads no agency of the sandbox and no SSH server', () => {
    const script = `require('reflect-metadata'); require('./connectors');
      console.log(Object.keys(require.cache).filter((file) => /sandbox/.test(file.slice(process.cwd().length))).join());`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-r', '@swc-node/register', '-e', script], {
      encoding: 'utf8',
    });
    expect([stdout.trim(), stderr]).toEqual(['', '']);
  });
});
