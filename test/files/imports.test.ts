import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freshNumber } from '../commands/support/office';
import { csv, xlsx } from '../bulk/support/sheets';
import { docx, zip } from '../documents/support/bytes';
import { everyRole } from '../documents/support/office';
import { makeLog } from '../../src/log';
import { Report } from '../../src/server/imports/report';
import type { Who } from '../support/running-hub';
import { openDesk, type Desk } from './support/desk';

const MOST = 200_000;
const HOUSEHOLDS = ['档案编号', '登记日期', '与申请人关系', '姓名', '公民身份号码', '入户日期'];
const APPLICATIONS = ['来源编号', '档案编号', '保障方式', '申请日期', '申报的家庭月收入（元）'];
let office: Desk;
let region: string;
beforeAll(async () => {
  office = await openDesk({ LIMIT_FILE_BYTES: String(MOST) });
  region = office.staff.county.region;
});
afterAll(() => office.running.close());

interface Line {
  readonly row?: number;
  readonly key?: string;
  readonly outcome?: string;
  readonly faults?: readonly { readonly code: string; readonly field: string; readonly remedy: string }[];
  readonly done?: Readonly<Record<string, unknown>>;
}

async function brought(who: Who, content: Buffer, query: Readonly<Record<string, string>>) {
  const { running } = office;
  const search = new URLSearchParams({ region, source: 'old-system', ...query });
  const headers: Record<string, string> = who
    ? { authorization: `Bearer ${await running.issuer.mint({ ...who })}`, 'content-type': 'image/png' }
    : {};
  const body = new Uint8Array(content);
  const answer = await fetch(`${running.url}/imports?${search}`, { method: 'POST', headers, body });
  const text = await answer.text();
  if (!answer.ok) {
    const { code, field } = (JSON.parse(text) as { errors: { extensions: Record<string, string> }[] }).errors[0]!
      .extensions;
    return { status: answer.status, refused: [code, field].filter(Boolean).join(' '), lines: [] as Line[], text };
  }
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return { status: answer.status, refused: undefined, lines, text };
}
const outcomes = (lines: readonly Line[]) => lines.flatMap(({ outcome }) => outcome ?? []);
const rows = async <Row>(text: string, values: unknown[] = []) =>
  (await office.running.base.owner.query(text, values)).rows as Row[];
const left = (): string[] => {
  const folder = join(office.running.hub.config.dataDir, 'imports');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const numbers = () => Array.from({ length: 3 }, () => `T-${randomUUID().slice(0, 8)}`) as [string, string, string];
const householdOf = (fileNumber: string, idNumber = freshNumber('1980-01-01')) =>
  [fileNumber, '2020-05-01', '申请人', '白音', idNumber, ''] as string[];

describe('a report to which nobody listens', () => {
  const outcome = { number: 2, key: 'x'.repeat(64), outcome: 'CREATED', flaws: [] } as const;
  const report = () => new Report({ requestId: 'x', log: makeLog('silent') }, 50);

  it('stops the load: at once where the client is gone, after its patience where it does not read', async () => {
    const gone = report();
    gone.lines.destroy();
    await expect(gone.row(outcome)).rejects.toThrow();
    const unread = report();
    const all = async () => {
      for (let n = 0; n < 10_000; n += 1) await unread.row(outcome);
    };
    await expect(all()).rejects.toThrow();
    expect(unread.lines.destroyed).toBe(true);
  });

  it('says what broke it off after rows that have landed, and ends without a done', async () => {
    const broken = report();
    await broken.row(outcome);
    broken.fail(new Error('of the database'));
    let text = '';
    for await (const part of broken.lines) text += String(part);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line & { errors?: object[] });
    expect(lines.map((line) => Object.keys(line)[0])).toEqual(['row', 'errors']);
    expect(text).toContain('"INTERNAL"');
    expect(text).not.toContain('of the database');
  });
});

