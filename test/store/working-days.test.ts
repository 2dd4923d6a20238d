import fc from 'fast-check';
import { addWorkingDays } from '../../src/store/working-days';
import { loadCalendar } from '../../src/store/calendar-table';
import { testDatabase, type TestDatabase } from '../support/database';
import { seedProperties } from '../support/seed';

seedProperties();
let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

const after = (region: string, from: string, n: number) => addWorkingDays(base.owner, region, from, n);

/*
 * Written down from the notices themselves (国办发明电〔2024〕12号, 〔2025〕7号), not from the package: first and last day off,
 * and the weekend days that are worked.
 */
const OFF: [string, string][] = [
  ...([
    ['2025-01-01', '2025-01-01'],
    ['2025-01-28', '2025-02-04'],
    ['2025-04-04', '2025-04-06'],
    ['2025-05-01', '2025-05-05'],
    ['2025-05-31', '2025-06-02'],
    ['2025-10-01', '2025-10-08'],
  ] as [string, string][]),
  ...([
    ['2026-01-01', '2026-01-03'],
    ['2026-02-15', '2026-02-23'],
    ['2026-04-04', '2026-04-06'],
    ['2026-05-01', '2026-05-05'],
    ['2026-06-19', '2026-06-21'],
    ['2026-09-25', '2026-09-27'],
    ['2026-10-01', '2026-10-07'],
  ] as [string, string][]),
];
const WORKED = [
  ...['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  ...['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
];
/** 壮族三月三 as the hub reckons it, in Guangxi only. */
const SANYUESAN = ['2025-03-31', '2025-04-01', '2026-04-19', '2026-04-20', '2026-04-21'];

const DAY_MS = 86_400_000;
const dayAfter = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
function isWorked(region: string, day: string): boolean {
  if (region.startsWith('45') && SANYUESAN.includes(day)) return false;
  if (WORKED.includes(day)) return true;
  if (OFF.some(([first, last]) => first <= day && day <= last)) return false;
  return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}
/** Walks day by day; provisional from the first day of 2027, which nobody has announced. */
function walk(region: string, from: string, n: number) {
  let [day, left, provisional] = [from, n, false];
  while (left > 0) {
    day = dayAfter(day);
    provisional ||= day >= '2027-01-01';
    if (isWorked(region, day)) left--;
  }
  return { day, provisional };
}

describe('working days', () => {
  it.each([
    ['over an ordinary week', '150402', '2026-11-20', 5, '2026-11-27'],
    ['over the Spring Festival, with Saturdays worked on both sides', '150402', '2026-02-13', 3, '2026-02-25'],
    ['over the National Day, with a Saturday worked after it', '150402', '2026-09-30', 2, '2026-10-09'],
    ['to a Saturday that is worked', '150402', '2026-09-30', 3, '2026-10-10'],
    ['over 三月三 in Guangxi', '451222', '2026-04-17', 1, '2026-04-22'],
    ['but not in Inner Mongolia', '150402', '2026-04-17', 1, '2026-04-20'],
    ['of which none are asked for', '150402', '2026-11-21', 0, '2026-11-21'],
  ])('%s', async (_what, region, from, n, day) => {
    expect(await after(region, from, n)).toEqual({ day, provisional: false });
  });

  it('are counted like a walk through the notices, in each region, from any day of two announced years', async () => {
    const start = fc.integer({ min: Date.parse('2025-01-01'), max: Date.parse('2026-12-31') });
    const day = start.map((ms) => new Date(ms).toISOString().slice(0, 10));
    const region = fc.constantFrom('15', '1504', '150402', '45', '4512', '451222');
    await fc.assert(
      fc.asyncProperty(region, day, fc.integer({ min: 1, max: 40 }), async (where, from, n) => {
        expect(await after(where, from, n)).toEqual(walk(where, from, n));
      }),
      { numRuns: 300 },
    );
  });

  it('say when they reach into a year that nobody has announced, and no longer once it is', async () => {
    expect(await after('150402', '2026-12-25', 4)).toEqual({ day: '2026-12-31', provisional: false });
    expect(await after('150402', '2026-12-25', 5)).toEqual({ day: '2027-01-01', provisional: true });
    await base.owner.query(`begin;
      insert into calendar_year values (2027, null, '测试文号', 'NATIONAL');
      insert into calendar_day values ('2027-01-01', null, 'HOLIDAY', '元旦', '测试文号', 'NATIONAL')`);
    expect(await after('150402', '2026-12-25', 5)).toEqual({ day: '2027-01-04', provisional: false });
    await base.owner.query('rollback');
  });

  it('follow the nearest region that has its own word', async () => {
    await base.owner.query(`begin;
      insert into calendar_day values ('2026-11-23', '1504', 'HOLIDAY', '示例', '示例', 'LOCAL'), ('2026-11-23', '150402', 'WORKDAY', '示例', '示例', 'LOCAL')`);
    expect((await after('150402', '2026-11-20', 1)).day).toBe('2026-11-23');
    expect((await after('150426', '2026-11-20', 1)).day).toBe('2026-11-24');
    expect((await after('152201', '2026-11-20', 1)).day).toBe('2026-11-23');
    await base.owner.query('rollback');
  });

  it('keep a line with a document when the table is loaded again, and correct one without', async () => {
    const line = async (day: string) =>
      (
        await base.owner.query('select kind, document_number from calendar_day where day = $1 and region_code = $2', [
          day,
          '45',
        ])
      ).rows[0];
    await base.owner.query(`begin;
      update calendar_day set kind = 'WORKDAY', mark = 'LOCAL', document_number = '桂政办发' where day = '2026-04-21' and region_code = '45';
      update calendar_day set kind = 'WORKDAY' where day = '2026-04-20' and region_code = '45'`);
    await loadCalendar(base.owner);
    expect(await line('2026-04-21')).toEqual({ kind: 'WORKDAY', document_number: '桂政办发' });
    expect(await line('2026-04-20')).toMatchObject({ kind: 'HOLIDAY' });
    await base.owner.query('rollback');
  });

  it('name for every day and year a document and how it is known, and for Guangxi’s own days that nobody has checked them', async () => {
    const { rows } = await base.owner.query<{ year: number; document_number: string; mark: string }>(
      'select year, document_number, mark from calendar_year where region_code is null and year >= 2025 order by year',
    );
    expect(rows).toEqual([
      { year: 2025, document_number: '国办发明电〔2024〕12号', mark: 'NATIONAL' },
      { year: 2026, document_number: '国办发明电〔2025〕7号', mark: 'NATIONAL' },
    ]);
    const regional = await base.owner.query<{ mark: string }>(
      `select distinct mark from calendar_day where region_code = '45' and day >= '2025-01-01'`,
    );
    expect(regional.rows).toEqual([{ mark: 'UNVERIFIED' }]);
  });
});
