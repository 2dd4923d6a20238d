import { birthDateOf, holdsIdNumber, isIdNumber, normaliseIdNumber } from '../../access/identity';
import type { FaultCode } from '../../errors';
import { Relation } from '../../../schema/housing/household-member';
import { isDate } from '../../../schema/scalars';
import type { Column, SheetRow } from './sheet';

/** A flaw of one row. The detail never quotes the value. */
export interface Flaw {
  readonly row: number;
  readonly code: FaultCode;
  readonly field: Column;
  readonly detail: string;
}

/** One member as a sound row gives it. */
export interface Line {
  readonly row: number;
  readonly fileNumber: string;
  readonly registeredOn: string;
  readonly relation: Relation;
  readonly name: string;
  /** Normalised, 18 characters. */
  readonly idNumber: string;
  readonly birthDate: string;
  readonly since: string;
}

const RELATIONS: Readonly<Record<string, Relation>> = {
  ...{ 本人: Relation.APPLICANT, 申请人: Relation.APPLICANT, 户主: Relation.APPLICANT },
  ...{ 配偶: Relation.SPOUSE, 夫: Relation.SPOUSE, 妻: Relation.SPOUSE },
  ...{ 子女: Relation.CHILD, 子: Relation.CHILD, 女: Relation.CHILD },
  ...{ 父母: Relation.PARENT, 父: Relation.PARENT, 母: Relation.PARENT },
  ...{ 祖父母: Relation.GRANDPARENT, 外祖父母: Relation.GRANDPARENT },
  ...{ 孙子女: Relation.GRANDCHILD, 外孙子女: Relation.GRANDCHILD },
  ...{ 兄弟姐妹: Relation.SIBLING, 其他: Relation.OTHER },
  ...Relation,
};

/** What a spreadsheet would run when the file is opened again. */
const FORMULA = /^[=+\-@\t\r]/;
const FILE_NUMBER = /^[\p{L}\p{N}][\p{L}\p{N}\-_/.()（）〔〕［］[\]#]{0,63}$/u;
/** Ideographs of every plane, private ones of older fonts, letters of other scripts, and the middle dots of minority names. */
const NAME = /^[\p{L}\p{M}\p{Co}·•‧⋅・･．'’. -]{1,50}$/u;

/** A row as a member, or all its flaws. */
export function readLine({ number: row, cells, whole }: SheetRow, today: string): Line | Flaw[] {
  const flaws: Flaw[] = [];
  const flaw = (field: Column, detail: string, code: FaultCode = 'INVALID_INPUT') =>
    flaws.push({ row, code, field, detail });
  const { fileNumber, name, registeredOn, since: given } = cells;
  if (!whole) flaw('fileNumber', '列数与表头不符');
  for (const [field, cell] of Object.entries(cells)) if (FORMULA.test(cell)) flaw(field as Column, '不得为公式');
  if (flaws.length > 0) return flaws;
  if (!FILE_NUMBER.test(fileNumber)) flaw('fileNumber', '须为 1 至 64 个文字、数字或连接符');
  if (holdsIdNumber(fileNumber)) flaw('fileNumber', '不得含公民身份号码');
  if (!isDate(registeredOn) || registeredOn > today) flaw('registeredOn', '须为不晚于今日的日期 YYYY-MM-DD');
  const relation = Object.hasOwn(RELATIONS, cells.relation) ? RELATIONS[cells.relation]! : undefined;
  if (!relation) flaw('relation', '须为：申请人、配偶、子女、父母、祖父母、孙子女、兄弟姐妹、其他');
  if (!NAME.test(name)) flaw('name', '须为 1 至 50 个文字，可含间隔号');
  const idNumber = normaliseIdNumber(cells.idNumber);
  const birthDate = isIdNumber(idNumber) ? birthDateOf(idNumber) : null;
  if (!birthDate || birthDate > today) flaw('idNumber', '请将该列设为文本格式后重新填写', 'INVALID_ID_NUMBER');
  const since = given || registeredOn;
  if (given && (!isDate(given) || given > today)) flaw('since', '须为不晚于今日的日期 YYYY-MM-DD');
  if (birthDate && since < birthDate) flaw('since', '入户日期早于出生日期，请填写入户日期');
  return flaws.length > 0
    ? flaws
    : { row, fileNumber, registeredOn, relation: relation!, name, idNumber, birthDate: birthDate!, since };
}
