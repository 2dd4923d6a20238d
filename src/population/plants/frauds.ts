import { addDays } from '../calendar';
import { applicantOf, car, employ, unit } from '../livelihood';
import { limitOf } from '../law';
import { uuidOf } from '../random';
import { memberOf } from './edits';
import type { Plant } from './plant';

/** What people hide, and what is missing. */
export const frauds: readonly Plant[] = [
  {
    kind: 'UNDECLARED_FLAT',
    shape: 'FAMILY_OF_3',
    programme: 'PUBLIC_RENTAL',
    edit(household, { today, random }) {
      for (const { human } of household.members) human.units = [];
      const flat = unit(household.county, household.members.length * random.int(2000, 4000), today, random);
      memberOf(household, 'SPOUSE').units.push(flat);
      household.expected['RR-07'] = 'FAIL';
    },
  },
  {
    kind: 'CATALOGUE_CAR',
    shape: 'FAMILY_OF_4',
    programme: 'LOW_RENT',
    edit(household, { today, random }) {
      const limit = limitOf('high-end-vehicle.price-fen', household.county, household.programme);
      const bought = car(limit + random.int(10, 300) * 100_000, today, random, '奔驰E300L');
      memberOf(household, 'SPOUSE').vehicles.push(bought);
      household.expected['RR-12'] = 'FAIL';
    },
  },
  {
    kind: 'DEAD_MEMBER',
    shape: 'WITH_PARENT',
    programme: 'LOW_RENT',
    edit(household, { today, random }) {
      memberOf(household, 'PARENT').civil.deceasedOn = addDays(today, -random.int(30, 300));
      household.expected['RR-28'] = 'CONTRADICTION';
    },
  },
  {
    kind: 'OMITTED_SPOUSE',
    shape: 'COUPLE',
    programme: 'PUBLIC_RENTAL',
    edit(household, { random }) {
      const spouse = memberOf(household, 'SPOUSE');
      for (const { human } of household.members) Object.assign(human, { units: [], vehicles: [], account: null });
      household.members = household.members.filter(({ human }) => human !== spouse);
      household.residents = household.residents.filter((human) => human !== spouse);
      household.outsiders.push(spouse);
      household.declaredIncomeFen = 200_000;
      employ(household, [[applicantOf(household), 200_000]], random);
      household.expected['RR-16'] = 'CONTRADICTION';
    },
  },
  {
    kind: 'OVER_INCOME',
    shape: 'COUPLE',
    programme: 'LOW_RENT',
    edit(household, { random }) {
      const { civil } = applicantOf(household);
      Object.assign(civil, { allowanceClass: 'NONE', allowanceValidUntil: null, incomeClass: 'NONE' });
      const limit = limitOf('income.per-head-monthly-fen', household.county, household.programme);
      civil.perHeadMonthlyFen = limit + random.int(30_000, 300_000);
      household.expected['RR-09'] = 'FAIL';
    },
  },
  {
    kind: 'UNDECLARED_INCOME',
    shape: 'FAMILY_OF_3',
    programme: 'PUBLIC_RENTAL',
    edit(household, { random }) {
      employ(
        household,
        [
          [applicantOf(household), 600_000],
          [memberOf(household, 'SPOUSE'), 450_000],
        ],
        random,
      );
      household.declaredIncomeFen = random.int(400_000, 600_000);
      household.expected['RR-10'] = 'CONTRADICTION';
    },
  },
  {
    kind: 'DOUBLE_BENEFIT_HERE',
    shape: 'FAMILY_OF_3',
    programme: 'RENTAL_SUBSIDY',
    edit(household, { today, random }) {
      const since = addDays(today, -700);
      household.entitlements.push({ id: uuidOf(0, random), programme: 'PUBLIC_RENTAL', since, until: null });
      household.expected['RR-04'] = 'FAIL';
    },
  },
  {
    kind: 'NAME_MISMATCH',
    shape: 'WITH_PARENT',
    programme: 'PUBLIC_RENTAL',
    edit(household) {
      household.members.find(({ relation }) => relation === 'PARENT')!.declaredName += '兰';
      household.expected['RR-02'] = 'INCONCLUSIVE';
    },
  },
  {
    kind: 'NO_LETTER',
    shape: 'FAMILY_OF_3',
    programme: 'LOW_RENT',
    edit(household) {
      household.hasLetter = false;
      household.expected['RR-14'] = 'FAIL';
      for (const rule of ['RR-02', 'RR-05', 'RR-07', 'RR-09', 'RR-10', 'RR-12', 'RR-16', 'RR-28'] as const) {
        household.expected[rule] = 'INCONCLUSIVE';
      }
    },
  },
];
