import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { witnessPublicities } from '../../src/jobs/witness-publicities';
import { admission, staffOf } from '../admission/office-of';
import { UNCOUNTED } from '../server/support/stage';
import { honestFiles, type File } from '../support/files';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';

const DAY_MS = 86_400_000;
/** Days of the first publicity, by the default of both regions. */
const DAYS = 7;

let ahead = 0;
let running: RunningHub;
let files: File[];
/** A county's own web site: what it shows at /gs; nothing: 404. */
let site: Server;
let shown: string | undefined;
beforeAll(async () => {
  running = await openRunningHub(200, UNCOUNTED, () => new Date(Date.now() + ahead));
  files = (await honestFiles(running)).filter(
    ({ region }) => running.hub.regions.find(region)!.divisionKind === 'DISTRICT',
  );
  site = createServer((_request, response) => response.writeHead(shown === undefined ? 404 : 200).end(shown));
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  site.close();
  await running.close();
});

const looks = () => witnessPublicities.run({}, running.hub, new AbortController().signal);
const pageOf = (id: string, init?: RequestInit) => running.send(`/publicities/${id}`, init);

interface Posted {
  readonly id: string;
  readonly url: string | null;
  readonly state: string;
  readonly postedOn: string;
  readonly lastDay: string;
  readonly settledOn: string;
  readonly snapshotHash: string;
  readonly pageHash: string;
  readonly sightings: readonly { readonly day: string; readonly result: string; readonly times: number }[];
}
const POSTED =
  'id url state postedOn lastDay settledOn snapshotHash pageHash sightings { day result firstAt lastAt times }';

