import { rmSync } from 'node:fs';
import { importFile, type ImportFile } from '../../src/jobs/bulk/import-file';
import { reportLines, type RowOutcome } from '../../src/jobs/bulk/outcome';
import { withdrawApplication } from '../../src/commands/withdraw-application';
import { openCase } from '../../src/commands/open-case';
import { CaseKind } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { pageOfApplications } from '../../resolvers/housing/admission/application-rows';
import { freshNumber, HONGSHAN, ONGNIUD, openOffice, TIANE, type Office } from '../commands/support/office';
import { testFolder } from '../support/folder';
import { csv, fileOf, xlsx } from './support/sheets';

const HEADING = ['来源编号', '档案编号', '保障方式', '申请日期', '申报的家庭月收入（元）', '联系电话'];
const FIELDS = [
  { key: 'phone', label: '联系电话', kind: 'TEXT', required: true },
  { key: 'people', label: '家庭人口', kind: 'COUNT', required: false },
];

let office: Office;
const folder = testFolder();
beforeAll(async () => {
  office = await openOffice();
  await office.rows(
    `insert into form_template (id, region_code, version, title, document_number, valid_from, fields, documents, published_at, published_by)
     values (gen_random_uuid(), '1504', 1, '申请表', '市房1号', '2026-01-01', $1, '[]', now(), 'x')`,
    [JSON.stringify(FIELDS)],
  );
});
afterAll(() => office.close());

const clerk = (region = ONGNIUD as string) => office.as({ role: 'COMMUNITY_WORKER', office: region });
async function load(content: Buffer, more: Partial<ImportFile> = {}, ctx = clerk(more.region)) {
  const outcomes: RowOutcome[] = [];
  const file = {
    path: fileOf(folder, content),
    kind: 'APPLICATIONS',
    region: ONGNIUD,
    source: 'legacy',
    ...more,
  } as const;
  try {
    const done = await importFile(ctx, file, { row: (outcome) => void outcomes.push(outcome) });
    return { ...done, outcomes };
  } finally {
    rmSync(file.path);
  }
}
const counts = ({ created, updated, unchanged, refused }: Awaited<ReturnType<typeof load>>) => [
  created,
  updated,
  unchanged,
  refused,
];
const told = ({ outcomes }: Awaited<ReturnType<typeof load>>) =>
  outcomes.flatMap(({ number, outcome, flaws }) =>
    flaws.length === 0
      ? [`${number} ${outcome}`]
      : flaws.map(({ code, field }) => `${number} ${outcome} ${code} ${field}`),
  );
const homes = async (n: number, region = ONGNIUD as string) => {
  const numbers: string[] = [];
  for (let at = 0; at < n; at++) {
    const { id } = await office.home(region);
    numbers.push(
      (await office.rows<{ n: string }>('select file_number as n from household where id = $1', [id]))[0]!.n,
    );
  }
  return numbers;
};
let keys = 0;
const rowOf = (fileNumber: string, changes: Partial<Record<number, string>> = {}) =>
  Object.assign([`L-${(keys += 1)}`, fileNumber, '廉租住房', '2026-11-01', '1234.5', '0476-1'], changes) as string[];
const world = () =>
  office.rows(`select a.id, a.state, c.programme, c.submitted_on::text, c.declared_income_fen::int as fen, e.value
    from application a join housing_case c on c.id = a.case_id left join application_entry e on e.application_id = a.id order by a.id`);

