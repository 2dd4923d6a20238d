import { Relation } from '../../../schema/housing/household-member';
import { readLine, type Flaw, type Line } from './line';
import type { SheetRow } from './sheet';

/** One household as the sheet gives it. */
export interface HouseholdFile {
  readonly fileNumber: string;
  readonly registeredOn: string;
  readonly lines: readonly [Line, ...Line[]];
}

export interface Sorted {
  /** Sound in themselves; what the hub already knows is not yet compared. */
  readonly files: readonly HouseholdFile[];
  readonly flaws: readonly Flaw[];
}

/** Groups rows into households by file number. A household with one bad row is refused whole: a missing member would falsify every verdict. */
export function sortIntoFiles(rows: readonly SheetRow[], today: string): Sorted {
  const flaws: Flaw[] = [];
  const files: HouseholdFile[] = [];
  for (const group of byFileNumber(rows)) {
    const read = group.map((row) => readLine(row, today));
    const lines = read.filter((one): one is Line => !Array.isArray(one));
    const [first, ...others] = lines;
    const wrong = lines.length < read.length ? read.filter(Array.isArray).flat() : flawsOf(lines);
    if (wrong.length > 0 || !first) flaws.push(...wrong);
    else files.push({ fileNumber: first.fileNumber, registeredOn: first.registeredOn, lines: [first, ...others] });
  }
  const shared = personsInTwo(files);
  return {
    files: files.filter((file) => !file.lines.some((line) => shared.has(line.idNumber))),
    flaws: [...flaws, ...files.flatMap((file) => sharedFlaws(file, shared))],
  };
}

function byFileNumber(rows: readonly SheetRow[]): SheetRow[][] {
  const groups = new Map<string, SheetRow[]>();
  for (const row of rows) {
    const group = groups.get(row.cells.fileNumber) ?? [];
    group.push(row);
    groups.set(row.cells.fileNumber, group);
  }
  return [...groups.values()];
}

function flawsOf(lines: readonly Line[]): Flaw[] {
  const [first] = lines;
  const code = 'INVALID_INPUT';
  const applicants = lines.filter(({ relation }) => relation === Relation.APPLICANT);
  const flaws: Flaw[] = lines.flatMap(({ row, registeredOn, idNumber }, at): Flaw[] => {
    if (registeredOn !== first!.registeredOn)
      return [{ row, code, field: 'registeredOn', detail: '同一档案的登记日期不一致' }];
    const twice = lines.findIndex((line) => line.idNumber === idNumber) < at;
    return twice ? [{ row, code, field: 'idNumber', detail: '同一档案内成员重复' }] : [];
  });
  if (applicants.length === 1) return flaws;
  return [
    ...flaws,
    { row: (applicants[1] ?? first!).row, code, field: 'relation', detail: '每个档案须有且只有一名申请人' },
  ];
}

/** Numbers that stand in two households of one sheet. */
function personsInTwo(files: readonly HouseholdFile[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { idNumber } of files.flatMap(({ lines }) => lines)) (seen.has(idNumber) ? twice : seen).add(idNumber);
  return twice;
}

const sharedFlaws = ({ lines }: HouseholdFile, shared: ReadonlySet<string>): Flaw[] =>
  lines
    .filter(({ idNumber }) => shared.has(idNumber))
    .map(({ row }) => ({
      row,
      code: 'ONE_HOUSEHOLD_ONE_FILE',
      field: 'idNumber',
      detail: '同一成员出现在表中两个档案',
    }));