/** An application whose first review was passed and posted, and the publicity as the graph has it. */
async function postedBy(file: File, how: object) {
  const office = admission(running);
  const { street } = staffOf(file, running);
  const { id } = await office.begins(street, file);
  for (const verb of ['submitApplication', 'acceptApplication']) await office.does(street, verb, id);
  await office.does(street, 'passReview', id, { opinion: '属实' });
  await office.does(street, 'postPublicity', id, { place: '公告栏', ...how });
  const publicity = async (who: Who = street): Promise<Posted> => {
    const query = `query ($id: ID!) { application(id: $id) { publicities { ${POSTED} } } }`;
    const { data } = await running.ask<{ application: { publicities: Posted[] } }>(who, query, { variables: { id } });
    return data.application.publicities.at(-1)!;
  };
  return { office, id, street, publicity };
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

describe('a publicity on the net', () => {
  it('runs on days on which an outside witness saw it; is longer by the day on which it was missing; ends, is cleared, and is gone [IM-3.D1] [IM-3.D2]', async () => {
    const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/gs`;
    const { office, id, street, publicity } = await postedBy(files[0]!, { url });
    const begun = await publicity();
    expect(begun).toMatchObject({ url, state: 'RUNNING', sightings: [], settledOn: begun.postedOn });
    expect(begun.lastDay).toBe(dayAfter(begun.postedOn, DAYS));
    /* The county shows the very bytes of the hub's page. */
    const page = await pageOf(begun.id);
    expect(createHash('sha256').update(page.text).digest('hex')).toBe(begun.pageHash);
    for (const day of [1, 2, 3, 4, 5, 6, 7]) {
      ahead += DAY_MS;
      shown = day === 3 ? undefined : page.text;
      await looks();
      await looks();
      await office.periodEnds(street, id);
      expect(office.seen(id)).toMatchObject({ state: 'PUBLICITY' });
    }
    ahead += DAY_MS; // the eighth: by the calendar it would be over
    await office.periodEnds(street, id);
    expect(office.seen(id)).toMatchObject({ state: 'PUBLICITY' });
    expect(await publicity()).toMatchObject({ lastDay: dayAfter(begun.lastDay, 1) });
    expect(await office.refused(street, 'clearPublicity', id)).toBe('ILLEGAL_MOVE applicationId');
    shown = page.text.replace('公示截止', '公示截至'); // one sign of it changed
    await looks();
    ahead += DAY_MS;
    await office.periodEnds(street, id);
    expect(office.seen(id)).toMatchObject({ state: 'PUBLICITY' });
    shown = page.text;
    await looks();
    expect((await pageOf(begun.id)).status).toBe(200);
    ahead += DAY_MS;
    /* Over, though nobody has said so yet. */
    expect((await pageOf(begun.id)).status).toBe(410);
    await office.periodEnds(street, id);
    expect(office.seen(id)).toMatchObject({ state: 'PUBLICITY_ENDED' });
    const over = await publicity();
    expect(over).toMatchObject({ state: 'ENDED', lastDay: dayAfter(begun.lastDay, 2) });
    expect(over.sightings.map(({ result, times }) => `${result} ${times}`)).toEqual([
      ...['SEEN 2', 'SEEN 2', 'GONE 2', 'SEEN 2', 'SEEN 2', 'SEEN 2', 'SEEN 2', 'DIFFERENT 1', 'SEEN 1'],
    ]);
    await office.does(street, 'clearPublicity', id);
    expect(await pageOf(begun.id)).toMatchObject({ status: 410 });
    const kept = await running.base.owner.query('select page from published_publicity where id = $1', [begun.id]);
    expect(kept.rows).toEqual([{ page: null }]);
  });

  it('is read by anybody on the hub’s own page, masked, as text, not to be indexed; one of nobody is not found; after a withdrawal it is gone', async () => {
    const file = files[1]!;
    const { rows } = await running.base.owner.query<{ id: string }>(
      `update person set name = '<欧阳<script>alert(1)</script>' where id = (select applicant_id from housing_case where id = $1) returning id`,
      [file.caseId],
    );
    const applicant = file.members.find(({ id }) => id === rows[0]!.id)!;
    const { office, id, street, publicity } = await postedBy(file, { onHubPage: true });
    const posted = await publicity();
    expect(posted.url).toBe(`${running.hub.config.publicUrl}/publicities/${posted.id}`);
    const page = await pageOf(posted.id);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('x-robots-tag')).toContain('noindex');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(Number(/max-age=(\d+)/.exec(page.headers.get('cache-control')!)![1])).toBeLessThanOrEqual(60);
    expect(page.text).not.toMatch(/<script|alert\(1\)/);
    expect(page.text).not.toContain(applicant.idNumber.slice(6, 14));
    expect(page.text).toContain('<bdi>&lt;*');
    expect(page.text).toContain(posted.snapshotHash);
    const etag = page.headers.get('etag')!;
    expect((await pageOf(posted.id, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect(await pageOf(posted.id, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect((await pageOf(posted.id, { method: 'POST' })).headers.get('allow')).toBe('GET, HEAD');
    for (const nobody of [id, '00000000-0000-4000-8000-000000000000', 'x', "1' or '1'='1", '%00'])
      expect(await pageOf(nobody)).toMatchObject({ status: 404 });
    await office.does(street, 'withdrawApplication', id, { reason: '家庭情况变化' });
    const gone = await pageOf(posted.id);
    expect([gone.status, JSON.parse(gone.text)]).toEqual([
      410,
      { errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'PUBLICITY_TAKEN_DOWN' }) })] },
    ]);
    expect(gone.headers.get('cache-control')).toBe('no-store');
  });

  it('is posted at one address: its own or the hub’s', async () => {
    const office = admission(running);
    const file = files[2]!;
    const { street } = staffOf(file, running);
    const { id } = await office.begins(street, file);
    for (const verb of ['submitApplication', 'acceptApplication']) await office.does(street, verb, id);
    await office.does(street, 'passReview', id, { opinion: '属实' });
    const both = { place: '公告栏', url: 'https://example.gov.cn/gs', onHubPage: true };
    expect(await office.refused(street, 'postPublicity', id, both)).toBe('INVALID_INPUT url');
    expect(
      await office.refused(street, 'postPublicity', id, { ...both, url: 'file:///etc/passwd', onHubPage: false }),
    ).toBe('INVALID_INPUT url');
  });
});
