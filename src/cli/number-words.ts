import type { ParameterInForce } from '../engine/in-force';
import { percent, squareMetres, yuan } from '../engine/wording';

/* Numbers of the law as a person at the terminal reads them. */

const MARKS: Readonly<Record<string, string>> = {
  SEED: '源文件',
  NATIONAL: '国家规定',
  LOCAL: '地方文件',
  UNVERIFIED: '未经核实',
};
const UNITS: Readonly<Record<string, (value: number | null) => string>> = { cm2: squareMetres, fen: yuan, bp: percent };
const WORDS: Readonly<Record<string, string>> = {
  year: '年',
  month: '个月',
  day: '日',
  'working-day': '个工作日',
  digit: '位',
  person: '人',
  point: '分',
  time: '次',
};

/** A whole number of a unit: 158765 cm2 is 15.8765 平方米. */
export const measured = (value: number | null, unit: string | null): string => {
  if (value === null) return '—';
  return UNITS[unit ?? '']?.(value) ?? `${value} ${WORDS[unit ?? ''] ?? unit ?? ''}`.trimEnd();
};

export const parameterInWords = (parameter: ParameterInForce): string => {
  const { code, value, unit, documentNumber, mark, regionCode, validFrom, validTo } = parameter;
  const until = validTo ? ` 至 ${validTo}` : '';
  return `${code} = ${measured(value, unit)}（${documentNumber}，${MARKS[mark] ?? mark}，${regionCode ?? '全国'}，自 ${validFrom}${until}）`;
};
