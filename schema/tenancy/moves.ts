import { HUB } from '../admission/moves';
import { ExitState as Exit } from '../review/exit-case';
import { AllotmentState as Offer } from './allotment';
import { ContractState as Paper } from './contract';
import { OccupancyState as Home } from './occupancy';
import { TenancyNoun as Noun, TenancyStepKind as Kind } from './tenancy-step';

/**
 * QUEUE: the office that runs the queue of the flow; COUNTY: the county-level department (IM-7.2, 7.8); RECORD: nobody, the
 * step of another record takes it with itself.
 */
type Whose = 'QUEUE' | 'COUNTY' | 'RECORD' | typeof HUB;

type Step = readonly [noun: Noun, from: readonly string[], kind: Kind, to: string, whose: Whose];

const UNDER_WAY = [Exit.ORDERED, Exit.RELOCATION, Exit.MARKET_RENT, Exit.COURT];

/** The one table of steps (domain.md §5.6). */
const STEPS: readonly Step[] = [
  [Noun.ALLOTMENT, [Offer.OFFERED], Kind.ACCEPTANCE, Offer.ACCEPTED, 'QUEUE'],
  [Noun.ALLOTMENT, [Offer.OFFERED], Kind.DECLINE, Offer.DECLINED, 'QUEUE'],
  [Noun.ALLOTMENT, [Offer.OFFERED], Kind.LAPSE, Offer.LAPSED, HUB],
  [Noun.ALLOTMENT, [Offer.OFFERED, Offer.ACCEPTED, Offer.CONTRACT_SIGNED], Kind.VOIDING, Offer.VOID, 'QUEUE'],
  [Noun.ALLOTMENT, [Offer.ACCEPTED], Kind.SIGNING, Offer.CONTRACT_SIGNED, 'RECORD'],
  [Noun.ALLOTMENT, [Offer.CONTRACT_SIGNED], Kind.HANDOVER, Offer.HANDED_OVER, 'COUNTY'],
  [Noun.CONTRACT, [Paper.DRAFT], Kind.SIGNING, Paper.SIGNED, 'COUNTY'],
  [Noun.CONTRACT, [Paper.DRAFT], Kind.WITHDRAWAL, Paper.TERMINATED, 'COUNTY'],
  [Noun.CONTRACT, [Paper.SIGNED], Kind.FILING, Paper.FILED, 'COUNTY'],
  [Noun.CONTRACT, [Paper.FILED], Kind.ACTIVATION, Paper.ACTIVE, 'RECORD'],
  [Noun.CONTRACT, [Paper.ACTIVE], Kind.RENEWAL_REQUEST, Paper.ACTIVE, 'COUNTY'],
  [Noun.CONTRACT, [Paper.ACTIVE], Kind.RENEWAL, Paper.RENEWED, 'RECORD'],
  [Noun.CONTRACT, [Paper.ACTIVE], Kind.EXPIRY, Paper.EXPIRED, HUB],
  [Noun.CONTRACT, [Paper.SIGNED, Paper.FILED, Paper.ACTIVE], Kind.TERMINATION, Paper.TERMINATED, 'COUNTY'],
  [Noun.CONTRACT, [Paper.SIGNED, Paper.FILED, Paper.ACTIVE, Paper.EXPIRED], Kind.EXITING, Paper.TERMINATED, 'RECORD'],
  [Noun.CONTRACT, [Paper.ACTIVE], Kind.PURCHASE, Paper.TERMINATED, 'COUNTY'],
  [Noun.OCCUPANCY, [Home.NOT_MOVED_IN], Kind.MOVE_IN, Home.OCCUPIED, 'COUNTY'],
  [Noun.OCCUPANCY, [Home.NOT_MOVED_IN, Home.OCCUPIED], Kind.LEAVING, Home.VACATING, 'RECORD'],
  [Noun.OCCUPANCY, [Home.VACATING], Kind.VACATION, Home.VACATED, 'COUNTY'],
  [Noun.OCCUPANCY, [Home.NOT_MOVED_IN, Home.OCCUPIED, Home.VACATING], Kind.EXITING, Home.VACATED, 'RECORD'],
  [Noun.EXIT, [Exit.OPENED], Kind.HEARING, Exit.HEARING, 'COUNTY'],
  [Noun.EXIT, [Exit.HEARING], Kind.ORDER, Exit.ORDERED, 'COUNTY'],
  [Noun.EXIT, [Exit.ORDERED], Kind.RELOCATION, Exit.RELOCATION, 'COUNTY'],
  [Noun.EXIT, [Exit.RELOCATION], Kind.MARKET_RENT, Exit.MARKET_RENT, 'COUNTY'],
  [Noun.EXIT, [Exit.MARKET_RENT], Kind.COURT, Exit.COURT, 'COUNTY'],
  [Noun.EXIT, UNDER_WAY, Kind.RECOVERY, Exit.VACATED, 'COUNTY'],
  [Noun.EXIT, UNDER_WAY, Kind.REPURCHASE, Exit.VACATED, 'COUNTY'],
];

export interface TenancyMove {
  readonly noun: Noun;
  readonly from: string;
  readonly kind: Kind;
  readonly to: string;
  readonly whose: Whose;
}

/** Every move there is, as the database keeps them in `tenancy_move`; what is not here does not happen. */
export const tenancyMoves = (): TenancyMove[] =>
  STEPS.flatMap(([noun, froms, kind, to, whose]) => froms.map((from) => ({ noun, from, kind, to, whose })));