describe('importFile, of applications', () => {
  it('begins an application a row, with its case and its form, as the same rows do from a spreadsheet; again it changes nothing, whatever the file', async () => {
    const rows = (await homes(3)).map((number) => rowOf(number));
    const first = await load(csv([HEADING, ...rows]));
    expect([counts(first), first.before]).toEqual([[3, 0, 0, 0], 0]);
    const found = await office.rows(
      `select a.state, c.programme, c.submitted_on::text as day, c.declared_income_fen::int as fen, e.key, e.value, a.flow, k.source_key
       from import_key k join application a on a.id = k.target_id join housing_case c on c.id = a.case_id join application_entry e on e.application_id = a.id
       where k.source_key = any ($1) order by k.source_key`,
      [rows.map(([key]) => key)],
    );
    expect(found).toEqual(
      rows.map(([source_key]) => ({
        ...{ state: 'DRAFT', programme: 'LOW_RENT', day: '2026-11-01', fen: 123_450, key: 'phone', value: '0476-1' },
        flow: 'COUNTY_FLOW',
        source_key,
      })),
    );
    const before = await world();
    expect(counts(await load(csv([HEADING, ...rows])))).toEqual([0, 0, 3, 0]);
    const reordered = HEADING.map((_, at) => HEADING.length - 1 - at);
    const turned = [HEADING, ...rows].map((cells) => reordered.map((at) => cells[at]!));
    const again = await load(xlsx(turned));
    expect([counts(again), again.before]).toEqual([[0, 0, 3, 0], 0]);
    expect(await world()).toEqual(before);
    const batches = await office.rows(
      `select rows, created, unchanged, finished_at is not null as over from import_batch order by started_at, id`,
    );
    expect(batches).toHaveLength(3);
    expect(batches).toContainEqual({ rows: 3, created: 0, unchanged: 3, over: true });
  });

  it('corrects by a later file what it began, and nothing that somebody has handed in or that belongs to another file', async () => {
    const [one, two, three] = (await homes(3)) as [string, string, string];
    const rows = [rowOf(one), rowOf(two), rowOf(three)];
    await load(csv([HEADING, ...rows]));
    const [{ id }] = (await office.rows<{ id: string }>(
      'select target_id as id from import_key where source_key = $1',
      [rows[2]![0]],
    )) as [{ id: string }];
    await withdrawApplication(clerk(), { applicationId: id, version: 0, reason: '撤回' });
    const changed = [
      Object.assign([...rows[0]!], { 4: '99', 5: '0476-2' }),
      Object.assign([...rows[1]!], { 2: '租赁补贴' }),
      Object.assign([...rows[2]!], { 5: '0476-3' }),
      Object.assign([...rows[0]!], { 0: 'L-other' }),
    ];
    const done = await load(csv([HEADING, ...changed]));
    expect(told(done)).toEqual([
      '2 UPDATED',
      '3 REFUSED INVALID_INPUT 保障方式',
      '4 REFUSED ILLEGAL_MOVE 来源编号',
      '5 REFUSED CASE_ALREADY_OPEN 档案编号',
    ]);
    const [now] = await office.rows(
      `select c.declared_income_fen::int as fen, e.value from import_key k join application a on a.id = k.target_id join housing_case c on c.id = a.case_id
       join application_entry e on e.application_id = a.id where k.source_key = $1`,
      [rows[0]![0]],
    );
    expect(now).toEqual({ fen: 9900, value: '0476-2' });
  });

  it('tells of each row what is wrong with it in Chinese, and the others do not suffer', async () => {
    const [good, minor, closed, twice] = (await homes(4)) as [string, string, string, string];
    await office.rows(
      `update person set birth_date = '2015-01-01' where id in (select person_id from household_member m join household h on h.id = m.household_id where h.file_number = $1)`,
      [minor],
    );
    await office.rows(`update household set closed_on = '2026-01-01' where file_number = $1`, [closed]);
    const [far] = await homes(1, TIANE);
    const repeated = rowOf(twice);
    const rows = [
      rowOf(good),
      rowOf(minor),
      rowOf(closed),
      rowOf('没有'),
      rowOf(far!),
      rowOf(good, { 0: '=1+1' }),
      rowOf(good, { 0: freshNumber('1980-01-01') }),
      rowOf(good, { 2: '别墅', 3: '2027-01-01', 4: '-5' }),
      rowOf(good, { 4: '1.234', 5: 'x'.repeat(201) }),
      rowOf(good, { 5: freshNumber('1980-01-02') }),
      repeated,
      [...repeated],
      rowOf(twice),
    ];
    const done = await load(csv([HEADING, ...rows]));
    expect(told(done)).toEqual([
      '2 CREATED',
      '3 REFUSED MINOR_APPLICANT 档案编号',
      '4 REFUSED INVALID_INPUT 档案编号',
      ...['5 REFUSED NOT_FOUND 档案编号', '6 REFUSED NOT_FOUND 档案编号'],
      '7 REFUSED INVALID_INPUT 来源编号',
      '8 REFUSED INVALID_INPUT 来源编号',
      ...['9 REFUSED INVALID_INPUT 申报的家庭月收入（元）'],
      ...['10 REFUSED INVALID_INPUT 申报的家庭月收入（元）', '10 REFUSED INVALID_INPUT 联系电话'],
      '11 REFUSED INVALID_INPUT 联系电话',
      '12 CREATED',
      '13 REFUSED INVALID_INPUT 来源编号',
      '14 REFUSED CASE_ALREADY_OPEN 档案编号',
    ]);
    const lines = done.outcomes.flatMap(reportLines);
    for (const line of lines.filter(([, , outcome]) => outcome === '未导入'))
      expect(line.slice(3).join()).toMatch(/\p{Script=Han}{4}/u);
    expect(JSON.stringify(lines)).not.toMatch(/\d{17}[\dX]/);
  });

  it('says of nobody that it is a minor where no age of majority is in force on the day: the number is to be registered first', async () => {
    const [number] = (await homes(1)) as [string];
    await office.rows(
      `update household_member set from_date = '2010-01-01' where household_id = (select id from household where file_number = $1)`,
      [number],
    );
    const done = await load(csv([HEADING, rowOf(number, { 3: '2013-06-03' })]));
    expect(told(done)).toEqual(['2 REFUSED PARAMETER_UNSET 档案编号']);
  });

  it('takes no row whose cell is a formula, whatever it last gave', async () => {
    const [number] = await homes(1);
    const cells = rowOf(number!);
    const formula = { xml: '<c t="str"><f>1000+234.5</f><v>1234.5</v></c>' };
    const done = await load(xlsx([HEADING, cells.map((cell, at) => (at === 4 ? formula : cell))]));
    expect(told(done)).toEqual(['2 REFUSED INVALID_INPUT 申报的家庭月收入（元）']);
  });

  it('is stopped by the guards of the database where one row of many is past them, and by those alone', async () => {
    const [number, other] = (await homes(2)) as [string, string];
    const guard = `create function test_guard() returns trigger language plpgsql as $$ begin
      if exists (select from household h where h.id = new.household_id and h.file_number = '${number}') then
        raise exception 'x' using errcode = 'check_violation', constraint = 'application_in_open_case'; end if; return new; end $$`;
    await office.rows(guard);
    await office.rows(
      'create trigger test_guard before insert on application for each row execute function test_guard()',
    );
    const done = await load(csv([HEADING, rowOf(number), rowOf(other)]));
    await office.rows('drop trigger test_guard on application');
    expect(told(done)).toEqual(['2 REFUSED CASE_CLOSED ', '3 CREATED']);
    expect(
      await office.rows(
        `select from housing_case c join household h on h.id = c.household_id where h.file_number = $1`,
        [number],
      ),
    ).toEqual([]);
  });

  it('is refused whole, and leaves no application, where its heading, its region or its source is none', async () => {
    const before = await world();
    const [number] = await homes(1);
    const refused = (content: Buffer, more: Partial<ImportFile> = {}, ctx = clerk()) =>
      load(content, more, ctx).then(
        () => 'taken',
        ({ code, extensions: { field } }: { code: string; extensions: { field: string } }) => `${code} ${field}`,
      );
    const row = rowOf(number!);
    expect(await refused(csv([HEADING.with(5, '电话'), row]))).toBe('INVALID_INPUT file');
    expect(await refused(csv([HEADING.slice(1), row.slice(1)]))).toBe('INVALID_INPUT file');
    expect(
      await refused(
        csv([
          [...HEADING, '联系电话'],
          [...row, 'x'],
        ]),
      ),
    ).toBe('INVALID_INPUT file');
    expect(await refused(csv([HEADING]))).toBe('INVALID_INPUT file');
    expect(await refused(Buffer.alloc(0))).toBe('INVALID_INPUT file');
    expect(await refused(csv([HEADING, row]), { region: '1504' }, office.as({ office: '1504' }))).toBe(
      'INVALID_INPUT region',
    );
    expect(await refused(csv([HEADING, row]), { region: '999999' })).toBe('UNKNOWN_REGION region');
    expect(await refused(csv([HEADING, row]), { region: TIANE }, clerk(ONGNIUD))).toBe('NOT_FOUND region');
    expect(await refused(csv([HEADING, row]), { source: 'a b' })).toBe('INVALID_INPUT source');
    expect(await world()).toEqual(before);
  });

  it('leaves what a clerk and another load do at the same time to one of them', async () => {
    const numbers = await homes(6);
    const rows = numbers.map((number) => rowOf(number));
    const others = numbers.map((number) => rowOf(number));
    const [one, other] = await Promise.all([
      load(csv([HEADING, ...rows])),
      load(csv([HEADING, ...others]), { source: 'paper' }),
    ]);
    expect(one.created + other.created).toBe(6);
    const [{ n }] = (await office.rows<{ n: number }>(
      `select count(*)::int as n from housing_case c join household h on h.id = c.household_id where h.file_number = any ($1)`,
      [numbers],
    )) as [{ n: number }];
    expect(n).toBe(6);
    const [{ id, person }] = (await office.rows<{ id: string; person: string }>(
      `select h.id, m.person_id as person from household h join household_member m on m.household_id = h.id and m.relation = 'APPLICANT' where h.file_number = $1`,
      [numbers[0]],
    )) as [{ id: string; person: string }];
    await expect(
      openCase(clerk(), {
        householdId: id,
        kind: CaseKind.APPLICATION,
        programme: Programme.LOW_RENT,
        applicantId: person,
      }),
    ).rejects.toMatchObject({ code: 'CASE_ALREADY_OPEN' });
  });

  it('brings every kind of security housing into one system: one question without a filter returns them all [IM-5.3]', async () => {
    /* GX-2.0.2-b, as people call them. */
    const kinds = ['廉租住房', '公共租赁住房', '经济适用住房', '限价商品住房', '租赁补贴'];
    const numbers = await homes(kinds.length, HONGSHAN);
    const rows = kinds.map((kind, at) => rowOf(numbers[at]!, { 2: kind }));
    expect(counts(await load(csv([HEADING, ...rows]), { region: HONGSHAN }))).toEqual([5, 0, 0, 0]);
    const ctx = office.as({ role: 'COUNTY_HOUSING', office: HONGSHAN });
    const { nodes } = await pageOfApplications(
      ctx,
      { region: HONGSHAN, state: null, round: null, overdue: false },
      '2026-11-22',
      {},
    );
    const ids = nodes.map(({ caseId }) => caseId);
    const listed = await office.rows<{ programme: string }>(
      'select distinct programme from housing_case where id = any ($1) order by 1',
      [ids],
    );
    expect(listed.map(({ programme }) => programme)).toEqual([
      'AFFORDABLE_SALE',
      'LOW_RENT',
      'PRICE_CAPPED_SALE',
      'PUBLIC_RENTAL',
      'RENTAL_SUBSIDY',
    ]);
  });
});

