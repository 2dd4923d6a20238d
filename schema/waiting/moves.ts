import { AdmissionFlow as Flow } from '../admission/application';
import { HUB } from '../admission/moves';
import type { Role } from '../../src/access/viewer';
import { WaitingState as State } from './waiting-list-entry';
import { WaitingStepKind as Kind } from './waiting-step';

/** Who runs the queue: the office that approves in the flow. */
export const QUEUE_OFFICE: Readonly<Record<Flow, Role>> = {
  [Flow.COUNTY_FLOW]: 'COUNTY_HOUSING',
  [Flow.DISTRICTED_FLOW]: 'CITY_HOUSING',
};

const { ACTIVE, INVITED, IN_BATCH, DEFERRED, SUSPENDED, FULFILLED, REMOVED } = State;

/** The one table of steps (domain.md §5.3). The database takes a refusal as the last one when the limit is reached. */
const STEPS: readonly (readonly [from: readonly State[], kind: Kind, to: State, whose: 'OFFICE' | typeof HUB])[] = [
  [[ACTIVE], Kind.INVITATION, INVITED, 'OFFICE'],
  [[INVITED], Kind.REGISTRATION, IN_BATCH, 'OFFICE'],
  [[IN_BATCH], Kind.ALLOTMENT, FULFILLED, 'OFFICE'],
  [[INVITED, IN_BATCH], Kind.DECLINE, ACTIVE, 'OFFICE'],
  [[INVITED, IN_BATCH], Kind.DEFERRAL, DEFERRED, 'OFFICE'],
  [[INVITED, IN_BATCH], Kind.LAST_REFUSAL, REMOVED, 'OFFICE'],
  [[DEFERRED], Kind.RETURN, ACTIVE, HUB],
  [[ACTIVE], Kind.SUSPENSION, SUSPENDED, 'OFFICE'],
  [[SUSPENDED], Kind.RESUMPTION, ACTIVE, 'OFFICE'],
  [[INVITED, IN_BATCH, FULFILLED], Kind.RESTORATION, ACTIVE, 'OFFICE'],
  [[ACTIVE, INVITED, IN_BATCH, DEFERRED, SUSPENDED], Kind.REMOVAL, REMOVED, 'OFFICE'],
];

export interface WaitingMove {
  readonly flow: Flow;
  readonly from: State;
  readonly kind: Kind;
  readonly to: State;
  readonly role: Role | typeof HUB;
}

/** Every move there is, as the database keeps them in `waiting_move`; what is not here does not happen. */
export const waitingMoves = (): WaitingMove[] =>
  Object.values(Flow).flatMap((flow) =>
    STEPS.flatMap(([froms, kind, to, whose]) =>
      froms.map((from) => ({ flow, from, kind, to, role: whose === HUB ? HUB : QUEUE_OFFICE[flow] })),
    ),
  );
