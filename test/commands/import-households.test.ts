import fc from 'fast-check';
import { personNumber } from '../../src/access/seal';
import { importHouseholds } from '../../src/commands/import-households';
import { COLUMNS, MAX_ROWS } from '../../src/store/intake/sheet';
import { seedProperties } from '../support/seed';
import { freshNumber, HONGSHAN, ONGNIUD, openOffice, TIANE, type Office } from './support/office';

seedProperties();
let office: Office;
let files = 0;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

const CHINESE = Object.values(COLUMNS).join();
const ENGLISH = Object.keys(COLUMNS).join();
const fileNumber = () => `HS-${(files += 1)}`;
type Cells = [file: string, registered: string, relation: string, name: string, idNumber: string, since?: string];
const sheet = (rows: readonly (Cells | string)[], heading = CHINESE) =>
  [
    heading,
    ...rows.map((row) => (typeof row === 'string' ? row : [...row, ...(row.length < 6 ? [''] : [])].join())),
  ].join('\n');
const one = (changes: Partial<Record<number, string>> = {}): Cells =>
  Object.assign([fileNumber(), '2024-05-06', '申请人', '白音·朝鲁', freshNumber('1970-01-01')], changes) as Cells;
const take = (csv: string, region: string = HONGSHAN, ctx = office.as()) => importHouseholds(ctx, { region, csv });
const counts = async () =>
  (
    await office.rows(
      'select (select count(*) from household) h, (select count(*) from person) p, (select count(*) from household_member) m',
    )
  )[0];

