import { addDays } from './calendar';
import type { Household, Member, Outcome, Programme, RuleCode } from './draft';
import { raiseFamily, type Origin } from './family';
import { settle } from './livelihood';
import { uuidOf } from './random';
import { SHAPE_SHARES, type Shape } from './shapes';

const PROGRAMMES: readonly (readonly [Programme, number])[] = [
  ['LOW_RENT', 36],
  ['PUBLIC_RENTAL', 40],
  ['RENTAL_SUBSIDY', 19],
  ['AFFORDABLE_SALE', 3],
  ['PRICE_CAPPED_SALE', 2],
];

export interface Wish {
  readonly shape?: Shape;
  readonly programme?: Programme;
  readonly fileNumber: string;
}

/** An honest household with one open application and a letter that covers every member. */
export function draftHousehold(origin: Origin, wish: Wish): Household {
  const { random, index, today, county } = origin;
  const programme = wish.programme ?? random.weighted(PROGRAMMES);
  const submittedOn = addDays(today, -random.int(1, 60));
  const registeredOn = addDays(submittedOn, -random.int(0, 400));
  const members = raiseFamily(wish.shape ?? random.weighted(SHAPE_SHARES), registeredOn, origin);
  const household: Household = {
    id: uuidOf(index, random),
    caseId: uuidOf(index, random),
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
    residents: members.map(({ human }) => human),
    outsiders: [],
    plant: 'CLEAN',
    expected: nothingWrong(programme),
  };
  settle(household, today, random);
  return household;
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

/** Members on that day. */
export const activeMembers = ({ members }: Household, day: string): Member[] =>
  members.filter(({ from, to }) => from <= day && (to === null || to >= day));
