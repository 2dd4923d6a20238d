import type { Role } from '../../../src/access/viewer';
import type { Planted } from './planted';

/** A root field that leads to classified ones: how it is called, by whom, and what it needs to succeed once more. */
export interface Opening {
  readonly call: string;
  /** domain.md §2 and §3: who reads what lies below it at all. */
  readonly roles: readonly Role[];
  /** Fields below it that stand empty: nobody has signed yet. */
  readonly empty?: string;
  readonly prepare?: (planted: Planted) => Promise<Record<string, unknown>>;
}
