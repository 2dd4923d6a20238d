import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Mode } from '../../src/exchange/sandbox/mode';
import { pick, recordNumber, released, type Entry } from '../../src/exchange/sandbox/register';

const ITEMS = [
  'realEstateUnitNo',
  'divisionCode',
  'floorArea',
  'areaType',
  'rightType',
  'sharePercent',
  'registerDate',
] as const;

/** `UnitQuery` of openapi.json. */
export const UnitQuery = z.object({
  purpose: z.string().min(1),
  items: z.array(z.enum(ITEMS)).min(1),
  subjects: z
    .array(
      z.object({
        ref: z.string().min(1).max(64),
        certType: z.literal('111'),
        certNo: z.string().regex(/^(\d{15}|\d{17}[\dXx])$/),
        name: z.string().min(1),
        caseNo: z.string().min(1),
        letterNo: z.string().min(1),
      }),
    )
    .min(1)
    .max(1000),
});
export type UnitQuery = z.infer<typeof UnitQuery>;

/** A row of property.unit; numeric comes as text. */
export interface UnitRow {
  readonly id_number: string;
  readonly name: string;
  readonly unit_code: string;
  readonly county_code: string;
  readonly area_m2: string;
  readonly area_kind: 'GROSS' | 'USABLE';
  readonly right_kind: 'OWNERSHIP' | 'CO_OWNERSHIP';
  readonly share_bp: number;
  readonly registered_on: string;
}

export const UNIT_REGISTER = {
  select: `select id_number, name, unit_code, county_code, area_m2, area_kind, right_kind, share_bp,
                  registered_on::text as registered_on from property.unit`,
  order: 'id_number, registered_on, unit_code',
};

const OUTCOMES = { FOUND: 'HIT', NO_RECORD: 'NO_RECORD', NAME_DIFFERS: 'NAME_DIFFERS' } as const;

const unitOf = (row: UnitRow) => ({
  realEstateUnitNo: row.unit_code,
  divisionCode: row.county_code,
  floorArea: row.area_m2,
  areaType: row.area_kind === 'GROSS' ? 'BUILDING' : 'INTERNAL',
  rightType: row.right_kind === 'OWNERSHIP' ? 'SOLE' : 'SHARED',
  sharePercent: (row.share_bp / 100).toFixed(2),
  registerDate: row.registered_on,
});

/** Mode drift: the release in which numbers became numbers, citizen numbers too, and areas moved to 亩. */
function driftedUnit(row: UnitRow) {
  const { floorArea, ...unit } = unitOf(row);
  return { ...unit, floorArea: Number(floorArea) / 666.67 };
}

/** `UnitAnswer` of openapi.json. */
export function unitAnswer(
  entries: readonly Entry<UnitRow>[],
  items: readonly string[],
  mode: Mode,
  day: string,
  key: string,
) {
  const shown = mode === 'drift' ? driftedUnit : unitOf;
  const results = entries.map(({ ref, idNumber, outcome, rows }) => ({
    ref,
    certNo: mode === 'drift' ? Number(idNumber.replace('X', '0')) : idNumber,
    outcome: mode === 'new-enum' && outcome === 'FOUND' ? 'RESTRICTED_HIT' : OUTCOMES[outcome],
    recordNo: outcome === 'FOUND' ? recordNumber('BDC', key, idNumber) : null,
    ...(outcome === 'FOUND' ? { units: rows.map((row) => released(pick(shown(row), items), mode)) } : {}),
  }));
  const coverage = { divisions: ['15', '45'], from: '2000-01-01', to: day };
  return { queryNo: randomUUID(), issuer: '不动产登记中心', dataTime: `${day}T00:00:00+08:00`, coverage, results };
}
