import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deliverNoticeOnPaper } from '../../src/commands/deliver-notice-on-paper';
import { markNoticeRead } from '../../src/commands/mark-notice-read';
import type { RequestContext } from '../../src/context';
import { sendNotices } from '../../src/jobs/send-notices';
import type { Channel } from '../../src/notices/channel';
import { fileOutbox } from '../../src/notices/file-outbox';
import { ONGNIUD, openOffice, TIANE, type Office } from '../commands/support/office';
import { testFolder } from '../support/folder';
import { approvalTold } from './told-in';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-01-16T04:00:00Z');

let office: Office;
let ahead = 0;
const folder = testFolder();
const root = join(folder, 'outbox');
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());
beforeEach(async () => {
  ahead = 0;
  rmSync(root, { recursive: true, force: true });
  await office.rows('truncate notice_step, notice');
});

const now = () => new Date(START + ahead);
const send = (channel: Channel = fileOutbox(root)) =>
  sendNotices.run({}, { ...office.hub, now, channel }, new AbortController().signal);
const outbox = (): string[] => readdirSync(root).sort();
const officer = (viewer: Partial<RequestContext['viewer']> = {}): RequestContext => {
  const ctx = office.as({ role: 'STREET_OFFICER', office: ONGNIUD, ...viewer });
  return { ...ctx, hub: { ...office.hub, now } };
};
const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code: string; extensions: { field?: string } }) => `${error.code} ${error.extensions.field}`,
  );

