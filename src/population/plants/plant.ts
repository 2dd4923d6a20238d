import type { Household, Programme } from '../draft';
import type { Random } from '../random';
import type { Shape } from '../shapes';

/** What a planter may use beside the household. */
export interface Stage {
  readonly today: string;
  readonly yesterday: string;
  readonly random: Random;
  /** How many times this plant was planted before: tells people born on one day apart. */
  readonly ordinal: number;
  /** Drafts one more household, in the same or the other autonomous region; it is kept beside the planted one. */
  secondHousehold(where: 'SAME_REGION' | 'OTHER_REGION'): Household;
}

/**
 * One kind of planted household. `edit` changes an honest household and writes into `expected` what a right judge must
 * say of it: reasoned by the planter, never computed by rule code.
 */
export interface Plant {
  readonly kind: string;
  readonly shape: Shape;
  readonly programme: Programme;
  /** Planted among those who hold security already. */
  readonly secured?: true;
  edit(household: Household, stage: Stage): void;
}
