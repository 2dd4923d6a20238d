import { hash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrations } from '../../migrations';
import { backUp } from '../../src/cli/backup/back-up';
import { heapFile, readHeap } from '../../src/cli/backup/heap-files';
import { heapsOf } from '../../src/cli/backup/heaps';
import { readManifest } from '../../src/cli/backup/manifest';
import type { Piece } from '../../src/cli/backup/pieces';
import { restore } from '../../src/cli/backup/restore';
import { loadConfig, type Config } from '../../src/config';
import { openFiles } from '../../src/store/files/open';
import { wholeFile, type KeptFile } from '../../src/store/files/sealed-files';
import { jpeg, pdf, png } from '../documents/support/bytes';
import { until } from '../documents/support/office';
import { emptyDatabase, type TestDatabase } from '../support/database';
import { testFolder } from '../support/folder';
import { startObjectStore } from '../support/object-store';
import { buildHub, runHub } from '../support/program';
import { openDesk, type Desk } from './support/desk';

const KEY = Buffer.alloc(32, 7);
const LIMIT_MS = 180_000;
const folder = testFolder();
const names = migrations.map(({ name }) => name);
let office: Desk;
const handed = new Map<string, Buffer>();
beforeAll(async () => {
  office = await openDesk({});
  const { desk, staff, application, running } = office;
  for (const content of [png(randomUUID()), jpeg(randomUUID()), pdf('x'.repeat(3_000_000))]) {
    const { body } = await desk.handIn(staff.committee, application, content);
    handed.set(body.id as string, content);
  }
  for (let n = 0; n < 3; n += 1) {
    const message = {
      id: randomUUID(),
      personId: randomUUID(),
      kind: 'APPROVED',
      body: '批准',
      resultOn: '2026-11-01',
    };
    await running.hub.channel.deliver(message);
  }
}, LIMIT_MS);
afterAll(() => office.running.close());

const outboxIn = ({ dataDir }: Pick<Config, 'dataDir'>): [string, string][] => {
  const root = join(dataDir, 'outbox');
  if (!existsSync(root)) return [];
  return readdirSync(root).map((name) => [name, readFileSync(join(root, name), 'utf8')]);
};
const fileIn = ({ dataDir }: Pick<Config, 'dataDir'>, id: string): string => join(dataDir, 'files', id.slice(0, 2), id);

async function backedUp(): Promise<{ from: string; said: string[] }> {
  const { hub, base } = office.running;
  const [from, said] = [join(folder, randomUUID()), [] as string[]];
  const heaps = heapsOf(hub.config, hub.seal);
  await backUp({ ownerUrl: base.ownerUrl, folder: from, key: KEY, heaps, say: (line) => said.push(line) });
  return { from, said };
}

interface Restored {
  readonly into: TestDatabase | Awaited<ReturnType<typeof emptyDatabase>>;
  readonly config: Config;
  readonly again: () => Promise<unknown>;
}

/** A new hub's database and folder, and what restores into them. */
async function inNew(from: string, env: NodeJS.ProcessEnv, work: (restored: Restored) => Promise<void>): Promise<void> {
  const into = await emptyDatabase();
  const config = loadConfig({ DATA_DIR: join(folder, randomUUID()), ...env });
  const heaps = heapsOf(config, office.running.hub.seal);
  const { roleKey } = office.running.base;
  const plan = { ownerUrl: into.ownerUrl, folder: from, key: KEY, roleKey, migrations: names, heaps };
  try {
    await work({ into, config, again: () => restore({ ...plan, say: () => undefined }) });
  } finally {
    await into.close();
  }
}

const DOCUMENTS = 'select id, sealed_key as "sealedKey", sha256, bytes from application_document order by id';

/** What was handed in, as the restored rows and the restored store give it. */
async function opened({ into, config }: Restored): Promise<Map<string, Buffer>> {
  const { seal, log } = office.running.hub;
  const { rows } = await into.owner.query<KeptFile>(DOCUMENTS);
  const files = openFiles(config);
  const contents = rows.map(async (kept) => [kept.id, await wholeFile({ files, seal, log }, kept)] as const);
  return new Map(await Promise.all(contents));
}
const sorted = (of: Map<string, Buffer>) => [...of].sort(([one], [other]) => (one < other ? -1 : 1));

