import type { ClientBase } from 'pg';
import national from 'chinese-days/dist/chinese-days.json';

/** How a day or year is known, as `Mark` of schema/sharing/parameter. */
type Mark = 'NATIONAL' | 'LOCAL' | 'UNVERIFIED';

export interface CalendarYear {
  readonly year: number;
  readonly regionCode: string | null;
  readonly documentNumber: string;
  readonly mark: Mark;
}

export interface CalendarDay {
  readonly day: string;
  readonly regionCode: string | null;
  readonly kind: 'HOLIDAY' | 'WORKDAY';
  readonly name: string;
  readonly documentNumber: string;
  readonly mark: Mark;
}

/** Nothing is asked of the hub about earlier years. */
const FIRST_YEAR = 2024;

/** The State Council's yearly notices 国务院办公厅关于…年部分节假日安排的通知 whose numbers were seen. */
const NOTICES = new Map([
  [2025, '国办发明电〔2024〕12号'],
  [2026, '国办发明电〔2025〕7号'],
]);

/** Read as an ordinary year by the package itself, a year counts as announced only with its arrangement to the autumn. */
function announcedYears(): number[] {
  const years = Object.keys(national.holidays).flatMap((day) => /^(\d{4})-10-01$/.exec(day)?.[1] ?? []);
  return years.map(Number).filter((year) => year >= FIRST_YEAR);
}

const documentOf = (year: number): Pick<CalendarYear, 'documentNumber' | 'mark'> => {
  const documentNumber = NOTICES.get(year);
  return documentNumber
    ? { documentNumber, mark: 'NATIONAL' }
    : { documentNumber: `国务院办公厅关于${year}年部分节假日安排的通知（文号未核）`, mark: 'UNVERIFIED' };
};

export const calendarYears = (): CalendarYear[] =>
  announcedYears().map((year) => ({ year, regionCode: null, ...documentOf(year) }));

const ORDER_98 = '广西壮族自治区人民政府令第98号';
const UNSEEN = '（当年通知未核）';

/**
 * Days off in one autonomous region. 壮族三月三: two days from the third of the third lunar month, made up for after a
 * weekend; the notice of 2024 was seen, the later ones are reckoned. 自治区成立纪念日 falls on Labour Day.
 */
const REGIONAL: readonly CalendarDay[] = [
  ...['2024-04-11', '2024-04-12'].map((day) => guangxi(day, ORDER_98, 'LOCAL')),
  ...['2025-03-31', '2025-04-01'].map((day) => guangxi(day, ORDER_98 + UNSEEN, 'UNVERIFIED')),
  ...['2026-04-19', '2026-04-20', '2026-04-21'].map((day) => guangxi(day, ORDER_98 + UNSEEN, 'UNVERIFIED')),
  ...['2024-05-01', '2025-05-01', '2026-05-01'].map(
    (day): CalendarDay => ({
      ...{ day, regionCode: '15', kind: 'HOLIDAY', name: '自治区成立纪念日' },
      ...{ documentNumber: '文件未核', mark: 'UNVERIFIED' },
    }),
  ),
];

function guangxi(day: string, documentNumber: string, mark: Mark): CalendarDay {
  return { day, regionCode: '45', kind: 'HOLIDAY', name: '壮族三月三', documentNumber, mark };
}

/** Days off and days made up for, of every announced year. The package names them 'English,中文,n'. */
export function calendarDays(): CalendarDay[] {
  const years = new Set(announcedYears());
  const daysOf = (named: Readonly<Record<string, string>>, kind: CalendarDay['kind']): CalendarDay[] =>
    Object.entries(named).flatMap(([day, name]) => {
      const year = Number(day.slice(0, 4));
      return years.has(year)
        ? [{ day, regionCode: null, kind, name: name.split(',')[1] ?? name, ...documentOf(year) }]
        : [];
    });
  return [...daysOf(national.holidays, 'HOLIDAY'), ...daysOf(national.workdays, 'WORKDAY'), ...REGIONAL];
}

const YEARS = `
  insert into calendar_year (year, region_code, document_number, mark)
  select year, "regionCode", "documentNumber", mark
  from json_to_recordset($1) as given (year int, "regionCode" text, "documentNumber" text, mark text)
  on conflict (year, region_code) do update set document_number = excluded.document_number, mark = excluded.mark
  where calendar_year.mark = 'UNVERIFIED'`;
const DAYS = `
  insert into calendar_day (day, region_code, kind, name, document_number, mark)
  select day, "regionCode", kind, name, "documentNumber", mark
  from json_to_recordset($1) as given (day date, "regionCode" text, kind text, name text, "documentNumber" text, mark text)
  on conflict (day, region_code) do update set kind = excluded.kind, name = excluded.name,
    document_number = excluded.document_number, mark = excluded.mark
  where calendar_day.mark = 'UNVERIFIED'`;

/**
 * Adds what the tables lack; a line with a document stays as it is, so that a region's own word is never overwritten. By the owner. A year counts as
 * announced once its days are there.
 */
export async function loadCalendar(owner: ClientBase): Promise<void> {
  await owner.query(DAYS, [JSON.stringify(calendarDays())]);
  await owner.query(YEARS, [JSON.stringify(calendarYears())]);
}
