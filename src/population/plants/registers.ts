import { addDays, addYears } from '../calendar';
import type { Household, Human } from '../draft';
import { COUNTIES } from '../homes';
import { limitOf } from '../law';
import { applicantOf } from '../livelihood';
import { memberOf } from './edits';
import type { Plant, Stage } from './plant';

/** The day on which the applicant will have been registered for exactly the years asked for, today. */
const yearsAgo = ({ county, programme }: Household, { today }: Stage): string =>
  addYears(today, -limitOf('hukou.years', county, programme));

const PREFECTURE = 4;
const inPrefecture = (county: string, same: boolean) => (other: string) =>
  other !== county && (other.slice(0, PREFECTURE) === county.slice(0, PREFECTURE)) === same;

function settleIn(human: Human, { county }: Household, { random }: Stage, samePrefecture: boolean): void {
  const places = COUNTIES.filter(inPrefecture(county, samePrefecture));
  human.police.place = places.length > 0 ? random.pick(places) : county;
}

/** What only the household register 户籍 shows. */
export const registers: readonly Plant[] = [
  {
    kind: 'POLICE_DECEASED',
    shape: 'WITH_PARENT',
    programme: 'LOW_RENT',
    edit(household, { today, random }) {
      memberOf(household, 'PARENT').police.deceasedOn = addDays(today, -random.int(2, 300));
      Object.assign(household.expected, { 'RR-02': 'CONTRADICTION', 'RR-28': 'CONTRADICTION' });
    },
  },
  {
    kind: 'POLICE_CANCELLED',
    shape: 'COUPLE',
    programme: 'PUBLIC_RENTAL',
    edit(household, { today, random }) {
      memberOf(household, 'SPOUSE').police.cancelledOn = addDays(today, -random.int(2, 900));
      household.expected['RR-02'] = 'CONTRADICTION';
    },
  },
  {
    kind: 'POLICE_NAME_DIFFERS',
    shape: 'WITH_PARENT',
    programme: 'PUBLIC_RENTAL',
    edit(household) {
      const parent = memberOf(household, 'PARENT');
      parent.police.name = `${parent.name}兰`;
      Object.assign(household.expected, { 'RR-02': 'INCONCLUSIVE', 'RR-28': 'INCONCLUSIVE' });
    },
  },
  {
    kind: 'POLICE_FORMER_NAME',
    shape: 'WITH_PARENT',
    programme: 'LOW_RENT',
    edit(household) {
      const parent = memberOf(household, 'PARENT');
      Object.assign(parent.police, { name: `${parent.name}英`, formerName: parent.name });
      household.expected['RR-02'] = 'INCONCLUSIVE';
    },
  },
  {
    kind: 'HUKOU_TOO_SHORT',
    shape: 'ALONE',
    programme: 'LOW_RENT',
    edit(household, stage) {
      applicantOf(household).police.since = addDays(yearsAgo(household, stage), stage.random.int(2, 300));
      household.expected['RR-05'] = 'FAIL';
    },
  },
  {
    kind: 'HUKOU_ELSEWHERE',
    shape: 'PARENT_AND_CHILD',
    programme: 'LOW_RENT',
    edit(household, stage) {
      settleIn(applicantOf(household), household, stage, false);
      household.expected['RR-05'] = 'FAIL';
    },
  },
  {
    kind: 'WORKER_FROM_ELSEWHERE',
    shape: 'ALONE',
    programme: 'PUBLIC_RENTAL',
    edit(household, stage) {
      settleIn(applicantOf(household), household, stage, false);
      household.expected['RR-05'] = 'NOT_APPLICABLE';
    },
  },
  {
    kind: 'UNDECLARED_CHILD',
    shape: 'PARENT_AND_CHILD',
    programme: 'LOW_RENT',
    edit(household) {
      applicantOf(household).police.minorChildren = 2;
      household.expected['RR-28'] = 'CONTRADICTION';
    },
  },
  {
    kind: 'NEAR_MOVED_AFTER_DECLARING',
    shape: 'COUPLE',
    programme: 'LOW_RENT',
    edit(household) {
      memberOf(household, 'SPOUSE').police.since = addDays(household.registeredOn, 1);
      household.expected['RR-28'] = 'CONTRADICTION';
    },
  },
  {
    kind: 'NEAR_MOVED_ON_DECLARING',
    shape: 'COUPLE',
    programme: 'LOW_RENT',
    edit(household) {
      memberOf(household, 'SPOUSE').police.since = household.registeredOn;
    },
  },
  {
    kind: 'NEAR_HUKOU_YEARS_TODAY',
    shape: 'ALONE',
    programme: 'LOW_RENT',
    edit(household, stage) {
      applicantOf(household).police.since = yearsAgo(household, stage);
    },
  },
  {
    kind: 'NEAR_HUKOU_YEARS_TOMORROW',
    shape: 'ALONE',
    programme: 'LOW_RENT',
    edit(household, stage) {
      applicantOf(household).police.since = addDays(yearsAgo(household, stage), 1);
      household.expected['RR-05'] = 'FAIL';
    },
  },
  {
    kind: 'NEAR_HUKOU_NEXT_COUNTY',
    shape: 'COUPLE',
    programme: 'LOW_RENT',
    edit: (household, stage) => settleIn(applicantOf(household), household, stage, true),
  },
  {
    kind: 'NEAR_POLICE_SPELLING',
    shape: 'FAMILY_OF_3',
    programme: 'PUBLIC_RENTAL',
    edit(household) {
      for (const { human } of household.members) human.police.name = [...human.name.replace('·', '•')].join('　');
    },
  },
];
