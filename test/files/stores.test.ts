import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { loadConfig } from '../../src/config';
import type { FileStore } from '../../src/store/files/file-store';
import { openFiles } from '../../src/store/files/open';
import { testFolder } from '../support/folder';
import { startObjectStore, type TestObjectStore } from '../support/object-store';

const folder = testFolder();
/** `npm run long:files` with FILES_… set asks a store of one's own beside these two. */
const OWN = process.env.FILES_STORE ? { ...process.env } : undefined;
let bucket: TestObjectStore;
beforeAll(async () => void (bucket = await startObjectStore()));
afterAll(() => bucket.close());

const KINDS: [string, () => NodeJS.ProcessEnv][] = [
  ['a folder', () => ({})],
  ['a bucket', () => bucket.settings],
];
if (OWN) KINDS.push([`the bucket ${OWN.FILES_STORE}`, () => OWN]);

async function* pieces(...parts: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* parts;
}
async function* broken(): AsyncGenerator<Buffer> {
  yield randomBytes(100_000);
  throw new Error('the line went');
}
async function all(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
async function idsIn(store: FileStore): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of store.list()) ids.push(id);
  return ids.sort();
}

describe.each(KINDS)('files in %s', (_kind, env) => {
  let store: FileStore;
  beforeAll(() => {
    store = openFiles(loadConfig({ DATA_DIR: join(folder, randomUUID()), ...env() }));
  });

  it.each([0, 1, 65_536, 3_000_000])('come back byte for byte: %i bytes [IM-4]', async (length) => {
    const [id, content] = [randomUUID(), randomBytes(length)];
    await store.put(id, pieces(content.subarray(0, length >> 1), content.subarray(length >> 1)));
    expect((await all(store.get(id))).equals(content)).toBe(true);
    await store.remove(id);
  });

  it('are not written over', async () => {
    const id = randomUUID();
    await store.put(id, pieces(Buffer.from('one')));
    await expect(store.put(id, pieces(Buffer.from('two')))).rejects.toThrow('there is such a file');
    expect((await all(store.get(id))).toString()).toBe('one');
    await store.remove(id);
  });

  it('whose body breaks off are not there, and nothing of them is', async () => {
    const id = randomUUID();
    await expect(store.put(id, broken())).rejects.toThrow('the line went');
    expect(await idsIn(store)).not.toContain(id);
    await expect(all(store.get(id))).rejects.toThrow();
  });

  it('are listed with the hour they came, and once removed no more, however often that is said', async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID()).sort();
    const before = Date.now();
    for (const id of ids) await store.put(id, pieces(Buffer.from(id)));
    expect(await idsIn(store)).toEqual(ids);
    for await (const { at } of store.list()) expect(Math.abs(at.getTime() - before)).toBeLessThan(60_000);
    for (const id of [...ids, ...ids]) await store.remove(id);
    expect(await idsIn(store)).toEqual([]);
    await expect(all(store.get(ids[0]!))).rejects.toThrow();
  });

  it.each(['../../etc/passwd', 'x', '', `${randomUUID()}/../x`, randomUUID().toUpperCase()])(
    'have ids of the hub and no other name: %s',
    async (id) => {
      await expect(store.put(id, pieces(Buffer.from('x')))).rejects.toThrow('not an id of the hub');
      await expect((async () => all(store.get(id)))()).rejects.toThrow('not an id of the hub');
      await expect((async () => store.remove(id))()).rejects.toThrow('not an id of the hub');
    },
  );
});
