import { addDays } from './calendar';
import type { Household, Human } from './draft';
import type { Sheet, Sheets } from './sheet';
import { plateOf, vinOf } from './plates';

/** Tables of the agencies and of the truth, and the columns written. */
export const WORLD_TABLES = {
  'property.unit': 'id_number, name, unit_code, county_code, area_m2, area_kind, right_kind, share_bp, registered_on',
  'vehicle.vehicle': 'id_number, name, plate, plate_kind, vin, brand_model, first_registered_on, status, price_fen',
  'civil.person': `id_number, name, marriage_status, spouse_id_number, spouse_name, deceased_on, allowance_class,
    allowance_valid_until, income_class, per_head_monthly_fen, determination_valid_until`,
  'police.person':
    'id_number, name, former_name, hukou_place, hukou_kind, hukou_since, deceased_on, cancelled_on, minor_children',
  'fund.account': 'id_number, name, status, months_paid, monthly_contribution_fen, ratio_bp, base_fen, last_paid_month',
  'world.truth': 'household_id, file_number, plant, expected',
} as const;
export type WorldTable = keyof typeof WORLD_TABLES;

const SMALL_CAR = '02';

/** Writes what the agencies know of a household's people, and the truth about the household. */
export function writeWorld(sheets: Sheets<WorldTable>, household: Household, today: string): void {
  for (const human of [...household.residents, ...household.outsiders]) {
    writeHuman(sheets, human, today);
    writePolice(sheets['police.person'], human, household.county);
  }
  const { id, fileNumber, plant, expected } = household;
  sheets['world.truth'].add(id, fileNumber, plant, JSON.stringify(expected));
}

/** Registered in the household's county since birth, where nothing else is said. */
function writePolice(sheet: Sheet, { idNumber, name, birthDate, police }: Human, county: string): void {
  const { place = county, since, deceasedOn = null, cancelledOn = null, minorChildren } = police;
  const names = [police.name ?? name, police.formerName ?? null] as const;
  sheet.add(idNumber, ...names, place, 'HOUSEHOLD', since ?? birthDate, deceasedOn, cancelledOn, minorChildren);
}

function writeHuman(sheets: Sheets<WorldTable>, human: Human, today: string): void {
  const { idNumber, name, civil, account } = human;
  for (const unit of human.units) {
    const { unitCode, centiares, areaKind, shareBp, registeredOn } = unit;
    const right = shareBp === 10_000 ? 'OWNERSHIP' : 'CO_OWNERSHIP';
    const area = (centiares / 100).toFixed(2);
    sheets['property.unit'].add(
      idNumber,
      name,
      unitCode,
      unitCode.slice(0, 6),
      area,
      areaKind,
      right,
      shareBp,
      registeredOn,
    );
  }
  human.vehicles.forEach(({ brandModel, firstRegisteredOn, status, priceFen }, nth) => {
    const marks = [plateOf(human.id, idNumber, nth), SMALL_CAR, vinOf(human.id, nth)] as const;
    sheets['vehicle.vehicle'].add(idNumber, name, ...marks, brandModel, firstRegisteredOn, status, priceFen);
  });
  const { spouse, allowanceClass, allowanceValidUntil, incomeClass, perHeadMonthlyFen, determinationValidUntil } =
    civil;
  const family = [civil.marriageStatus, spouse?.idNumber ?? null, spouse?.name ?? null, civil.deceasedOn] as const;
  const means = [allowanceClass, allowanceValidUntil, incomeClass, perHeadMonthlyFen, determinationValidUntil] as const;
  sheets['civil.person'].add(idNumber, name, ...family, ...means);
  if (account) {
    const { wageFen, ratioBp, monthsPaid } = account;
    const lastMonth = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
    const paid = (wageFen / 10_000) * ratioBp;
    sheets['fund.account'].add(idNumber, name, 'ACTIVE', monthsPaid, paid, ratioBp, wageFen, lastMonth);
  }
}