describe('importFile, of households', () => {
  const HOUSEHOLDS = ['档案编号', '登记日期', '与申请人关系', '姓名', '公民身份号码', '入户日期'];
  const family = (file: string) => [
    [file, '2014-05-06', '申请人', '白音朝鲁', freshNumber('1971-02-03', ONGNIUD), ''],
    [file, '2014-05-06', '子女', '白音其其格', freshNumber('2001-02-03', ONGNIUD), '2014-05-06'],
  ];

  it('from the old low-rent system keeps their numbers there; loaded twice, no household appears twice and both loads are on record [IM-5.2]', async () => {
    const files = ['LZ-2014-0001', 'LZ-2014-0002', 'LZ-2014-0003'];
    const content = xlsx([HOUSEHOLDS, ...files.flatMap(family)]);
    const about = { kind: 'HOUSEHOLDS', source: 'low-rent-2013' } as const;
    const [first, second] = [await load(content, about), await load(content, about)];
    expect([counts(first), counts(second), second.before]).toEqual([[6, 0, 0, 0], [0, 0, 6, 0], 1]);
    const kept = await office.rows(
      `select k.source_key, count(m.id)::int as members from import_key k join household h on h.id = k.target_id and h.file_number = k.source_key
       join household_member m on m.household_id = h.id where k.source = 'low-rent-2013' and k.kind = 'HOUSEHOLDS' group by 1 order by 1`,
    );
    expect(kept).toEqual(files.map((source_key) => ({ source_key, members: 2 })));
    const batches = await office.rows(
      `select file_hash, taken_by, rows, created, unchanged from import_batch where source = 'low-rent-2013' order by created desc`,
    );
    const logged = { file_hash: expect.stringMatching(/^[\da-f]{64}$/), taken_by: 'officer-1', rows: 6 };
    expect(batches).toEqual([
      { ...logged, created: 6, unchanged: 0 },
      { ...logged, created: 0, unchanged: 6 },
    ]);
    expect((batches[0] as { file_hash: string }).file_hash).toBe((batches[1] as { file_hash: string }).file_hash);
  });

  it('lands a household whole or not at all, and refuses rows of one that do not stand together', async () => {
    const [a, b] = [family('LZ-2014-0101'), family('LZ-2014-0102')];
    const bad = family('LZ-2014-0103').map((cells, at) => (at === 1 ? cells.with(4, '110101199003070000') : cells));
    const done = await load(csv([HOUSEHOLDS, a[0]!, ...b, a[1]!, ...bad]), { kind: 'HOUSEHOLDS' });
    expect(told(done)).toEqual([
      ...['2 REFUSED INVALID_INPUT 档案编号', '3 CREATED', '4 CREATED'],
      '5 REFUSED INVALID_INPUT 档案编号',
      ...['6 REFUSED', '7 REFUSED INVALID_ID_NUMBER 公民身份号码'],
    ]);
  });
});