describe('a backup', () => {
  it(
    'brings back every document byte for byte, and what was sent, over what a restore that fell has left and a file that was spoilt',
    async () => {
      const { from } = await backedUp();
      await inNew(from, {}, async (restored) => {
        const [whole, spoilt] = [...handed.keys()] as [string, string];
        for (const id of [whole, spoilt]) {
          const stands = readFileSync(fileIn(office.running.hub.config, id));
          mkdirSync(join(fileIn(restored.config, id), '..'), { recursive: true });
          writeFileSync(fileIn(restored.config, id), id === whole ? stands : flippedOf(stands));
        }
        await restored.again();
        expect(sorted(await opened(restored))).toEqual(sorted(handed));
        expect(outboxIn(restored.config)).toEqual(outboxIn(office.running.hub.config));
        expect(outboxIn(restored.config)).toHaveLength(3);
      });
    },
    LIMIT_MS,
  );

  it('goes into a bucket as well as into a folder', async () => {
    const { from } = await backedUp();
    const bucket = await startObjectStore();
    const { seal, config } = office.running.hub;
    const elsewhere = loadConfig({ DATA_DIR: join(folder, randomUUID()), ...bucket.settings });
    const [heap] = heapsOf(elsewhere, seal);
    const manifest = readManifest(from, KEY);
    const put = ({ name, content }: Piece) => heap!.put(name, content);
    for (let twice = 0; twice < 2; twice += 1)
      await readHeap(manifest, manifest.heaps[0]!, { folder: from, key: KEY }, put);
    for (const id of handed.keys()) {
      const pieces: Buffer[] = [];
      for await (const piece of openFiles(elsewhere).get(id)) pieces.push(piece);
      expect(Buffer.concat(pieces).equals(readFileSync(fileIn(config, id)))).toBe(true);
    }
    await bucket.close();
  });

  it('is sealed: neither a document nor a message lies in it in clear', async () => {
    const { from } = await backedUp();
    for (const name of ['files', 'outbox']) {
      const content = readFileSync(heapFile(from, name));
      for (const clear of ['%PDF', 'IHDR', 'APPROVED', '批准']) expect(content.includes(clear)).toBe(false);
    }
  });

  it('names each document that is missing or is not what was handed in, and keeps the others', async () => {
    const { config } = office.running.hub;
    const [missing, broken] = [...handed.keys()].map((id) => fileIn(config, id)) as [string, string];
    const was = [missing, broken].map((path) => readFileSync(path));
    rmSync(missing);
    const flipped = Buffer.from(was[1]!);
    flipped[flipped.length >> 1]! ^= 1;
    writeFileSync(broken, flipped);
    const { said } = await backedUp();
    [missing, broken].forEach((path, at) => writeFileSync(path, was[at]!));
    const told = said.filter((line) => line.includes('IS MISSING OR BROKEN'));
    expect(told.map((line) => line.split(' ')[1]).sort()).toEqual([...handed.keys()].slice(0, 2).sort());
    expect(said).toContain('files: 1');
  });

  it.each<[string, (path: string) => void, RegExp]>([
    [
      'changed in one bit',
      (path) => writeFileSync(path, flippedOf(readFileSync(path))),
      /files of the backup were changed/,
    ],
    [
      'cut short',
      (path) => writeFileSync(path, readFileSync(path).subarray(0, -20)),
      /files of the backup were changed/,
    ],
    ['missing', (path) => rmSync(path), /its files are missing/],
    ['of another backup', (path) => writeFileSync(path, readFileSync(heapFile(other, 'files'))), /were changed/],
  ])('whose files are %s is not restored, and nothing is touched', async (_what, spoil, refusal) => {
    other ||= (await backedUp()).from;
    const { from } = await backedUp();
    spoil(heapFile(from, 'files'));
    await inNew(from, {}, async ({ into, config, again }) => {
      await expect(again()).rejects.toThrow(refusal);
      expect((await into.owner.query(`select from pg_tables where schemaname = 'public'`)).rowCount).toBe(0);
      expect([existsSync(join(config.dataDir, 'files')), outboxIn(config)]).toEqual([false, []]);
    });
  });

  it(
    'that is killed on its way is no backup, and the one before it stays whole',
    async () => {
      buildHub();
      const { from } = await backedUp();
      const before = hashesIn(from);
      const { config, seal } = office.running.hub;
      const { ownerUrl } = office.running.base;
      const settings = { DATA_DIR: config.dataDir, DATABASE_URL: ownerUrl, HUB_BACKUP_KEY: KEY.toString('base64') };
      const later = join(folder, 'killed');
      const program = runHub(['backup', later], {
        ...settings,
        HUB_ROLE_KEY: office.running.base.roleKey.toString('base64'),
      });
      const begun = () => existsSync(later) && readdirSync(later).length > 0;
      await until(() => begun() || program.child.exitCode !== null);
      await program.end('SIGKILL');
      expect(program.said()).not.toMatch(/Error|cannot/);
      expect([begun(), existsSync(join(later, 'manifest.json'))]).toEqual([true, false]);
      await inNew(later, {}, ({ again }) => expect(again()).rejects.toThrow(/no finished backup/));
      expect(hashesIn(from)).toEqual(before);
      const heaps = heapsOf(config, seal);
      const again = { ownerUrl, folder: later, key: KEY, heaps, say: () => undefined };
      await expect(backUp(again)).rejects.toThrow(/is not empty/);
    },
    LIMIT_MS,
  );
});

const hashesIn = (path: string): [string, string][] =>
  readdirSync(path).map((name) => [name, hash('sha256', readFileSync(join(path, name)))]);
let other = '';
function flippedOf(content: Buffer): Buffer {
  const flipped = Buffer.from(content);
  flipped[flipped.length >> 1]! ^= 1;
  return flipped;
}
