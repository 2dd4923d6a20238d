import type { Inquiry, RawAnswer } from '../../src/exchange/connector';
import type { Manifest } from '../../src/exchange/parcel/manifest';
import type { Row } from '../../src/exchange/parcel/table';
import { startOfDay } from '../../src/exchange/time';
import { readEach, sourceFault } from '../../src/exchange/trouble';
import { compactDay, decimalAs, decode } from '../../src/exchange/units';
import { HukouKind, NameMatch } from './record';

type Read = (cell: string) => unknown;

const orNull =
  (read: Read): Read =>
  (cell) =>
    cell === '' ? null : read(cell);

/** 查询编号 · 公民身份号码 · 姓名 · 案件编号 · 授权书编号. */
export const REQUEST_COLUMNS = ['查询编号', '公民身份号码', '姓名', '案件编号', '授权书编号'] as const;

/** Each fact: its column at the police, and how a cell reads in our words. */
export const FACTS: Readonly<Record<string, { readonly item: string; readonly read: Read }>> = {
  nameMatch: {
    item: '姓名比对',
    read: (code) => decode({ 1: NameMatch.EXACT, 2: NameMatch.SPELLING, 3: NameMatch.FORMER }, code),
  },
  hukouPlace: { item: '户籍地', read: (code) => code },
  hukouKind: { item: '户口类别', read: (code) => decode({ 10: HukouKind.HOUSEHOLD, 20: HukouKind.COLLECTIVE }, code) },
  hukouSince: { item: '落户日期', read: compactDay },
  deceasedOn: { item: '死亡日期', read: orNull(compactDay) },
  cancelledOn: { item: '注销日期', read: orNull(compactDay) },
  minorChildren: { item: '未成年子女数', read: (text) => decimalAs(text, 0) },
};

/** What the police must be asked for these facts. */
export const itemsFor = (fields: Inquiry['fields']): string[] => fields.map((field) => FACTS[field]!.item);

/** The answers of a parcel. One that declares no day or coverage says nothing that could be placed. */
export function answersIn(manifest: Manifest, rows: readonly Row[], fields: Inquiry['fields']): RawAnswer[] {
  const { asOf, coverage } = manifest;
  if (!asOf || !coverage) throw sourceFault();
  return readEach(rows, (row) => {
    const status = decode({ 1: 'FOUND', 2: 'NOT_FOUND', 3: 'AMBIGUOUS' } as const, row['结果']);
    const value = status === 'FOUND' ? Object.fromEntries(fields.map((field) => [field, readCell(row, field)])) : null;
    return {
      ref: row['查询编号'] ?? '',
      idNumber: row['公民身份号码'],
      status,
      value,
      sourceRecordId: row['档案编号'] || null,
      asOf: startOfDay(asOf),
      coverage,
    };
  });
}

function readCell(row: Row, field: string): unknown {
  const { item, read } = FACTS[field]!;
  const cell = row[item];
  if (cell === undefined) throw sourceFault();
  return read(cell);
}
