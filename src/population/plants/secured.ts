import { addDays, addMonths, addYears, monthsBefore } from '../calendar';
import type { Household, Unit, Visit } from '../draft';
import { secure } from '../household';
import { limitOf } from '../law';
import { applicantOf, car, unit } from '../livelihood';
import { bearOn } from '../numbers';
import { uuidOf } from '../random';
import { COMING_OF_AGE, memberOf } from './edits';
import type { Plant, Stage } from './plant';

const sinceOf = ({ entitlements }: Household): string => entitlements[0]!.since;

/** A few square metres, registered to the spouse on that day; the family owns nothing else. */
function buy(household: Household, registeredOn: string, { today, random }: Stage): Unit[] {
  for (const { human } of household.members) human.units = [];
  const small = unit(household.county, household.members.length * random.int(300, 800), today, random);
  return (memberOf(household, 'SPOUSE').units = [{ ...small, registeredOn }]);
}

/** One vehicle above the limit for the household. */
function driveDear(household: Household, firstRegisteredOn: string, { today, random }: Stage): void {
  for (const { human } of household.members) human.vehicles = [];
  const limit = limitOf('high-end-vehicle.price-fen', household.county, household.programme);
  const dear = car(limit + random.int(1, 300) * 100_000, today, random, '奔驰E300L');
  applicantOf(household).vehicles.push({ ...dear, firstRegisteredOn });
  household.expected['RR-12'] = 'FAIL';
}

/** Its holder was born on that day, as applicants of other plants may be: odd counts are ours. The parent who lives there earns and owns. */
function holdBornOn(household: Household, birthDate: string, { ordinal, today }: Stage): void {
  household.submittedOn = today; // and the letter signed
  const holder = applicantOf(household);
  const { account, units, vehicles } = holder;
  Object.assign(memberOf(household, 'PARENT'), { account, units, vehicles });
  Object.assign(holder, bearOn(birthDate, 2 * ordinal + 1, holder.male), { account: null, units: [], vehicles: [] });
  holder.civil.marriageStatus = 'UNMARRIED';
}

function visit(household: Household, { random }: Stage, seen: Omit<Visit, 'id'>): void {
  household.visits.push({ id: uuidOf(0, random), ...seen });
}

/** Secured since long ago, when nobody owned anything. */
function secureLongAgo(household: Household, since: string, { random }: Stage): void {
  for (const { human } of household.members) human.units = [];
  secure(household, since, random);
}

const reviewMonths = ({ county, programme }: Household) => limitOf('review.interval-months', county, programme);

/** Secured for ten months, empty for more than seven; somebody went there so many days after the months of the law were over. */
function standEmpty(household: Household, stage: Stage, daysAfter: number): void {
  secureLongAgo(household, addMonths(stage.today, -10), stage);
  const seenFrom = addDays(addMonths(stage.today, -7), -1);
  const months = limitOf('vacancy.months', household.county, household.programme);
  const on = addDays(addMonths(seenFrom, months), daysAfter);
  visit(household, stage, { kind: 'VACANT', seenFrom, found: { state: 'CONFIRMED', on } });
}

