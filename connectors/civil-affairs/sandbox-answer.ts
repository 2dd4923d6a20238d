import { z } from 'zod';
import type { Mode } from '../../src/exchange/sandbox/mode';
import { pick, recordNumber, released, type Entry } from '../../src/exchange/sandbox/register';

const ITEMS = [
  'marital',
  'spouseCert',
  'spouseName',
  'deathDate',
  'relief',
  'reliefUntil',
  'incomeGrade',
  'perCapitaMonthly',
  'gradeUntil',
] as const;

const text = z.string().min(1);

/** A batch as handed in; docs/sandbox.md describes it. */
export const Batch = z.object({
  purpose: text,
  items: z.array(z.enum(ITEMS)).min(1),
  persons: z
    .array(
      z.object({
        ref: text.max(64),
        cert: z.string().regex(/^(\d{15}|\d{17}[\dXx])$/),
        name: text,
        caseNo: text,
        letterNo: text,
      }),
    )
    .min(1)
    .max(1000),
});
export type Batch = z.infer<typeof Batch>;

/** GB/T 2261.2. */
const MARITAL = { UNMARRIED: 10, MARRIED: 20, WIDOWED: 30, DIVORCED: 40, NOT_STATED: 90 } as const;
const MARITAL_WORDS = {
  UNMARRIED: '未婚',
  MARRIED: '已婚',
  WIDOWED: '丧偶',
  DIVORCED: '离婚',
  NOT_STATED: '未说明',
} as const;
const RELIEF = { NONE: 0, SUBSISTENCE: 1, EXTREME_POVERTY: 2, MARGINAL: 3, RIGID_EXPENDITURE: 4 } as const;
const INCOME_GRADE = { NONE: 0, LOW_INCOME: 1, LOWER_MIDDLE_INCOME: 2 } as const;
const CODES = { FOUND: 0, NO_RECORD: 1, NAME_DIFFERS: 2 } as const;

/** A row of civil.person, dates as yyyyMMdd; bigint comes as text. */
export interface PersonRow {
  readonly id_number: string;
  readonly name: string;
  readonly marriage_status: keyof typeof MARITAL;
  readonly spouse_id_number: string | null;
  readonly spouse_name: string | null;
  readonly death_date: string | null;
  readonly allowance_class: keyof typeof RELIEF;
  readonly relief_until: string | null;
  readonly income_class: keyof typeof INCOME_GRADE;
  readonly per_head_monthly_fen: string | null;
  readonly grade_until: string | null;
}

export const PERSON_REGISTER = {
  select: `select id_number, name, marriage_status, spouse_id_number, spouse_name, to_char(deceased_on, 'YYYYMMDD') as death_date,
                  allowance_class, to_char(allowance_valid_until, 'YYYYMMDD') as relief_until, income_class, per_head_monthly_fen,
                  to_char(determination_valid_until, 'YYYYMMDD') as grade_until from civil.person`,
  order: 'id_number',
};

const yuan = (fen: string | null) => (fen === null ? null : (Number(fen) / 100).toFixed(2));

const personOf = (row: PersonRow) => ({
  marital: MARITAL[row.marriage_status],
  spouseCert: row.spouse_id_number,
  spouseName: row.spouse_name,
  deathDate: row.death_date,
  relief: RELIEF[row.allowance_class],
  reliefUntil: row.relief_until,
  incomeGrade: INCOME_GRADE[row.income_class],
  perCapitaMonthly: yuan(row.per_head_monthly_fen),
  gradeUntil: row.grade_until,
});

/** Mode drift: the release with words for the marriage code, numbers for incomes, and classes no list knows. */
const driftedPerson = (row: PersonRow) => ({
  ...personOf(row),
  marital: MARITAL_WORDS[row.marriage_status],
  relief: 9,
  incomeGrade: 9,
  perCapitaMonthly: row.per_head_monthly_fen === null ? null : Number(row.per_head_monthly_fen),
});

function codeIn(mode: Mode, outcome: keyof typeof CODES): number | string {
  if (mode === 'drift') return String(CODES[outcome]);
  return mode === 'new-enum' && outcome === 'FOUND' ? 7 : CODES[outcome];
}

/** The answers of a batch that is ready, without its ticket. */
export function batchAnswer(
  entries: readonly Entry<PersonRow>[],
  items: readonly string[],
  mode: Mode,
  day: string,
  key: string,
) {
  const shown = mode === 'drift' ? driftedPerson : personOf;
  const answers = entries.map(({ ref, idNumber, outcome, rows: [row] }) => ({
    ref,
    cert: idNumber,
    code: codeIn(mode, outcome),
    ...(outcome === 'FOUND' &&
      row && { serial: recordNumber('MZ', key, idNumber), person: released(pick(shown(row), items), mode) }),
  }));
  const dataDate = day.replaceAll('-', '');
  return { issuer: '民政局', dataDate, coverage: { regions: [15, 45], since: '20000101', until: dataDate }, answers };
}