describe('send-notices', () => {
  it('puts each notice into the outbox once, as a file named by its id that nobody else may read, and writes down that it looked at the person', async () => {
    const { notice, home, now: stands } = await approvalTold(office);
    const far = await approvalTold(office, '2026-01-15', TIANE);
    await send();
    await send();
    expect(outbox()).toEqual([`${notice.id}.json`, `${far.notice.id}.json`].sort());
    const path = join(root, `${notice.id}.json`);
    expect([statSync(path).mode & 0o777, statSync(root).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      ...{ id: notice.id, personId: home.people[0]!.id, kind: 'APPROVED', resultOn: '2026-01-15' },
      body: '您的住房保障申请已于2026-01-15批准。',
    });
    expect(await stands()).toMatchObject({ state: 'SENT', told: '2026-01-16', version: 1 });
    const looks = await office.rows(
      `select subject, fields from read_entry where person_id = $1 and subject = 'hub:send-notices'`,
      [home.people[0]!.id],
    );
    expect(looks).toEqual([{ subject: 'hub:send-notices', fields: ['notice'] }]);
  });

  it('that falls between the outbox and its record sends nothing twice and loses nothing', async () => {
    const told = [await approvalTold(office), await approvalTold(office), await approvalTold(office)];
    const real = fileOutbox(root);
    const KILL = `
      select pg_terminate_backend(pid, 10000) from pg_locks join pg_stat_activity using (pid)
      where not granted and usename = current_user and datname = current_database()`;
    const { owner, db } = office.base;
    let killed: Promise<void> | null = null;
    /* Its connection is killed while the record waits for the log of steps, which another holds from the first delivery on. */
    const falls: Channel = {
      async deliver(message) {
        await real.deliver(message);
        await owner.query('begin');
        await owner.query('lock table notice_step in exclusive mode');
        killed ??= (async () => {
          while ((await db.app.query(KILL)).rowCount === 0);
          await owner.query('rollback');
        })();
      },
    };
    await expect(send(falls)).rejects.toThrow();
    await killed;
    const sent = await office.rows(`select from notice where state = 'SENT'`);
    expect(outbox().length - sent.length).toBe(1);
    const [first] = outbox();
    const written = statSync(join(root, first!)).mtimeMs;
    await send();
    expect(outbox()).toHaveLength(told.length);
    expect(statSync(join(root, first!)).mtimeMs).toBe(written);
    for (const { now: stands } of told) expect(await stands()).toMatchObject({ state: 'SENT' });
  });

  it('tries again after pauses that double, five times, then it is a task on paper with a day of its own; the outbox back again sends none of it', async () => {
    const { now: stands } = await approvalTold(office);
    writeFileSync(root, 'a file where the folder should be');
    const waited: number[] = [];
    for (let state = 'DUE'; state === 'DUE'; ahead += MINUTE_MS) {
      const before = (await stands()).attempts;
      await send();
      const after = await stands();
      if (after.attempts > before) waited.push(ahead / MINUTE_MS);
      state = after.state;
    }
    expect(waited).toEqual([0, 5, 15, 35, 75]);
    /* Friday the 16th, 5 working days. */
    expect(await stands()).toMatchObject({ state: 'PAPER_TASK', attempts: 5, told: null, paper: '2026-01-23' });
    const steps = await office.rows<{ kind: string; cause: string | null }>(
      'select kind, cause from notice_step order by version',
    );
    expect(steps.map(({ kind, cause }) => `${kind} ${cause}`)).toEqual([
      ...Array<string>(4).fill('ATTEMPT EEXIST'),
      ...['FAILURE EEXIST', 'PAPER_TASK null'],
    ]);
    rmSync(root);
    ahead += 1e9;
    await send();
    expect(() => outbox()).toThrow('ENOENT');
  });

  it('never lets a citizen number out: what holds one goes on paper', async () => {
    const { notice, home, now: stands } = await approvalTold(office);
    await office.rows('update notice set body = body || $2 where id = $1', [notice.id, home.people[0]!.idNumber]);
    for (; (await stands()).state === 'DUE'; ahead += 120 * MINUTE_MS) await send();
    expect(await stands()).toMatchObject({ state: 'PAPER_TASK' });
    expect(() => outbox()).toThrow('ENOENT');
  });

  it('clears away what a hub that fell has left half written, and nothing that is still being written', async () => {
    await approvalTold(office);
    mkdirSync(root);
    const half = join(root, 'x.part');
    writeFileSync(half, '{');
    await send(fileOutbox(root, () => Date.now()));
    expect(outbox()).toContain('x.part');
    await approvalTold(office);
    await send(fileOutbox(root, () => Date.now() + 2 * 3_600_000));
    expect(outbox().filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('markNoticeRead and deliverNoticeOnPaper', () => {
  it('the person reads its own and nobody else’s; an office says so on evidence', async () => {
    const { notice, home, now: stands } = await approvalTold(office);
    const other = await approvalTold(office);
    await send();
    const self = (person: string) => officer({ role: 'APPLICANT_SELF', subject: 'citizen', person });
    const on = { noticeId: notice.id, version: 1 };
    expect(await code(markNoticeRead(self(other.home.people[0]!.id), on))).toBe('NOT_FOUND noticeId');
    expect(await code(markNoticeRead(officer(), on))).toBe('INVALID_INPUT documentNumber');
    expect(await code(markNoticeRead(officer({ office: TIANE }), { ...on, documentNumber: '1' }))).toBe(
      'NOT_FOUND noticeId',
    );
    expect(await code(markNoticeRead(officer({ role: 'AUDITOR' }), { ...on, documentNumber: '1' }))).toBe(
      'WRONG_LEVEL noticeId',
    );
    expect(await code(markNoticeRead(self(home.people[0]!.id), on))).toBe('done');
    expect(await stands()).toMatchObject({ state: 'READ', told: '2026-01-16' });
    expect(await code(markNoticeRead(self(home.people[0]!.id), on))).toBe('STALE_VERSION version');
    expect(await code(markNoticeRead(officer(), { ...on, noticeId: other.notice.id, documentNumber: '回-1' }))).toBe(
      'done',
    );
  });

  it('hands over on paper what could not be sent, or at the counter before; on the day it was, never before the result or after today', async () => {
    const { notice, now: stands } = await approvalTold(office);
    const on = { noticeId: notice.id, version: 0, documentNumber: '回-2' };
    expect(await code(markNoticeRead(officer(), on))).toBe('ILLEGAL_MOVE noticeId');
    expect(await code(deliverNoticeOnPaper(officer(), { ...on, deliveredOn: '2026-01-17' }))).toBe(
      'INVALID_INPUT deliveredOn',
    );
    expect(await code(deliverNoticeOnPaper(officer(), { ...on, deliveredOn: '2026-01-14' }))).toBe(
      'INVALID_INPUT deliveredOn',
    );
    expect(await code(deliverNoticeOnPaper(officer(), { ...on, documentNumber: ' ' }))).toBe(
      'INVALID_INPUT documentNumber',
    );
    expect(await code(deliverNoticeOnPaper(officer(), { ...on, deliveredOn: '2026-01-15' }))).toBe('done');
    expect(await stands()).toMatchObject({ state: 'PAPER_DELIVERED', told: '2026-01-15' });
    await send();
    expect(() => outbox()).toThrow('ENOENT');
  });
});
