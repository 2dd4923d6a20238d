import type { Seal, SealPlace } from './seal';

/** 异议人: who objected, and how to reach them. */
export interface Objector {
  readonly name: string;
  readonly contact: string;
}

/** Seals under the key of the purpose `objector`: whoever can open the register cannot open this. */
export type ObjectorSeal = Pick<Seal, 'keyId' | 'seal' | 'open'>;

export const objectorPlace = (objection: string): SealPlace => ({
  table: 'objector',
  row: objection,
  column: 'sealed',
});