describe('importHouseholds [IM-4.7]', () => {
  it('brings in households with their members, sealed numbers and an entry in the write log for each row', async () => {
    const [number, child] = [freshNumber('1981-02-03'), freshNumber('2016-07-08')];
    const file = fileNumber();
    const ctx = office.as();
    const rows: Cells[] = [
      [file, '2015-03-04', '本人', '欧阳春晓', number.toLowerCase()],
      [file, '2015-03-04', '子女', '欧阳一', child, '2016-07-08'],
    ];
    expect(await take(`\ufeff${sheet(rows).replaceAll('\n', '\r\n')}\r\n`, HONGSHAN, ctx)).toEqual({
      ...{ rows: 2, created: 1, unchanged: 0, refused: 0, problems: [] },
    });
    const members = await office.rows<{ relation: string; number: Buffer; id: string }>(
      `select m.relation, m.from_date::text, p.id_number as number, p.id, p.birth_date::text from household h
         join household_member m on m.household_id = h.id join person p on p.id = m.person_id where h.file_number = $1 order by m.relation`,
      [file],
    );
    expect(members).toMatchObject([
      { relation: 'APPLICANT', from_date: '2015-03-04', birth_date: '1981-02-03' },
      { relation: 'CHILD', from_date: '2016-07-08', birth_date: '2016-07-08' },
    ]);
    const opened = members.map((member) => office.hub.seal.open(member.number, personNumber(member.id)));
    expect(opened).toEqual([number, child]);
    const acts = await office.rows(
      'select verb, entity, region_code, count(*)::int from write_entry where request_id = $1 group by 1, 2, 3 order by 2',
      [ctx.requestId],
    );
    const act = { verb: 'importHouseholds', region_code: HONGSHAN };
    expect(acts).toEqual([
      { ...act, entity: 'Household', count: 1 },
      { ...act, entity: 'HouseholdMember', count: 2 },
      { ...act, entity: 'Person', count: 2 },
    ]);
  });

  it('changes nothing when the same sheet comes again, under English headings in another order', async () => {
    const row = one();
    await take(sheet([row]));
    const before = await counts();
    const [file, registered, relation, name, number] = row;
    const again = `name,since,idNumber,fileNumber,relation,registeredOn\n${[name, '', number, file, relation, registered].join()}`;
    expect(await take(again)).toMatchObject({ created: 0, unchanged: 1, refused: 0, problems: [] });
    expect(await counts()).toEqual(before);
  });

  it('leaves a file that is already there as it is and reports a sheet that says otherwise', async () => {
    const row = one();
    await take(sheet([row]));
    const before = await counts();
    const report = await take(sheet([Object.assign([...row], { 3: '白音' }) as Cells]));
    expect(report).toMatchObject({ created: 0, unchanged: 0, refused: 1, problems: [{ row: 2, field: 'fileNumber' }] });
    expect(await counts()).toEqual(before);
  });

  it.each<[string, number, string, string, string]>([
    ['a wrong check character', 4, '150402197001010000', 'INVALID_ID_NUMBER', 'idNumber'],
    ['a number that a spreadsheet rounded', 4, '1.50402E+17', 'INVALID_ID_NUMBER', 'idNumber'],
    ['somebody not born yet', 4, '110101202701010013', 'INVALID_ID_NUMBER', 'idNumber'],
    ['a formula', 3, '=HYPERLINK(1)', 'INVALID_INPUT', 'name'],
    ['a formula behind a space', 0, ' @SUM(1)', 'INVALID_INPUT', 'fileNumber'],
    ['a name in digits', 3, '12345', 'INVALID_INPUT', 'name'],
    ['a day that is none', 1, '2024-02-30', 'INVALID_INPUT', 'registeredOn'],
    ['a day to come', 1, '2099-01-01', 'INVALID_INPUT', 'registeredOn'],
    ['an unknown relation', 2, '邻居', 'INVALID_INPUT', 'relation'],
    ['a name of the prototype as relation', 2, 'constructor', 'INVALID_INPUT', 'relation'],
    ['no applicant', 2, '配偶', 'INVALID_INPUT', 'relation'],
    ['a member who joined unborn', 5, '1969-12-31', 'INVALID_INPUT', 'since'],
  ])(
    'refuses %s by row and column, never quoting it, while good rows land',
    async (_what, column, cell, code, field) => {
      const report = await take(sheet([one(), one({ [column]: cell }), one()]));
      expect(report).toMatchObject({ rows: 3, created: 2, refused: 1, problems: [{ row: 3, code, field }] });
      expect(report.problems[0]!.remedy).not.toBe('');
      expect(JSON.stringify(report)).not.toContain(cell.trim());
    },
  );

  it('refuses a household whole when one of its rows is bad: a missing member would falsify every verdict', async () => {
    const file = fileNumber();
    const report = await take(sheet([one({ 0: file }), one({ 0: file, 2: '配偶', 4: '1' }), one()]));
    expect(report).toMatchObject({ created: 1, refused: 1, problems: [{ row: 3, field: 'idNumber' }] });
    expect(await office.rows('select from household where file_number = $1', [file])).toEqual([]);
  });

  it('refuses one person in two files of the sheet, and twice in one', async () => {
    const number = freshNumber('1990-01-01');
    const file = fileNumber();
    const twins = await take(sheet([one({ 4: number }), one({ 4: number })]));
    expect(twins).toMatchObject({ created: 0, refused: 2 });
    expect(twins.problems.map(({ row, code }) => [row, code])).toEqual([
      [2, 'ONE_HOUSEHOLD_ONE_FILE'],
      [3, 'ONE_HOUSEHOLD_ONE_FILE'],
    ]);
    const twice = await take(sheet([one({ 0: file, 4: number }), one({ 0: file, 2: '其他', 4: number })]));
    expect(twice).toMatchObject({ created: 0, refused: 1, problems: [{ row: 3, field: 'idNumber' }] });
  });

  it('refuses a person who is in another open file of the importer’s regions, and not one whose file is closed', async () => {
    const row = one();
    await take(sheet([row]));
    const moved = (): Cells => Object.assign([...row], { 0: fileNumber() }) as Cells;
    expect(await take(sheet([moved()]))).toMatchObject({
      refused: 1,
      problems: [{ row: 2, code: 'ONE_HOUSEHOLD_ONE_FILE' }],
    });
    await office.rows(`update household set closed_on = '2026-01-01' where file_number = $1`, [row[0]]);
    expect(await take(sheet([moved()]))).toMatchObject({ created: 1, problems: [] });
  });

  it('refuses the same number under another name, and takes other spellings of the middle dot for the same', async () => {
    const number = freshNumber('1966-06-06');
    const closed = one({ 3: '阿依·古丽', 4: number });
    await take(sheet([closed]));
    await office.rows(`update household set closed_on = '2026-01-01' where file_number = $1`, [closed[0]]);
    expect(await take(sheet([one({ 3: '古丽', 4: number })]))).toMatchObject({
      ...{ refused: 1, problems: [{ code: 'IDENTITY_AMBIGUOUS', field: 'name' }] },
    });
    expect(await take(sheet([one({ 3: '阿依・古丽', 4: number })]))).toMatchObject({ created: 1 });
  });

  it('tells nobody who is on file in another county: that is for a cross-check to find', async () => {
    const row = one();
    const far = office.as({ office: TIANE });
    await take(sheet([row]), TIANE, far);
    const here = await take(sheet([one({ 3: '别的名字', 4: row[4]! })]));
    expect(here).toMatchObject({ created: 1, problems: [] });
    expect(await office.rows('select from person where id_index = $1', [office.hub.seal.index(row[4]!)])).toHaveLength(
      1,
    );
  });

  it.each<[string, string, string, string]>([
    ['an unknown region', '999999', 'UNKNOWN_REGION', 'region'],
    ['a county of another prefecture', TIANE, 'NOT_FOUND', 'region'],
    ['a neighbouring county', ONGNIUD, 'NOT_FOUND', 'region'],
  ])('refuses %s', async (_what, region, code, field) => {
    await expect(take(sheet([one()]), region)).rejects.toMatchObject({ code, field });
  });

  it('refuses a prefecture as home of a file', async () => {
    const city = office.as({ role: 'CITY_HOUSING', office: '1504' });
    await expect(take(sheet([one()]), '1504', city)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'region' });
  });

  it.each<[string, () => string]>([
    ['nothing', () => ''],
    ['a heading only', () => CHINESE],
    ['an unknown heading', () => sheet([one()], CHINESE.replace('姓名', '名字'))],
    ['a heading twice', () => sheet([one()], CHINESE.replace('入户日期', '姓名'))],
    ['a missing column', () => '档案编号,姓名\nA,王一'],
    ['an open quote', () => sheet([`"${'x'.repeat(50)}`])],
    ['an endless cell', () => sheet([`"${'x'.repeat(20_000)}"`])],
    ['bytes of another encoding', () => Buffer.from(sheet([one()])).toString('latin1')],
    ['one row too many', () => sheet(Array.from({ length: MAX_ROWS + 1 }, () => 'a,b,c,d,e,f'))],
  ])('refuses %s as a whole, naming the sheet', async (_what, csv) => {
    await expect(take(csv())).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'csv' });
  });

  it('answers any text at all with a report or a catalogue error, and writes nothing half', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('申请人', '2024-01-01', '"', '=1', '\u0000', '王·一', 'HS-1', '110105194912310021'),
    );
    const rows = fc.array(
      fc.array(cell, { maxLength: 7 }).map((cells) => cells.join()),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(CHINESE, ENGLISH), async (lines, heading) => {
        const before = await counts();
        const outcome = await take([heading, ...lines].join('\n')).catch(({ code }) => code);
        if (typeof outcome === 'string') expect(outcome).toBe('INVALID_INPUT');
        if (typeof outcome === 'string' || outcome.created === 0) expect(await counts()).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });

  it('lands exactly the households without a bad row, whatever the mixture', async () => {
    const household = fc.record({ members: fc.integer({ min: 1, max: 5 }), bad: fc.option(fc.nat(4)) });
    await fc.assert(
      fc.asyncProperty(fc.array(household, { minLength: 1, maxLength: 8 }), async (homes) => {
        const rows = homes.flatMap(({ members, bad }) => {
          const file = fileNumber();
          return Array.from({ length: members }, (_, at): Cells => {
            const number = freshNumber('1960-10-10', '152201');
            return one({ 0: file, 2: at ? '其他' : '申请人', 4: bad === at ? number.slice(1) : number });
          });
        });
        const sound = homes.filter(({ members, bad }) => bad === null || bad >= members).length;
        const report = await take(sheet(rows));
        expect([report.created, report.refused, report.problems.length]).toEqual([
          sound,
          homes.length - sound,
          homes.length - sound,
        ]);
      }),
      { numRuns: 20 },
    );
  });

  it('lets two clerks send the same sheet at once', async () => {
    const csv = sheet([one(), one()]);
    const reports = await Promise.all([take(csv), take(csv)]);
    expect(reports.map(({ created, unchanged }) => [created, unchanged]).sort()).toEqual([
      [0, 2],
      [2, 0],
    ]);
  });
});
