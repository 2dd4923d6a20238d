import { HUB } from '../admission/moves';
import type { Role } from '../../src/access/viewer';
import { NoticeState as State } from './notice';
import { NoticeStepKind as Kind } from './notice-step';

/** Who tells somebody on paper, or notes that a message was read: whoever has them at the counter. */
export const TELLERS: readonly Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'];

export interface NoticeMove {
  readonly from: State;
  readonly kind: Kind;
  readonly to: State;
  readonly role: Role | typeof HUB;
}

const { DUE, SENT, READ, FAILED, PAPER_TASK, PAPER_DELIVERED } = State;
type Who = readonly NoticeMove['role'][];

/** The one table of steps. The database takes an attempt as the failure when it was the last one, and gives a failure to paper at once. */
const STEPS: readonly (readonly [from: readonly State[], kind: Kind, to: State, roles: Who])[] = [
  [[DUE], Kind.ATTEMPT, DUE, [HUB]],
  [[DUE], Kind.FAILURE, FAILED, [HUB]],
  [[DUE], Kind.SENDING, SENT, [HUB]],
  [[FAILED], Kind.PAPER_TASK, PAPER_TASK, [HUB]],
  [[SENT], Kind.READING, READ, ['APPLICANT_SELF', ...TELLERS]],
  [[DUE, SENT, PAPER_TASK], Kind.PAPER_DELIVERY, PAPER_DELIVERED, TELLERS],
];

/** Every move there is, as the database keeps them in `notice_move`; what is not here does not happen. */
export const noticeMoves = (): NoticeMove[] =>
  STEPS.flatMap(([froms, kind, to, roles]) => froms.flatMap((from) => roles.map((role) => ({ from, kind, to, role }))));
