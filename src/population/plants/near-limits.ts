import type { Household } from '../draft';
import { applicantOf, car, employ } from '../livelihood';
import { limitOf } from '../law';
import { ownExactly } from './edits';
import type { Plant, Stage } from './plant';

const incomeLimit = ({ county, programme }: Household) => limitOf('income.per-head-monthly-fen', county, programme);

/** One vehicle for the household; the honest ones are given away. */
function driveOnly(household: Household, { today, random }: Stage, priceFen: number | null, scrapped = false): void {
  for (const { human } of household.members) human.vehicles = [];
  const only = car(priceFen, today, random);
  applicantOf(household).vehicles.push(scrapped ? { ...only, status: 'SCRAPPED' } : only);
}

const priceLimit = ({ county, programme }: Household) => limitOf('high-end-vehicle.price-fen', county, programme);
const areaLimit = ({ county, programme, members }: Household) =>
  limitOf('housing.per-head-area-cm2', county, programme) * members.length;

/** Numbers on both sides of a limit. */
export const nearLimits: readonly Plant[] = [
  {
    kind: 'NEAR_AREA_BELOW_LIMIT',
    shape: 'FAMILY_OF_3',
    programme: 'LOW_RENT',
    edit: (household, stage) => ownExactly(household, areaLimit(household) - 1, stage),
  },
  {
    kind: 'NEAR_AREA_AT_LIMIT',
    shape: 'FAMILY_OF_3',
    programme: 'LOW_RENT',
    edit(household, stage) {
      ownExactly(household, areaLimit(household), stage);
      household.expected['RR-07'] = 'FAIL';
    },
  },
  {
    kind: 'NEAR_INCOME_AT_LIMIT',
    shape: 'COUPLE',
    programme: 'PUBLIC_RENTAL',
    edit(household) {
      applicantOf(household).civil.perHeadMonthlyFen = incomeLimit(household);
    },
  },
  {
    kind: 'NEAR_INCOME_OVER_LIMIT',
    shape: 'COUPLE',
    programme: 'PUBLIC_RENTAL',
    edit(household) {
      applicantOf(household).civil.perHeadMonthlyFen = incomeLimit(household) + 1;
      household.expected['RR-09'] = 'FAIL';
    },
  },
  {
    kind: 'NEAR_DEVIATION_AT_LIMIT',
    shape: 'ALONE',
    programme: 'PUBLIC_RENTAL',
    edit(household, { random }) {
      household.declaredIncomeFen = 200_000;
      employ(household, [[applicantOf(household), 220_000]], random);
    },
  },
  {
    kind: 'NEAR_DEVIATION_OVER_LIMIT',
    shape: 'ALONE',
    programme: 'PUBLIC_RENTAL',
    edit(household, { random }) {
      household.declaredIncomeFen = 199_999;
      employ(household, [[applicantOf(household), 220_000]], random);
      household.expected['RR-10'] = 'CONTRADICTION';
    },
  },
  {
    kind: 'NEAR_VEHICLE_AT_LIMIT',
    shape: 'COUPLE',
    programme: 'LOW_RENT',
    edit: (household, stage) => driveOnly(household, stage, priceLimit(household)),
  },
  {
    kind: 'NEAR_VEHICLE_OVER_LIMIT',
    shape: 'COUPLE',
    programme: 'LOW_RENT',
    edit(household, stage) {
      driveOnly(household, stage, priceLimit(household) + 1);
      household.expected['RR-12'] = 'FAIL';
    },
  },
  {
    kind: 'NEAR_VEHICLE_SCRAPPED',
    shape: 'COUPLE',
    programme: 'LOW_RENT',
    edit: (household, stage) => driveOnly(household, stage, 3 * priceLimit(household), true),
  },
  {
    kind: 'NEAR_VEHICLE_UNPRICED',
    shape: 'COUPLE',
    programme: 'LOW_RENT',
    edit(household, stage) {
      driveOnly(household, stage, null);
      household.expected['RR-12'] = 'INCONCLUSIVE';
    },
  },
];
