import { PARAMETERS } from '../../../schema/parameters';
import { PROGRAMME_TITLES, type Programme } from '../../../schema/programme';
import { measured, parameterInWords } from '../number-words';
import type { Entry, Shown, ToShow } from './show';

/** The catalogue, a line a code. */
export const catalogueInWords = (values: ReadonlyMap<string, number>): string[] =>
  [...PARAMETERS].map(([code, { title, unit, least, greatest, source }]) => {
    const bounds = `${least}–${greatest} ${unit}`;
    return `${code}  ${title}  ${bounds}  ${source ?? '由地方文件确定'}  ${values.get(code) ?? 0} 个值`;
  });

/** What holds in a place, and what is on the books about it. */
export function shownInWords({ code, region }: ToShow, { inForce, entries }: Shown): string[] {
  return [
    inForce ? parameterInWords(inForce) : `${code}：${region} 没有生效的值，依据它的规则待核实`,
    ...entries.map((entry) => `  ${entry.id === inForce?.id ? '*' : ' '} ${entryInWords(entry)}`),
  ];
}

const entryInWords = (entry: Entry): string => {
  const { regionCode, programme, value, unit, validFrom, validTo, documentNumber, mark, knownFrom } = entry;
  const whose = programme === null ? '全部保障方式' : PROGRAMME_TITLES[programme as Programme];
  const when = `${validFrom} 至 ${validTo ?? '今'}`;
  return `${regionCode ?? '全国'}  ${whose}  ${measured(value, unit)}  ${when}  ${documentNumber}  ${mark}  录入 ${knownFrom.toISOString()}`;
};
