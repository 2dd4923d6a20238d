import { createHash, randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sweepFiles } from '../../src/jobs/sweep-files';
import { admission, staffOf } from '../admission/office-of';
import { docx, jpeg, pdf, png, zip } from '../documents/support/bytes';
import { inScope } from '../../src/store/database';
import { documents, everyRole, onDisk, until } from '../documents/support/office';
import { refusedBy } from '../limits/support/watch';
import { UNCOUNTED } from '../server/support/stage';
import { honestFiles, type File } from '../support/files';
import { openRunningHub, type RunningHub } from '../support/running-hub';

const HOUR_MS = 3_600_000;
const MOST = 12;
const TEN_MIB = 10_485_760;
const SETTINGS = { LIMIT_FILES: String(MOST), LIMIT_REQUEST_SECONDS: '6', LIMIT_WAIT_MS: '20000' };

let ahead = 0;
let running: RunningHub;
let desk: ReturnType<typeof documents>;
let files: File[];
beforeAll(async () => {
  running = await openRunningHub(400, { ...UNCOUNTED, ...SETTINGS }, () => new Date(Date.now() + ahead));
  desk = documents(running);
  const kindOf = ({ region }: File) => running.hub.regions.find(region)!.divisionKind;
  files = (await honestFiles(running)).filter((file) => kindOf(file) !== 'DISTRICT');
});
afterAll(() => running.close());

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const rows = async <Row>(text: string, values: unknown[] = []) =>
  (await running.base.owner.query(text, values)).rows as Row[];
const kept = async () => (await rows<{ id: string }>('select id from application_document')).map(({ id }) => id).sort();
const stored = () =>
  onDisk(running)
    .files.map(({ path }) => path)
    .sort();
/** The store holds the files of the documents there are, and not one more. */
const nothingLeft = async () => expect(stored()).toEqual((await kept()).map((id) => join(id.slice(0, 2), id)));

/** A fresh application of the next file nobody has used. */
async function applied() {
  const file = files.shift()!;
  const staff = staffOf(file, running);
  const office = admission(running);
  const { data } = await office.start(staff.committee, file);
  return { file, office, application: data.startApplication.id, ...staff };
}

