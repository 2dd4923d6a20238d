import type { Role } from '../../src/access/viewer';
import { AdmissionFlow as Flow, ApplicationState as State } from './application';
import { ApplicationStepKind as Kind, JointAgency } from './application-step';

/** The job that ends periods moves in the hub's own name. */
export const HUB = 'HUB';
export type Mover = Role | typeof HUB;

/** 三审三公示 [IM-3]: who reviews in each round of a flow, with whom, and whether on the report of a cross-check. */
interface Round {
  readonly reviewer: Role;
  readonly joint: readonly JointAgency[];
  /** HOUSING_AND_INCOME: those two matters are settled by the standing report; ALL: everything is, and for the household. */
  readonly verified: 'ON_PAPER' | 'HOUSING_AND_INCOME' | 'ALL';
}

const { CIVIL_AFFAIRS, PUBLIC_SECURITY } = JointAgency;

export const ROUNDS: Readonly<Record<Flow, readonly [Round, Round, Round]>> = {
  [Flow.COUNTY_FLOW]: [
    { reviewer: 'COMMUNITY_WORKER', joint: [], verified: 'ON_PAPER' },
    { reviewer: 'STREET_OFFICER', joint: [], verified: 'ON_PAPER' },
    { reviewer: 'COUNTY_HOUSING', joint: [CIVIL_AFFAIRS, PUBLIC_SECURITY], verified: 'ALL' },
  ],
  [Flow.DISTRICTED_FLOW]: [
    { reviewer: 'STREET_OFFICER', joint: [], verified: 'ON_PAPER' },
    { reviewer: 'COUNTY_HOUSING', joint: [CIVIL_AFFAIRS], verified: 'HOUSING_AND_INCOME' },
    { reviewer: 'CITY_HOUSING', joint: [PUBLIC_SECURITY], verified: 'ALL' },
  ],
};

/** Who decides an appeal 申诉: the office above the last review. */
const ABOVE: Readonly<Record<Flow, Role>> = {
  [Flow.COUNTY_FLOW]: 'CITY_HOUSING',
  [Flow.DISTRICTED_FLOW]: 'REGION_HOUSING',
};

/** Whose step it is: of the round's reviewer, the first's or the last's, a joint agency's, of the office above, or the hub's. */
type Whose = 'OWN' | 'FIRST' | 'LAST' | 'JOINT' | 'ABOVE' | typeof HUB;
type To = State | 'NEXT_REVIEW';

const { DRAFT, SUBMITTED, IN_REVIEW, PUBLICITY_PENDING, PUBLICITY, PUBLICITY_ENDED, CLEARED, APPROVED } = State;
const { REJECTED, APPEAL, WITHDRAWN, REVOKED } = State;

/** The one table of steps. NEXT_REVIEW: the review of the next round; after the third publicity, CLEARED. */
const STEPS: readonly (readonly [from: readonly State[], kind: Kind, to: To, whose: Whose])[] = [
  [[DRAFT], Kind.SUBMISSION, SUBMITTED, 'FIRST'],
  [[SUBMITTED], Kind.RETURN, DRAFT, 'FIRST'],
  [[SUBMITTED], Kind.ACCEPTANCE, IN_REVIEW, 'FIRST'],
  [[IN_REVIEW], Kind.OPINION, IN_REVIEW, 'JOINT'],
  [[IN_REVIEW], Kind.PASS, PUBLICITY_PENDING, 'OWN'],
  [[IN_REVIEW], Kind.REJECTION, REJECTED, 'OWN'],
  [[PUBLICITY_PENDING], Kind.POSTING, PUBLICITY, 'OWN'],
  [[PUBLICITY], Kind.PERIOD_END, PUBLICITY_ENDED, HUB],
  [[PUBLICITY, PUBLICITY_ENDED], Kind.SENT_BACK, IN_REVIEW, 'OWN'],
  [[PUBLICITY_ENDED], Kind.CLEARANCE, 'NEXT_REVIEW', 'OWN'],
  [[CLEARED], Kind.APPROVAL, APPROVED, 'LAST'],
  [
    [DRAFT, SUBMITTED, IN_REVIEW, PUBLICITY_PENDING, PUBLICITY, PUBLICITY_ENDED, CLEARED, APPEAL],
    Kind.WITHDRAWAL,
    WITHDRAWN,
    'FIRST',
  ],
  [[REJECTED], Kind.APPEAL, APPEAL, 'FIRST'],
  [[APPEAL], Kind.APPEAL_UPHELD, IN_REVIEW, 'ABOVE'],
  [[APPEAL], Kind.APPEAL_DISMISSED, REJECTED, 'ABOVE'],
  [[APPROVED], Kind.REVOCATION, REVOKED, 'LAST'],
];

export interface AdmissionMove {
  readonly flow: Flow;
  readonly round: number;
  readonly from: State;
  readonly kind: Kind;
  readonly to: State;
  readonly toRound: number;
  readonly role: Mover;
}

function movers(whose: Whose, flow: Flow, round: number): readonly Mover[] {
  const reviewers = ROUNDS[flow].map(({ reviewer }) => reviewer);
  if (whose === HUB) return [HUB];
  if (whose === 'FIRST') return [reviewers[0]!];
  if (whose === 'LAST') return [reviewers[2]!];
  if (whose === 'ABOVE') return [ABOVE[flow]];
  const own = reviewers[round - 1]!;
  if (whose === 'OWN') return [own];
  return ROUNDS[flow][round - 1]!.joint.length > 0 ? ['CIVIL_AFFAIRS', own] : [];
}

/** Every move there is, as the database keeps them in `admission_move`; what is not here does not happen. */
export function admissionMoves(): AdmissionMove[] {
  return Object.values(Flow).flatMap((flow) =>
    [1, 2, 3].flatMap((round) =>
      STEPS.flatMap(([froms, kind, to, whose]) =>
        froms.filter(inRound(round)).flatMap((from) =>
          movers(whose, flow, round).map((role) => {
            const next = to === 'NEXT_REVIEW';
            const toRound = next && round < 3 ? round + 1 : round;
            return { flow, round, from, kind, to: next ? (round < 3 ? IN_REVIEW : CLEARED) : to, toRound, role };
          }),
        ),
      ),
    ),
  );
}

/** Before the first review there is one round, and after the last publicity too. */
const inRound =
  (round: number) =>
  (state: State): boolean =>
    state === DRAFT || state === SUBMITTED ? round === 1 : state === CLEARED || state === APPROVED ? round === 3 : true;
