import { normaliseName } from '../../src/access/identity';
import type { Mode } from '../../src/exchange/sandbox/mode';
import { recordNumber, released, type Entry, type Subject } from '../../src/exchange/sandbox/register';

const KIND = { HOUSEHOLD: '10', COLLECTIVE: '20' } as const;
const KIND_WORDS = { HOUSEHOLD: '家庭户', COLLECTIVE: '集体户' } as const;
const OUTCOME = { FOUND: '1', NO_RECORD: '2', NAME_DIFFERS: '3' } as const;
const OUTCOME_WORDS = { FOUND: '查得', NO_RECORD: '查无', NAME_DIFFERS: '姓名不符' } as const;

/** A row of police.person, dates as yyyyMMdd. */
export interface PersonRow {
  readonly id_number: string;
  readonly name: string;
  readonly former_name: string | null;
  readonly hukou_place: string;
  readonly hukou_kind: keyof typeof KIND;
  readonly since: string;
  readonly death_date: string | null;
  readonly cancel_date: string | null;
  readonly minor_children: number;
}

export const PERSON_REGISTER = {
  select: `select id_number, name, former_name, hukou_place, hukou_kind, to_char(hukou_since, 'YYYYMMDD') as since,
                  to_char(deceased_on, 'YYYYMMDD') as death_date, to_char(cancelled_on, 'YYYYMMDD') as cancel_date, minor_children
             from police.person`,
  order: 'id_number',
};

/** 1 as written, 2 another spelling of it, 3 a former name; whoever is none of these is not found under it. */
function nameCode({ name }: PersonRow, asked: string): string {
  if (name === asked) return '1';
  return normaliseName(name) === normaliseName(asked) ? '2' : '3';
}

type Column = (row: PersonRow, asked: string) => string;

/** The columns a request may name. */
export const COLUMNS: Readonly<Record<string, Column>> = {
  姓名比对: nameCode,
  户籍地: ({ hukou_place }) => hukou_place,
  户口类别: ({ hukou_kind }) => KIND[hukou_kind],
  落户日期: ({ since }) => since,
  死亡日期: ({ death_date }) => death_date ?? '',
  注销日期: ({ cancel_date }) => cancel_date ?? '',
  未成年子女数: ({ minor_children }) => String(minor_children),
};

/** Mode drift: the release with words for codes, dates with hyphens, and another name for the day of registration. */
const DRIFTED: Readonly<Record<string, Column>> = {
  户口类别: ({ hukou_kind }) => KIND_WORDS[hukou_kind],
  落户日期: ({ since }) => since.replace(/^(....)(..)/, '$1-$2-'),
};
const RENAMED: Readonly<Record<string, string>> = { 落户日期: '迁入日期' };

const inWords = (cell: unknown): string => `约 ${String(cell)}`;

/** The answer's table; `asked` by ref. */
export function tableOf(
  entries: readonly Entry<PersonRow>[],
  asked: ReadonlyMap<string, Subject>,
  items: readonly string[],
  mode: Mode,
  key: string,
): { readonly columns: string[]; readonly rows: string[][] } {
  const drifts = mode === 'drift';
  const cell = (item: string) => (drifts ? (DRIFTED[item] ?? COLUMNS[item]!) : COLUMNS[item]!);
  const outcomes = drifts ? OUTCOME_WORDS : mode === 'new-enum' ? { ...OUTCOME, FOUND: '5' } : OUTCOME;
  const told = (row: PersonRow, name: string) =>
    Object.values(released(Object.fromEntries(items.map((item) => [item, cell(item)(row, name)])), mode, inWords));
  const headings = drifts
    ? items.map((item) => RENAMED[item] ?? item)
    : Object.keys(released(Object.fromEntries(items.map((item) => [item, ''])), mode));
  const rows = entries.map(({ ref, idNumber, outcome, rows: [row] }) => {
    const name = asked.get(ref)?.name ?? '';
    const cells = row ? told(row, name) : headings.map(() => '');
    return [ref, idNumber, outcomes[outcome], row ? recordNumber('HJ', key, idNumber) : '', ...cells] as string[];
  });
  return { columns: ['查询编号', '公民身份号码', '结果', '档案编号', ...headings], rows };
}
