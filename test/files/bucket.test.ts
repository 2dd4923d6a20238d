import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sweepFiles } from '../../src/jobs/sweep-files';
import { pdf, png } from '../documents/support/bytes';
import { startObjectStore, type Door, type TestObjectStore } from '../support/object-store';
import { openDesk, type Desk } from './support/desk';

const HOUR_MS = 3_600_000;
let ahead = 0;
let bucket: TestObjectStore;
let running: Desk['running'];
let desk: Desk['desk'];
let staff: Desk['staff'];
let application: string;
beforeAll(async () => {
  bucket = await startObjectStore();
  const settings = { ...bucket.settings, FILES_ANSWER_SECONDS: '4' };
  ({ running, desk, staff, application } = await openDesk(settings, () => new Date(Date.now() + ahead)));
});
afterAll(async () => {
  await running.close();
  await bucket.close();
});
afterEach(() => bucket.door('open'));

const records = async () =>
  (await running.base.owner.query<{ id: string }>('select id from application_document order by id')).rows.map(
    ({ id }) => id,
  );
async function stored(): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of running.hub.files.list()) ids.push(id);
  return ids.sort();
}
async function sweep(): Promise<void> {
  ahead = 25 * HOUR_MS;
  await sweepFiles.run({}, running.hub, new AbortController().signal).finally(() => (ahead = 0));
}
const below = (name: string): string[] => {
  const root = join(running.hub.config.dataDir, name);
  return existsSync(root)
    ? readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.length > 2)
    : [];
};
const FAULTS: Door[] = ['down', 'silent', 'failing', 'cut in coming'];

describe('a hub whose files lie in a bucket', () => {
  it('takes documents and gives them back, sealed and checked, and nothing of them lies on its own disk [IM-4]', async () => {
    const marker = randomUUID();
    const content = pdf(marker.repeat(10_000));
    bucket.heard();
    const { status, body } = await desk.handIn(staff.committee, application, content);
    expect(status).toBe(201);
    expect(bucket.heard()).toEqual(
      ['HEAD', 'PUT', 'GET'].map((verb) => `${verb} /anju-files/hub/${body.id as string}`),
    );
    const got = await desk.get(staff.county, body.id as string);
    expect(Buffer.from(await got.arrayBuffer()).equals(content)).toBe(true);
    const pieces: Buffer[] = [];
    for await (const piece of running.hub.files.get(body.id as string)) pieces.push(piece);
    expect(Buffer.concat(pieces).includes(marker)).toBe(false);
    expect([below('files'), below('spool')]).toEqual([[], []]);
  });

  it.each(FAULTS)('refuses a document while its bucket is %s, says so, and nothing is written down', async (fault) => {
    const before = await records();
    bucket.door(fault);
    const { status, refused, body } = await desk.handIn(staff.committee, application, png(randomUUID()));
    expect([status, refused]).toEqual([503, 'FILES_SILENT']);
    expect(JSON.stringify(body)).toContain('重新提交');
    bucket.door('open');
    expect(await records()).toEqual(before);
    expect(below('spool')).toEqual([]);
    expect((await desk.handIn(staff.committee, application, png(randomUUID()))).status).toBe(201);
    await sweep();
    expect(await stored()).toEqual(await records());
  });

  it.each<[Door, number, string]>([
    ['cut in going', 503, 'FILES_SILENT'],
    ['flipped', 500, 'FILE_BROKEN'],
  ])('takes no document that it does not read back as it was: %s', async (fault, status, code) => {
    const before = await records();
    bucket.door(fault);
    const handed = await desk.handIn(staff.committee, application, pdf('x'.repeat(200_000)));
    expect([handed.status, handed.refused?.split(' ')[0]]).toEqual([status, code]);
    bucket.door('open');
    expect(await records()).toEqual(before);
    expect(await stored()).toEqual(before);
  });

  it.each<[Door, number, string]>([
    ...(['down', 'silent', 'failing', 'cut in going'] as const).map((fault): [Door, number, string] => [
      fault,
      503,
      'FILES_SILENT',
    ]),
    ['flipped', 500, 'FILE_BROKEN'],
  ])(
    'sends not a byte of a document that comes out of it %s, and says when to ask again',
    async (fault, status, code) => {
      const { body } = await desk.handIn(staff.committee, application, pdf('x'.repeat(200_000)));
      bucket.door(fault);
      const answer = await desk.get(staff.county, body.id as string);
      expect(answer.headers.has('retry-after')).toBe(status === 503);
      const heard = await desk.heard(answer);
      expect([heard.status, heard.refused?.split(' ')[0]]).toEqual([status, code]);
      bucket.door('open');
      expect((await desk.get(staff.county, body.id as string)).status).toBe(200);
    },
  );

  it('says nothing of its key or its signature in its log', () => {
    expect(running.logged.length).toBeGreaterThan(0);
    expect(running.logged.join('\n')).not.toMatch(/Signature=|Credential=|S3RVER/);
  });
});