/** What becomes of those who hold security. */
export const secured: readonly Plant[] = [
  {
    ...{ kind: 'HOME_BOUGHT_SINCE', shape: 'COUPLE', programme: 'PUBLIC_RENTAL', secured: true },
    edit(household, stage) {
      buy(household, addDays(sinceOf(household), 1), stage);
      household.expected['RR-29'] = 'CONTRADICTION';
    },
  },
  {
    ...{ kind: 'NEAR_HOME_ON_APPROVAL', shape: 'COUPLE', programme: 'PUBLIC_RENTAL', secured: true },
    edit: (household, stage) => void buy(household, sinceOf(household), stage),
  },
  {
    ...{ kind: 'DEAR_CAR_SINCE', shape: 'FAMILY_OF_3', programme: 'LOW_RENT', secured: true },
    edit(household, stage) {
      driveDear(household, addDays(sinceOf(household), 1), stage);
      household.expected['RR-30'] = 'FAIL';
    },
  },
  {
    ...{ kind: 'NEAR_DEAR_CAR_BEFORE', shape: 'FAMILY_OF_3', programme: 'LOW_RENT', secured: true },
    edit(household, stage) {
      driveDear(household, sinceOf(household), stage); // it may have come to them later, used
      household.expected['RR-30'] = 'INCONCLUSIVE';
    },
  },
  {
    ...{ kind: 'MINOR_HOLDER', shape: 'WITH_PARENT', programme: 'LOW_RENT', secured: true },
    edit(household, stage) {
      holdBornOn(household, addDays(addYears(stage.today, -COMING_OF_AGE), 1), stage);
      household.expected['RR-19'] = 'FAIL';
    },
  },
  {
    ...{ kind: 'NEAR_HOLDER_EIGHTEEN_TODAY', shape: 'WITH_PARENT', programme: 'LOW_RENT', secured: true },
    edit: (household, stage) => holdBornOn(household, addYears(stage.today, -COMING_OF_AGE), stage),
  },
  {
    ...{ kind: 'SUBSIDY_BESIDE_DWELLING', shape: 'COUPLE', programme: 'PUBLIC_RENTAL', secured: true },
    edit(household, { random }) {
      const since = sinceOf(household);
      household.entitlements.push({ id: uuidOf(0, random), programme: 'RENTAL_SUBSIDY', since, until: null });
      household.expected['RR-04'] = 'FAIL';
    },
  },
  {
    ...{ kind: 'SUBLET', shape: 'ALONE', programme: 'PUBLIC_RENTAL', secured: true },
    edit(household, stage) {
      const seenFrom = sinceOf(household);
      visit(household, stage, { kind: 'SUBLET', seenFrom, found: { state: 'CONFIRMED', on: stage.today } });
      household.expected['RR-32'] = 'FAIL';
    },
  },
  {
    ...{ kind: 'LENT_UNVISITED', shape: 'ALONE', programme: 'PUBLIC_RENTAL', secured: true },
    edit(household, stage) {
      visit(household, stage, { kind: 'LENT', seenFrom: sinceOf(household), found: null });
      household.expected['RR-32'] = 'INCONCLUSIVE';
    },
  },
  {
    ...{ kind: 'NEAR_SUBLET_FALSE_ALARM', shape: 'ALONE', programme: 'PUBLIC_RENTAL', secured: true },
    edit(household, stage) {
      const seenFrom = sinceOf(household);
      visit(household, stage, { kind: 'SUBLET', seenFrom, found: { state: 'FALSE_ALARM', on: seenFrom } });
      household.expected['RR-32'] = 'PASS';
    },
  },
  {
    ...{ kind: 'LEFT_VACANT', shape: 'ALONE', programme: 'LOW_RENT', secured: true },
    edit(household, stage) {
      standEmpty(household, stage, 0);
      household.expected['RR-33'] = 'FAIL';
    },
  },
  {
    ...{ kind: 'NEAR_VACANT_A_DAY_SHORT', shape: 'ALONE', programme: 'LOW_RENT', secured: true },
    edit(household, stage) {
      standEmpty(household, stage, -1);
      household.expected['RR-33'] = 'PASS';
    },
  },
  {
    ...{ kind: 'NEAR_AWAY_WITH_REASON', shape: 'ALONE', programme: 'PUBLIC_RENTAL', secured: true },
    edit(household, stage) {
      const seenFrom = sinceOf(household);
      visit(household, stage, { kind: 'VACANT', seenFrom, found: { state: 'EXCUSED', on: stage.today } });
      household.expected['RR-33'] = 'PASS';
    },
  },
  {
    ...{ kind: 'REVIEW_OVERDUE', shape: 'COUPLE', programme: 'PUBLIC_RENTAL', secured: true },
    edit(household, stage) {
      secureLongAgo(household, addDays(monthsBefore(stage.today, reviewMonths(household)), -1), stage);
      household.expected['RR-35'] = 'FAIL';
    },
  },
  {
    ...{ kind: 'NEAR_REVIEWED_IN_TIME', shape: 'COUPLE', programme: 'PUBLIC_RENTAL', secured: true },
    edit(household, stage) {
      secureLongAgo(household, addYears(stage.today, -3), stage);
      const on = monthsBefore(stage.today, reviewMonths(household));
      household.reviews.push({ id: uuidOf(0, stage.random), on });
    },
  },
];

/** Gave back after misuse, on that day. */
function barSince(household: Household, returnedOn: string, { random }: Stage, liftedOn: string | null = null): void {
  household.bars.push({ id: uuidOf(0, random), human: applicantOf(household), ground: 'MISUSE', returnedOn, liftedOn });
}

const barredSince = ({ county, programme }: Household, { today }: Stage): string =>
  monthsBefore(today, 12 * limitOf('reapply-bar.years', county, programme));

/** Those who once gave security back, and apply again. */
export const returned: readonly Plant[] = [
  {
    ...{ kind: 'BARRED_LAST_DAY', shape: 'FAMILY_OF_3', programme: 'LOW_RENT' },
    edit(household, stage) {
      barSince(household, barredSince(household, stage), stage);
      household.expected['RR-18'] = 'FAIL';
    },
  },
  {
    ...{ kind: 'NEAR_BAR_OVER', shape: 'FAMILY_OF_3', programme: 'LOW_RENT' },
    edit: (household, stage) => barSince(household, addDays(barredSince(household, stage), -1), stage),
  },
  {
    ...{ kind: 'NEAR_BAR_LIFTED', shape: 'FAMILY_OF_3', programme: 'RENTAL_SUBSIDY' },
    edit: (household, stage) => barSince(household, addYears(stage.today, -1), stage, stage.today),
  },
];