describe('a document of an application', () => {
  it('comes back byte for byte, to be kept and not shown; who handed it in and who looked is written down', async () => {
    const { application, committee, county, file } = await applied();
    const brought = [pdf('标记甲'), jpeg('标记乙'), png('标记丙')];
    const ids: string[] = [];
    for (const content of brought) {
      const answered = await desk.handIn(committee, application, content, {
        type: 'text/html',
        name: '工资卡流水 2026',
      });
      expect(answered).toMatchObject({ status: 201, body: { bytes: content.length, sha256: sha256(content) } });
      ids.push(answered.body.id as string);
    }
    const types = ['application/pdf', 'image/jpeg', 'image/png'];
    for (const [at, content] of brought.entries()) {
      const got = await desk.get(county, ids[at]!);
      expect(Buffer.from(await got.arrayBuffer()).equals(content)).toBe(true);
      expect([got.status, Object.fromEntries(got.headers)]).toMatchObject([
        200,
        {
          'content-type': types[at],
          'content-disposition': `attachment; filename="${ids[at]}.${['pdf', 'jpg', 'png'][at]}"`,
          ...{ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
          'content-security-policy': "default-src 'none'; sandbox",
        },
      ]);
    }
    const known = await desk.known(committee, application);
    expect(known.map(({ sha256: hash }) => hash).sort()).toEqual(brought.map(sha256).sort());
    expect(new Set(known.map(({ name, takenBy }) => `${name} ${takenBy}`))).toEqual(
      new Set([`工资卡流水 2026 ${committee.sub}`]),
    );
    const [{ applicant }] = (await rows<{ applicant: string }>(
      'select applicant_id as applicant from housing_case where id = $1',
      [file.caseId],
    )) as [{ applicant: string }];
    expect(
      await rows(`select subject, person_id, source from read_entry where fields = '{file}' and subject = $1`, [
        county.sub,
      ]),
    ).toEqual(Array(3).fill({ subject: county.sub, person_id: applicant, source: 'housing' }));
    expect(
      await rows(
        `select entity_id as id, subject from write_entry where entity = 'ApplicationDocument' and verb = 'handInDocument' and entity_id = any ($1) order by id`,
        [ids],
      ),
    ).toEqual([...ids].sort().map((id) => ({ id, subject: committee.sub })));
  });

  it('lies sealed where nobody else may look, under a name of the hub’s: neither disk nor database holds a piece of it', async () => {
    const { application, committee } = await applied();
    const marker = `M${randomUUID()}`;
    await desk.handIn(committee, application, png(marker), { name: marker });
    await desk.handIn(committee, application, pdf(marker.repeat(5000)), { name: marker });
    const { files: lying, folderModes } = onDisk(running);
    expect(lying.length).toBeGreaterThan(1);
    for (const { path, mode, content } of lying) {
      expect([mode, /^[\da-f]{2}\/[\da-f-]{36}$/.test(path)]).toEqual([0o600, true]);
      for (const clear of [marker, '%PDF', 'IHDR', 'Catalog']) expect(content.includes(clear)).toBe(false);
    }
    expect(new Set(folderModes)).toEqual(new Set([0o700]));
    const [row] = await rows<{ all: string }>(
      `select string_agg(encode(sealed_key, 'escape'), ' ') as all from application_document where application_id = $1`,
      [application],
    );
    expect(row!.all).not.toMatch(/aes:/);
    await nothingLeft();
  });

  it.each([
    ['a path upwards', '../../etc/passwd', 'INVALID_INPUT name'],
    ['a path of Windows', '..\\..\\windows\\system32', 'INVALID_INPUT name'],
    ['a path', '/etc/passwd', 'INVALID_INPUT name'],
    ['dots', '..', 'INVALID_INPUT name'],
    ['a zero byte', 'a\0.pdf', 'INVALID_INPUT name'],
    ['two lines', 'a\r\nset-cookie: x', 'INVALID_INPUT name'],
    ['a turn of the writing direction', 'a\u202efdp.exe', 'INVALID_INPUT name'],
    ['4,000 characters', 'a'.repeat(4000), 'INVALID_INPUT name'],
    ['one character too many', '名'.repeat(121), 'INVALID_INPUT name'],
    ['4,000 characters of Chinese', '名'.repeat(4000), 'HEADERS_TOO_LARGE'],
    ['nothing', ' ', 'INVALID_INPUT name'],
  ])('under a name that is %s is refused, and nothing is left of it', async (_what, name, refused) => {
    const application = await anApplication();
    expect((await desk.handIn(application.committee, application.application, png('x'), { name })).refused).toBe(
      refused,
    );
    await nothingLeft();
  });

  it('is asked for what it is, once and in words of ours', async () => {
    const { application, committee } = await anApplication();
    const sent = async (path: string) => (await desk.post(committee, path, new Uint8Array(png('x')))).refused;
    const good = desk.pathFor(application);
    expect(await sent('/files')).toBe('INVALID_INPUT application');
    expect(await sent(good.replace('INCOME', 'PASSPORT'))).toBe('INVALID_INPUT kind');
    expect(await sent(`${good}&name=b`)).toBe('INVALID_INPUT name');
    expect(await sent(`${good}&application=${application}`)).toBe('INVALID_INPUT application');
    for (const other of ['../../etc/passwd', '%00', randomUUID(), "' or 1=1 --"])
      expect(await sent(good.replace(application, encodeURIComponent(other)))).toBe('NOT_FOUND application');
    for (const other of ['..%2f..%2fetc%2fpasswd', '%00', randomUUID()])
      expect((await desk.heard(await desk.get(committee, other))).refused).toBe('NOT_FOUND id');
    const put = await fetch(running.url + good, { method: 'PUT', body: 'x' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST']);
    await nothingLeft();
  });

  it.each([
    ['an archive', zip({ 'a.xml': 'a' }), 'FILE_TYPE_REFUSED'],
    ['an office file with macros', docx(), 'FILE_TYPE_REFUSED'],
    ['nothing', Buffer.alloc(0), 'FILE_TYPE_REFUSED'],
    ['a PDF with JavaScript', pdf('x', { catalogue: '/OpenAction << /S /J#61vaScript >>' }), 'FILE_UNSAFE'],
    ['a picture with an archive behind it', Buffer.concat([jpeg('x'), zip({ a: 'a' })]), 'FILE_UNSAFE'],
  ])('that is %s is refused whatever it is said to be, and nothing is left of it', async (_what, content, refused) => {
    const { application, committee } = await anApplication();
    const before = await kept();
    for (const type of ['application/pdf', 'image/png', 'multipart/form-data; boundary=x', 'application/json'])
      expect((await desk.handIn(committee, application, content, { type })).refused).toBe(refused);
    expect(await kept()).toEqual(before);
    await nothingLeft();
  });

  it('of ten mebibytes is taken, and of a byte more refused with 413, whether its length is said or not', async () => {
    const { application, committee } = await anApplication();
    const empty = png('').length;
    const whole = png('', { padding: TEN_MIB - empty });
    expect((await desk.handIn(committee, application, whole)).body).toMatchObject({ bytes: TEN_MIB });
    const over = png('', { padding: TEN_MIB - empty + 1 });
    expect(await desk.handIn(committee, application, over)).toMatchObject({ status: 413, refused: 'FILE_TOO_LARGE' });
    const unsaid = new ReadableStream({
      start(controller) {
        for (let at = 0; at < over.length; at += TEN_MIB / 4) controller.enqueue(over.subarray(at, at + TEN_MIB / 4));
        controller.close();
      },
    });
    expect(await desk.post(committee, desk.pathFor(application), unsaid)).toMatchObject({
      ...{ status: 413, refused: 'FILE_TOO_LARGE' },
    });
    expect((await refusedBy(running.url)).LIMIT_FILE_BYTES).toBe(2);
    await nothingLeft();
  });

  it('whose body ends early, is longer than it says, or never ends leaves nothing', async () => {
    const { application, committee } = await anApplication();
    const content = pdf('x'.repeat(100_000));
    const before = await kept();
    const path = desk.pathFor(application);
    await desk.byHand(committee, path, content.length, content.subarray(0, 50_000), true);
    const slow = await desk.byHand(committee, path, content.length, content.subarray(0, 50_000), false);
    expect(slow).toMatch(/^HTTP\/1.1 408 [^]*"REQUEST_TIMEOUT"/);
    const cut = await desk.byHand(committee, path, content.length - 9, content, false);
    expect(cut).toMatch(/^HTTP\/1.1 4(00|22) /); // the end of it, or what follows, is seen first
    await until(() => stored().length === before.length);
    expect(await kept()).toEqual(before);
    await nothingLeft();
  });

  it('is taken in by those who begin the application and opened by those who review it, each in their own county; what is not there and what is another’s look the same', async () => {
    const { application, committee, file } = await applied();
    const other = files.find(({ region }) => region !== file.region)!.region;
    const { body } = await desk.handIn(committee, application, png('x'));
    const id = body.id as string;
    const takers = ['COMMUNITY_WORKER', 'STREET_OFFICER'];
    const readers = [...takers, 'COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'];
    const code = async (response: Response) =>
      response.ok ? (await response.arrayBuffer(), 'shown') : (await desk.heard(response)).refused;
    for (const [role, who] of everyRole(file.region)) {
      const handed = await desk.handIn(who, application, png('y'));
      expect([role, handed.refused]).toEqual([role, takers.includes(role) ? undefined : 'FORBIDDEN']);
      expect([role, await code(await desk.get(who, id))]).toEqual([
        role,
        readers.includes(role) ? 'shown' : 'FORBIDDEN',
      ]);
    }
    for (const [role, who] of everyRole(other).filter(([each]) => readers.includes(each))) {
      const handed = await desk.handIn(who, application, png('y'));
      expect([role, handed.refused]).toEqual([role, takers.includes(role) ? 'NOT_FOUND application' : 'FORBIDDEN']);
      const [theirs, nobodys] = [await desk.get(who, id), await desk.get(who, randomUUID())];
      const said = async (response: Response) =>
        [response.status, (await response.text()).replace(/"requestId":"[^"]*"/, '')] as const;
      expect(await said(theirs)).toEqual(await said(nobodys));
      expect(theirs.status).toBe(404);
      if (takers.includes(role)) expect(await desk.withdraw(who, id)).toBe('NOT_FOUND documentId');
    }
    expect((await desk.handIn(null, application, png('y'))).refused).toBe('UNAUTHENTICATED authorization');
    expect(await code(await desk.get(null, id))).toBe('UNAUTHENTICATED authorization');
    await nothingLeft();
  });

  it('is added until the review ends and taken back until it begins, once, and stays; nothing else is done to it, by whatever statement', async () => {
    const { application, committee, office, file } = await applied();
    const hand = async () => desk.handIn(committee, application, png(randomUUID()));
    const [first, second] = [(await hand()).body.id as string, (await hand()).body.id as string];
    expect(await desk.withdraw(committee, first, ' ')).toBe('INVALID_INPUT reason');
    expect(await desk.withdraw(committee, first)).toBe('');
    expect(await desk.withdraw(committee, first)).toBe('ILLEGAL_MOVE documentId');
    expect((await desk.get(committee, first)).status).toBe(200);
    const seen = (await desk.known(committee, application)).find(({ id }) => id === first)!;
    expect(seen).toMatchObject({ withdrawnOn: expect.any(String), withdrawalReason: '提交错误' });
    await office.does(committee, 'submitApplication', application);
    expect((await hand()).status).toBe(201);
    await office.does(committee, 'acceptApplication', application);
    expect((await hand()).status).toBe(201);
    expect(await desk.withdraw(committee, second)).toBe('ILLEGAL_MOVE applicationId');
    await office.does(committee, 'rejectApplication', application, { reasons: '不符合' });
    expect((await hand()).refused).toBe('ILLEGAL_MOVE applicationId');

    const own = [file.region];
    const tried = (text: string) =>
      inScope(running.hub.db.app, own, async (client) => {
        const { rowCount } = await client.query(text, [second]);
        throw Object.assign(new Error('enough'), { code: `${rowCount} rows` }); // nothing of it is to stay
      }).catch(({ code, constraint }: { code: string; constraint?: string }) => constraint ?? code);
    const copy = `insert into application_document select gen_random_uuid(), region_code, household_id, application_id, kind, name, content_type, bytes, sha256,
      taken_on, taken_by, null, null, null, sealed_key, key_id from application_document where id = $1`;
    expect(await tried('select from application_document where id = $1')).toBe('1 rows');
    expect(await tried(copy)).toBe('document_in_time');
    expect(
      await tried(
        `update application_document set withdrawn_on = '2026-11-29', withdrawn_by = 'x', withdrawal_reason = 'x' where id = $1`,
      ),
    ).toBe('document_in_time');
    for (const column of ['name', 'kind', 'sha256', 'taken_by', 'sealed_key', 'application_id'])
      expect(await tried(`update application_document set ${column} = ${column} where id = $1`)).toBe('42501');
    expect(await tried('delete from application_document where id = $1')).toBe('42501');
    await nothingLeft();
  });

  it('is one of as many as there may be: of fifty handed in at once exactly the bound is taken', async () => {
    const { application, committee } = await applied();
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, at) => desk.handIn(committee, application, png(`n${at}`))),
    );
    expect(all.filter(({ status }) => status === 201)).toHaveLength(MOST);
    expect(
      new Set(all.filter(({ status }) => status !== 201).map(({ status, refused }) => `${status} ${refused}`)),
    ).toEqual(new Set(['413 FILES_FULL applicationId']));
    expect(await desk.known(committee, application)).toHaveLength(MOST);
    expect((await refusedBy(running.url)).LIMIT_FILES).toBe(50 - MOST);
    await nothingLeft();
  });

  it('that is not what was handed in is not sent: changed, cut off, exchanged for another, or gone', async () => {
    const { application, committee } = await applied();
    const hand = async (content: Buffer) => (await desk.handIn(committee, application, content)).body.id as string;
    const [one, two] = [await hand(pdf('one'.repeat(60_000))), await hand(pdf('two'.repeat(60_000)))];
    const pathOf = (id: string) => join(running.hub.config.dataDir, 'files', id.slice(0, 2), id);
    const of = (id: string) => onDisk(running).files.find(({ path }) => path.endsWith(id))!.content;
    const whole = of(one);
    const changed = Buffer.from(whole);
    changed[70_000]! ^= 1;
    const PIECE = 65_536 + 16;
    for (const content of [
      ...[changed, whole.subarray(0, -1), whole.subarray(0, PIECE), Buffer.alloc(0), of(two)],
      Buffer.concat([whole.subarray(PIECE, 2 * PIECE), whole.subarray(0, PIECE), whole.subarray(2 * PIECE)]),
    ]) {
      writeFileSync(pathOf(one), content);
      const { status, refused } = await desk.heard(await desk.get(committee, one));
      expect([status, refused]).toEqual([500, 'FILE_BROKEN id']);
    }
    renameSync(pathOf(one), pathOf(one).replace(/.$/, 'x'));
    expect((await desk.heard(await desk.get(committee, one))).refused).toBe('FILE_BROKEN id');
    writeFileSync(pathOf(one), whole);
    expect((await desk.get(committee, one)).status).toBe(200);
    renameSync(pathOf(one).replace(/.$/, 'x'), pathOf(one));
  });

  it('whose record was never written, because the process fell, is swept away when it is surely over; no other is', async () => {
    const before = stored();
    async function* cutOff() {
      yield Buffer.from('x');
    }
    const [orphan, part] = [randomUUID(), randomUUID()];
    await running.hub.files.put(orphan, cutOff());
    await running.hub.files.put(part, cutOff());
    const path = join(running.hub.config.dataDir, 'files', part.slice(0, 2), part);
    renameSync(path, `${path}.part`);
    const sweep = () => sweepFiles.run({}, running.hub, new AbortController().signal);
    ahead = 23 * HOUR_MS;
    await sweep();
    expect(stored()).toHaveLength(before.length + 2);
    ahead = 25 * HOUR_MS;
    await sweep();
    ahead = 0;
    expect(stored()).toEqual(before);
  });

  it('of which it is not known whether its record was written, for the database went away, stays until that can be asked', async () => {
    const { application, committee } = await anApplication();
    const before = stored();
    const { owner } = running.base;
    await owner.query(`
      create function fall() returns trigger language plpgsql as 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end';
      create constraint trigger fall after insert on application_document deferrable initially deferred for each row execute function fall()`);
    const { status, refused } = await desk.handIn(committee, application, png('of a fall'));
    await owner.query('drop trigger fall on application_document; drop function fall');
    expect([status, refused]).toEqual([503, 'NOT_READY']);
    expect(stored()).toHaveLength(before.length + 1);
    ahead = 25 * HOUR_MS;
    await sweepFiles.run({}, running.hub, new AbortController().signal);
    ahead = 0;
    expect(stored()).toEqual(before);
  });
});

let shared: Awaited<ReturnType<typeof applied>> | undefined;
/** One for those who leave nothing in it. */
const anApplication = async () => (shared ??= await applied());
