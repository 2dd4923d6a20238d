import { FAULTS, type FaultCode } from '../../errors';
import type { Counts } from '../../commands/finish-import';
import type { Outcome } from '../../commands/import-applications';

export interface RowFlaw {
  readonly code: FaultCode;
  readonly field: string;
  readonly detail: string;
}

/** What became of a row. */
export interface RowOutcome {
  readonly number: number;
  readonly key: string;
  readonly outcome: Outcome;
  readonly flaws: readonly RowFlaw[];
}

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  ...{ CREATED: '新建', UPDATED: '更新', UNCHANGED: '未变', REFUSED: '未导入' },
};
export const REPORT_HEADING = ['行号', '来源编号', '结果', '代码', '列', '说明', '处理办法'] as const;

/** Lines of the report on a row: one for each flaw, or one. */
export const reportLines = ({ number, key, outcome, flaws }: RowOutcome): string[][] => {
  const begun = [String(number), key, OUTCOMES[outcome]];
  if (flaws.length === 0) return [[...begun, '', '', '', '']];
  return flaws.map(({ code, field, detail }) => {
    const { message, remedy } = FAULTS[code];
    return [...begun, code, field, detail ? `${message}：${detail}` : message, remedy];
  });
};

const NAMES = { CREATED: 'created', UPDATED: 'updated', UNCHANGED: 'unchanged', REFUSED: 'refused' } as const;

export class Tally implements Counts {
  rows = 0;
  created = 0;
  updated = 0;
  unchanged = 0;
  refused = 0;

  add({ outcome }: RowOutcome): void {
    this.rows += 1;
    this[NAMES[outcome]] += 1;
  }
}
