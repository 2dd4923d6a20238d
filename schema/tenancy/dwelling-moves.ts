import { HUB } from '../admission/moves';
import { DwellingState as State } from './dwelling';
import { DwellingStepKind as Kind } from './dwelling-step';

/** Whoever keeps the stock of the region, or nobody: the record on which the move rests takes it. */
type Whose = 'OFFICE' | typeof HUB;

/** The one table of steps (domain.md §5.6). */
const STEPS: readonly (readonly [from: readonly State[], kind: Kind, to: State, whose: Whose])[] = [
  [[State.PLANNED], Kind.START, State.UNDER_CONSTRUCTION, 'OFFICE'],
  [[State.UNDER_CONSTRUCTION], Kind.COMPLETION, State.COMPLETED, 'OFFICE'],
  [[State.COMPLETED], Kind.ACCEPTANCE, State.DELIVERABLE, 'OFFICE'],
  [
    [State.DELIVERABLE, State.RECOVERED, State.REPURCHASED, State.FROZEN],
    Kind.RELEASE,
    State.PENDING_ALLOCATION,
    'OFFICE',
  ],
  [[State.DELIVERABLE, State.PENDING_ALLOCATION, State.RECOVERED], Kind.FREEZE, State.FROZEN, 'OFFICE'],
  [[State.PENDING_ALLOCATION], Kind.BATCHING, State.IN_BATCH, HUB],
  [[State.IN_BATCH], Kind.UNBATCHING, State.PENDING_ALLOCATION, HUB],
  [[State.PENDING_ALLOCATION, State.IN_BATCH], Kind.ALLOTMENT, State.ALLOTTED, HUB],
  [[State.ALLOTTED], Kind.RETURN, State.PENDING_ALLOCATION, HUB],
  [[State.ALLOTTED], Kind.HANDOVER, State.OCCUPIED, HUB],
  [[State.OCCUPIED], Kind.RECOVERY, State.RECOVERED, HUB],
  [[State.OCCUPIED], Kind.REPURCHASE, State.REPURCHASED, HUB],
  [[State.OCCUPIED], Kind.CONVERSION, State.CONVERTED, HUB],
];

export interface DwellingMove {
  readonly from: State;
  readonly kind: Kind;
  readonly to: State;
  readonly whose: Whose;
}

/** Every move there is, as the database keeps them in `dwelling_move`; what is not here does not happen. */
export const dwellingMoves = (): DwellingMove[] =>
  STEPS.flatMap(([froms, kind, to, whose]) => froms.map((from) => ({ from, kind, to, whose })));
