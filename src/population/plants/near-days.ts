import { addDays, addYears } from '../calendar';
import type { Household } from '../draft';
import { applicantOf } from '../livelihood';
import { limitOf } from '../law';
import { bearOn } from '../numbers';
import { COMING_OF_AGE, memberOf } from './edits';
import type { Plant, Stage } from './plant';

/** Makes the applicant as young as that, on an application of today; the parent who lives there earns, owns, and signs for a minor. */
function applyBornOn(household: Household, birthDate: string, { today, ordinal }: Stage): void {
  const applicant = applicantOf(household);
  const { account, units, vehicles } = applicant;
  Object.assign(memberOf(household, 'PARENT'), { account, units, vehicles });
  Object.assign(applicant, bearOn(birthDate, 2 * ordinal, applicant.male), { account: null, units: [], vehicles: [] });
  applicant.civil.marriageStatus = 'UNMARRIED';
  household.submittedOn = today;
}

/** Recognised by civil affairs until that day; the income itself is above the limit. */
function recogniseUntil(household: Household, day: string): void {
  const { county, programme } = household;
  Object.assign(applicantOf(household).civil, {
    allowanceClass: 'SUBSISTENCE',
    allowanceValidUntil: day,
    perHeadMonthlyFen: limitOf('income.per-head-monthly-fen', county, programme) + 50_000,
  });
}

/** Days on both sides of a boundary. */
export const nearDays: readonly Plant[] = [
  {
    kind: 'MINOR_APPLICANT',
    shape: 'WITH_PARENT',
    programme: 'LOW_RENT',
    edit(household, stage) {
      applyBornOn(household, addYears(stage.today, 1 - COMING_OF_AGE), stage);
      household.expected['RR-01'] = 'FAIL';
    },
  },
  {
    kind: 'NEAR_EIGHTEEN_TODAY',
    shape: 'WITH_PARENT',
    programme: 'LOW_RENT',
    edit: (household, stage) => applyBornOn(household, addYears(stage.today, -COMING_OF_AGE), stage),
  },
  {
    kind: 'NEAR_EIGHTEEN_TOMORROW',
    shape: 'WITH_PARENT',
    programme: 'LOW_RENT',
    edit(household, stage) {
      applyBornOn(household, addDays(addYears(stage.today, -COMING_OF_AGE), 1), stage);
      household.expected['RR-01'] = 'FAIL';
    },
  },
  {
    kind: 'NEAR_RECOGNITION_UNTIL_TODAY',
    shape: 'PARENT_AND_CHILD',
    programme: 'LOW_RENT',
    edit: (household, { today }) => recogniseUntil(household, today),
  },
  {
    kind: 'NEAR_RECOGNITION_UNTIL_YESTERDAY',
    shape: 'PARENT_AND_CHILD',
    programme: 'LOW_RENT',
    edit(household, { yesterday }) {
      recogniseUntil(household, yesterday);
      household.expected['RR-09'] = 'FAIL';
    },
  },
  {
    kind: 'NEAR_NAME_SPELLING',
    shape: 'FAMILY_OF_3',
    programme: 'PUBLIC_RENTAL',
    edit(household) {
      for (const member of household.members)
        member.declaredName = ` ${[...member.human.name.replace('·', '•')].join('　')} `;
    },
  },
];
