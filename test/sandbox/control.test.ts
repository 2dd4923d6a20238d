import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { forkSandbox } from '../../src/cli/sandbox-fork';
import { registerSandbox } from '../../src/cli/sandbox';
import { sandboxSecret } from '../../src/exchange/sandbox/secret';
import { controlClient } from '../../src/exchange/sandbox/control-client';
import { readControlAddress, removeControlAddress, writeControlAddress } from '../../src/exchange/sandbox/control-file';
import { testCluster } from '../support/cluster';
import { batchOf, handIn, tokenOf } from './support/civil-affairs';
import { politely, signed, unitQuery } from './support/property';
import { dial, leaveRequest } from './support/police';
import { askFund } from './support/provident-fund';
import { postSoap, queryVehicles } from './support/vehicle';
import { ABSENT, KNOWN, OTHER, smallSandbox, type SmallSandbox } from './support/world';

describe('the control of the sandbox', () => {
  let small: SmallSandbox;
  const dataDir = mkdtempSync(join(tmpdir(), 'anju-sandbox-'));
  beforeAll(async () => (small = await smallSandbox()));
  afterAll(async () => {
    await small.close();
    rmSync(dataDir, { recursive: true });
  });

  const call = (path: string, init: RequestInit = {}, token = small.sandbox.control.token) =>
    politely(small.sandbox.control.url + path, { ...init, headers: { authorization: `Bearer ${token}` } });

  /** Runs `hub sandbox …` against `dataDir` and returns what a person would see. */
  async function hub(...words: string[]): Promise<{ out: string; err: string; code: number }> {
    const program = new Command().exitOverride();
    registerSandbox(program);
    const [out, err] = [jest.spyOn(process.stdout, 'write'), jest.spyOn(process.stderr, 'write')];
    for (const stream of [out, err]) stream.mockImplementation(() => true);
    process.env.DATA_DIR = dataDir;
    try {
      await program.parseAsync(['sandbox', ...words], { from: 'user' });
      const said = [out, err].map((stream) => stream.mock.calls.map(([text]) => String(text)).join(''));
      return { out: said[0]!, err: said[1]!, code: Number(process.exitCode ?? 0) };
    } finally {
      process.exitCode = undefined;
      delete process.env.DATA_DIR;
      out.mockRestore();
      err.mockRestore();
    }
  }

  it('counts calls, people and fields of every agency, and shows no citizen number and no name', async () => {
    small.sandbox.control.resetCounts();
    const people = [KNOWN, ABSENT];
    const leak = { ...unitQuery(people, ['floorArea']), purpose: `of ${OTHER.idNumber}` };
    await politely(...signed(small, leak));
    await postSoap(small, queryVehicles(small, people, ['PlateNo']));
    await handIn(small, await tokenOf(small), batchOf(people, ['marital']));
    await askFund(small, people, ['months_paid']);
    const mailbox = await dial(small, 5_000);
    await leaveRequest(mailbox, 'counted', people, ['户口类别']);
    await mailbox.end();
    const text = await (await call('/agencies')).text();
    const states: Record<string, { counts: object }> = JSON.parse(text);
    const fields = {
      property: 'floorArea',
      vehicle: 'PlateNo',
      'civil-affairs': 'marital',
      'provident-fund': 'months_paid',
      police: '户口类别',
    };
    for (const [agency, field] of Object.entries(fields)) {
      expect(states[agency]!.counts).toMatchObject({ calls: 1, people: 2, refused: 0, fields: { [field]: 1 } });
    }
    for (const { idNumber, name } of [KNOWN, ABSENT, OTHER]) {
      expect(text).not.toContain(idNumber.slice(0, 17));
      expect(text).not.toContain(name);
    }
  });

  it('does nothing for a wrong token, an unknown agency, an unknown mode or an unknown switch', async () => {
    const put = (agency: string, body: object, token?: string) =>
      call(`/agencies/${agency}`, { method: 'PUT', body: JSON.stringify(body) }, token);
    expect((await put('vehicle', { mode: 'down' }, 'wrong')).status).toBe(401);
    expect((await put('customs', { mode: 'down' })).status).toBe(404);
    expect((await put('vehicle', { mode: 'asleep' })).status).toBe(400);
    expect((await put('vehicle', { mode: 'bad-hash' })).status).toBe(400); // exchanges no files
    expect((await put('vehicle', { speed: 1 })).status).toBe(400);
    expect((await put('vehicle', { delayMs: -1 })).status).toBe(400);
    expect(small.sandbox.control.state('vehicle').mode).toBe('ok');
  });

  it('is reached by the command line through sandbox.json, which only its owner can read', async () => {
    writeControlAddress(dataDir, small.sandbox.control);
    expect(statSync(join(dataDir, 'sandbox.json')).mode & 0o777).toBe(0o600);
    expect((await hub('set', 'vehicle', '--mode', 'slow', '--delay', '20')).out).toMatch(/^vehicle +slow +延时 20 ms/);
    expect(small.sandbox.control.state('vehicle')).toMatchObject({ mode: 'slow', delayMs: 20 });
    expect((await hub('status')).out.split('\n')).toHaveLength(6);
    expect(JSON.parse((await hub('status', '--json')).out)).toMatchObject({
      vehicle: { mode: 'slow' },
      property: { mode: 'ok' },
    });
    await hub('set', 'vehicle', '--mode', 'ok', '--delay', '0');
    expect(small.sandbox.control.state('vehicle')).toMatchObject({ mode: 'ok', delayMs: 0 });
    expect(await hub('set', 'customs', '--mode', 'ok')).toMatchObject({
      code: 1,
      err: expect.stringContaining('police、property'),
    });
  });

  it('says what to do where no sandbox runs', async () => {
    removeControlAddress(dataDir);
    expect(await hub('status')).toMatchObject({ code: 1, err: expect.stringContaining('npm start') });
    writeControlAddress(dataDir, { url: 'http://127.0.0.1:9', token: 'x' });
    expect(await hub('status')).toMatchObject({ code: 1, err: expect.stringContaining('npm start') });
  });

  it('lives in a process of its own too, and that process ends with its parent’s word', async () => {
    const secret = sandboxSecret(Buffer.from(testCluster().roleKey, 'base64'));
    const child = await forkSandbox({ worldUrl: small.worldUrl, secret, logLevel: 'silent', dataDir });
    expect(child.agencies.property!.key).toBe(small.sandbox.agencies.property!.key);
    await child.control.set('property', { mode: '500' });
    expect((await controlClient(readControlAddress(dataDir)!).states()).property!.mode).toBe('500');
    await child.close();
    expect(readControlAddress(dataDir)).toBeNull();
    await expect(child.control.states()).rejects.toThrow();
  });

  it('reports a sandbox that cannot start', async () => {
    const nowhere = new URL(small.worldUrl);
    nowhere.pathname = '/no_such_world';
    await expect(forkSandbox({ worldUrl: nowhere.href, secret: Buffer.alloc(32), logLevel: 'silent' })).rejects.toThrow(
      'no_such_world',
    );
  });
});