describe('POST /imports', () => {
  it('lands households and their applications from CSV and XLSX, tells each row, and brought again changes nothing [IM-5.2]', async () => {
    const { committee, county } = office.staff;
    const files = numbers();
    const households = csv([HOUSEHOLDS, ...files.map((file) => householdOf(file))]);
    const landed = await brought(county, households, { kind: 'HOUSEHOLDS' });
    expect([landed.status, outcomes(landed.lines)]).toEqual([200, ['CREATED', 'CREATED', 'CREATED']]);
    expect(landed.lines.at(-1)!.done).toMatchObject({ rows: 3, created: 3, refused: 0, before: 0 });

    const sheet = [APPLICATIONS, ...files.map((file) => [`A-${file}`, file, '廉租住房', '2026-11-01', '1234.5'])];
    const table = await xlsx(sheet);
    const begun = await brought(committee, table, { kind: 'APPLICATIONS' });
    expect(begun.lines.slice(0, -1)).toEqual(
      files.map((file, at) => ({ row: at + 2, key: `A-${file}`, outcome: 'CREATED' })),
    );
    for (const again of [table, csv(sheet)]) {
      const told = await brought(committee, again, { kind: 'APPLICATIONS' });
      expect(outcomes(told.lines)).toEqual(['UNCHANGED', 'UNCHANGED', 'UNCHANGED']);
      expect(told.lines.at(-1)!.done).toMatchObject({ unchanged: 3, before: again === table ? 1 : 0 });
    }
    const there = await rows<{ n: string }>(
      'select h.file_number as n from application a join household h on h.id = a.household_id where h.file_number = any ($1)',
      [files],
    );
    expect(there.map(({ n }) => n).sort()).toEqual([...files].sort());
    expect(
      await rows('select taken_by, role, office, rows from import_batch where file_hash = $1 order by started_at', [
        createHash('sha256').update(table).digest('hex'),
      ]),
    ).toEqual(Array(2).fill({ taken_by: committee.sub, role: 'COMMUNITY_WORKER', office: region, rows: 3 }));
    const [entry] = await rows<{ n: number }>(
      `select count(*)::int as n from write_entry where verb = 'importApplications' and entity = 'Application' and subject = $1`,
      [committee.sub],
    );
    expect(entry!.n).toBeGreaterThanOrEqual(3);
    expect(left()).toEqual([]);
  });

  it('refuses a row by code, column and remedy and lands the others; no value of it is quoted', async () => {
    const { county } = office.staff;
    const [first, second] = numbers();
    const wrong = '150402198001011111';
    const told = await brought(county, csv([HOUSEHOLDS, householdOf(first, wrong), householdOf(second)]), {
      kind: 'HOUSEHOLDS',
    });
    expect(outcomes(told.lines)).toEqual(['REFUSED', 'CREATED']);
    expect(told.lines[0]!.faults).toEqual([
      expect.objectContaining({
        code: 'INVALID_ID_NUMBER',
        field: '公民身份号码',
        remedy: expect.stringContaining('GB 11643'),
      }),
    ]);
    expect(told.text).not.toMatch(/150402198001011111|白音/);
  });

  it.each<[string, () => Buffer | Promise<Buffer>, Readonly<Record<string, string>>, number, string]>([
    ['a spreadsheet with macros', () => docx(), {}, 400, 'INVALID_INPUT file'],
    ['an archive', () => zip({ 'a.csv': 'a' }), {}, 400, 'INVALID_INPUT file'],
    ['bytes of no charset', () => Buffer.from([0xff, 0xfe, 0xfa, 0x00]), {}, 400, 'INVALID_INPUT file'],
    ['nothing', () => Buffer.alloc(0), {}, 400, 'INVALID_INPUT file'],
    ['columns that nobody knows', () => csv([['甲', '乙']]), {}, 400, 'INVALID_INPUT csv'],
    ['a byte too many', () => Buffer.alloc(MOST + 1, 'x'), {}, 413, 'FILE_TOO_LARGE'],
    ['a kind that is none', () => csv([HOUSEHOLDS]), { kind: 'CONTRACTS' }, 400, 'INVALID_INPUT kind'],
    ['a charset that is none', () => csv([HOUSEHOLDS]), { encoding: 'latin1' }, 400, 'INVALID_INPUT encoding'],
    [
      'a source that is a path',
      () => csv([HOUSEHOLDS, householdOf('X')]),
      { source: '../x' },
      400,
      'INVALID_INPUT source',
    ],
    [
      'a region that is none',
      () => csv([HOUSEHOLDS, householdOf('X')]),
      { region: '999999' },
      400,
      'UNKNOWN_REGION region',
    ],
    ['a region of others', () => csv([HOUSEHOLDS, householdOf('X')]), { region: '152501' }, 404, 'NOT_FOUND region'],
  ])('refuses %s whole, and nothing is left of it', async (_what, content, query, status, refused) => {
    const before = await rows('select id from household order by id');
    const told = await brought(office.staff.county, await content(), { kind: 'HOUSEHOLDS', ...query });
    expect([told.status, told.refused]).toEqual([status, refused]);
    expect(await rows('select id from household order by id')).toEqual(before);
    expect(left()).toEqual([]);
  });

  it('is for whoever may do the same one by one', async () => {
    const nobody = await brought(null, csv([HOUSEHOLDS]), { kind: 'HOUSEHOLDS' });
    expect([nobody.status, nobody.refused]).toEqual([401, 'UNAUTHENTICATED authorization']);
    const may: Record<string, string[]> = { HOUSEHOLDS: [], APPLICATIONS: [] };
    for (const kind of Object.keys(may))
      for (const [role, who] of everyRole(region))
        if ((await brought(who, Buffer.alloc(0), { kind })).refused !== 'FORBIDDEN') may[kind]!.push(role);
    expect(may).toEqual({
      HOUSEHOLDS: ['COUNTY_HOUSING', 'CITY_HOUSING'],
      APPLICATIONS: ['COMMUNITY_WORKER', 'STREET_OFFICER'],
    });
  });
});
