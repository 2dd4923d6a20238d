import { isIdNumber, normaliseIdNumber } from '../../access/identity';
import { maskIdNumber } from '../../access/masks';
import { factsOf, type RecordClass } from '../fact';
import { day } from '../kinds';
import type { RegisterEntry, RegisterForm } from './form';

/** Why a row did not land. Codes English, remedies Chinese; the value itself is never repeated. */
export const REMEDIES = {
  COLUMN_COUNT: '列数与表头不符，请检查分隔符与引号后重新导出该行',
  INVALID_ID_NUMBER: '公民身份号码不合法，请核对 18 位号码及校验位（GB 11643），该列须为文本格式',
  INVALID_NAME: '姓名须为 1 至 50 个文字，可含间隔号',
  INVALID_VALUE: '取值不在约定的代码或格式内，请对照接口说明更正',
  FUTURE_DATE: '日期晚于数据时点，请核对',
  DUPLICATE: '同一号码在本包中出现多次，无法判断以哪一行为准，请只保留一行',
} as const;
export type FlawCode = keyof typeof REMEDIES;

/** A flaw of one row; the heading counts as row 1. `masked` shows a number's ends where the cell holds one. */
export interface Flaw {
  readonly row: number;
  readonly code: FlawCode;
  readonly column: string;
  readonly masked: string;
}

/** Ideographs of every plane, letters of other scripts, and the middle dots of minority names. */
const NAME = /^[\p{L}\p{M}\p{Co}·•‧⋅・･'’. \u3000-]{1,50}$/u;

export class RowReader {
  private readonly schemas;
  private readonly width: number;

  constructor(
    private readonly form: RegisterForm,
    record: RecordClass,
    private readonly headings: readonly string[],
    /** Day of the data: nothing can have happened after it. */
    private readonly asOf: string,
  ) {
    this.schemas = factsOf(record);
    this.width = headings.length;
  }

  /** The entry of a row, or its first flaw. */
  read(cells: readonly string[], row: number): RegisterEntry | Flaw {
    if (cells.length !== this.width) return { row, code: 'COLUMN_COUNT', column: '', masked: '' };
    const cell = (heading: string) => cells[this.headings.indexOf(heading)]!.trim();
    const { form } = this;
    const idNumber = normaliseIdNumber(cell(form.idNumber));
    const flaw = (code: FlawCode, column: string): Flaw => ({ row, code, column, masked: masked(idNumber) });
    if (!isIdNumber(idNumber)) return flaw('INVALID_ID_NUMBER', form.idNumber);
    if (!NAME.test(cell(form.name))) return flaw('INVALID_NAME', form.name);
    if (cell(form.formerName) && !NAME.test(cell(form.formerName))) return flaw('INVALID_NAME', form.formerName);
    const value: Record<string, unknown> = {};
    for (const [fact, { item, read }] of Object.entries(form.facts)) {
      const told = this.fact(fact, () => read(cell(item)));
      if (told === undefined) return flaw('INVALID_VALUE', item);
      if (this.isLater(fact, told)) return flaw('FUTURE_DATE', item);
      value[fact] = told;
    }
    const names = { name: cell(form.name), formerName: cell(form.formerName) || null };
    return { idNumber, ...names, recordNumber: cell(form.recordNumber) || null, value };
  }

  /** Undefined where the cell is none of what the record declares. */
  private fact(fact: string, read: () => unknown): unknown {
    try {
      return this.schemas.get(fact)!.schema.parse(read());
    } catch {
      return undefined;
    }
  }

  private isLater(fact: string, told: unknown): boolean {
    return this.schemas.get(fact)!.column === day.column && typeof told === 'string' && told > this.asOf;
  }
}

export const isFlaw = (read: RegisterEntry | Flaw): read is Flaw => 'code' in read;

export const masked = (idNumber: string): string => (/^[\dX]{15,18}$/.test(idNumber) ? maskIdNumber(idNumber) : '');
