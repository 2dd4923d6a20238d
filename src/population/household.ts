import { addDays } from './calendar';
import type { Household, Member, Outcome, Programme, RuleCode } from './draft';
import { raiseFamily, type Origin } from './family';
import { settle } from './livelihood';
import { uuidOf, type Random } from './random';
import { SHAPE_SHARES, type Shape } from './shapes';

const PROGRAMMES: readonly (readonly [Programme, number])[] = [
  ['LOW_RENT', 36],
  ['PUBLIC_RENTAL', 40],
  ['RENTAL_SUBSIDY', 19],
  ['AFFORDABLE_SALE', 3],
  ['PRICE_CAPPED_SALE', 2],
];

/** Of a hundred households about so many hold security already, and are checked again. */
const SECURED = 0.1;

export interface Wish {
  readonly shape?: Shape;
  readonly programme?: Programme;
  /** It holds what it applied for within the last year, and is checked again 复核. */
  readonly secured?: boolean;
  readonly fileNumber: string;
}

/** An honest household with one open case and a letter that covers every member. */
export function draftHousehold(origin: Origin, wish: Wish): Household {
  const { random, index, today, county } = origin;
  const programme = wish.programme ?? random.weighted(PROGRAMMES);
  const submittedOn = addDays(today, -random.int(1, 60));
  const secured = wish.secured ?? random.chance(SECURED);
  const registeredOn = addDays(submittedOn, -(secured ? random.int(60, 250) : random.int(0, 400)));
  const members = raiseFamily(wish.shape ?? random.weighted(SHAPE_SHARES), registeredOn, origin);
  const household: Household = {
    id: uuidOf(index, random),
    caseId: uuidOf(index, random),
    kind: secured ? 'RE_CHECK' : 'APPLICATION',
    letterId: uuidOf(index, random),
    hasLetter: true,
    county,
    fileNumber: wish.fileNumber,
    registeredOn,
    programme,
    submittedOn,
    declaredIncomeFen: 0,
    members,
    entitlements: [],
    bars: [],
    visits: [],
    reviews: [],
    residents: members.map(({ human }) => human),
    outsiders: [],
    plant: 'CLEAN',
    expected: secured ? nothingWrongSince(programme) : nothingWrong(programme),
  };
  settle(household, today, random);
  if (secured) secure(household, addDays(registeredOn, random.int(20, 60)), random);
  return household;
}

/** Grants what it applied for, from that day on, in place of what it held. */
export function secure({ entitlements, programme }: Household, since: string, random: Random): void {
  entitlements.splice(0, entitlements.length, { id: uuidOf(0, random), programme, since, until: null });
}

/** What is sold, not let. */
const SOLD: readonly Programme[] = ['AFFORDABLE_SALE', 'PRICE_CAPPED_SALE'];

function nothingWrong(programme: Programme): Record<RuleCode, Outcome> {
  return {
    'RR-01': 'PASS',
    'RR-02': 'PASS',
    'RR-03': 'PASS',
    'RR-04': 'PASS',
    'RR-05': 'PASS',
    'RR-07': 'PASS',
    'RR-09': 'PASS',
    'RR-10': 'PASS',
    'RR-11': 'NOT_APPLICABLE',
    'RR-12': programme === 'LOW_RENT' ? 'PASS' : 'NOT_APPLICABLE',
    'RR-14': 'PASS',
    'RR-16': 'PASS',
    'RR-18': SOLD.includes(programme) ? 'NOT_APPLICABLE' : 'PASS',
    'RR-19': 'NOT_APPLICABLE',
    'RR-28': 'PASS',
    'RR-29': 'NOT_APPLICABLE',
    'RR-30': 'NOT_APPLICABLE',
    'RR-32': 'NOT_APPLICABLE',
    'RR-33': 'NOT_APPLICABLE',
    'RR-35': 'NOT_APPLICABLE',
  };
}

/** The same of a household that holds what it applied for. */
function nothingWrongSince(programme: Programme): Record<RuleCode, Outcome> {
  const lowRent = programme === 'LOW_RENT' ? 'PASS' : 'NOT_APPLICABLE';
  return {
    ...nothingWrong(programme),
    ...{ 'RR-01': 'NOT_APPLICABLE', 'RR-18': 'NOT_APPLICABLE' },
    ...{ 'RR-19': lowRent, 'RR-30': lowRent, 'RR-35': 'PASS' },
    'RR-29': SOLD.includes(programme) ? 'NOT_APPLICABLE' : 'PASS',
  };
}

/** Members on that day. */
export const activeMembers = ({ members }: Household, day: string): Member[] =>
  members.filter(({ from, to }) => from <= day && (to === null || to >= day));
