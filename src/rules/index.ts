import type { Rule } from '../engine/rule';
import { adultApplicant } from './eligibility/adult-applicant';
import { adultHolder } from './eligibility/adult-holder';
import { declaredIncomePlausible } from './eligibility/declared-income-plausible';
import { depositsWithinLimit } from './eligibility/deposits-within-limit';
import { housingDifficulty } from './eligibility/housing-difficulty';
import { incomeWithinLimit } from './eligibility/income-within-limit';
import { letterInForce } from './eligibility/letter-in-force';
import { localRegister } from './eligibility/local-register';
import { membersUnchanged } from './eligibility/members-unchanged';
import { noDoubleBenefit } from './eligibility/no-double-benefit';
import { noHighEndVehicle } from './eligibility/no-high-end-vehicle';
import { noNewHome } from './eligibility/no-new-home';
import { noNewVehicle } from './eligibility/no-new-vehicle';
import { oneHouseholdOneFile } from './eligibility/one-household-one-file';
import { noReapplicationBar } from './eligibility/no-reapplication-bar';
import { notLeftVacant } from './eligibility/not-left-vacant';
import { notSublet } from './eligibility/not-sublet';
import { reviewInTime } from './eligibility/review-in-time';
import { sameName } from './eligibility/same-name';
import { spouseDeclared } from './eligibility/spouse-declared';

/** 规则: every rule of law the hub applies, in the order of their codes. A new rule is a line here. */
export const rules: readonly Rule[] = [
  adultApplicant,
  sameName,
  oneHouseholdOneFile,
  noDoubleBenefit,
  localRegister,
  housingDifficulty,
  incomeWithinLimit,
  declaredIncomePlausible,
  depositsWithinLimit,
  noHighEndVehicle,
  letterInForce,
  spouseDeclared,
  noReapplicationBar,
  adultHolder,
  membersUnchanged,
  noNewHome,
  noNewVehicle,
  notSublet,
  notLeftVacant,
  reviewInTime,
];
