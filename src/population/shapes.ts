import type { Relation } from './draft';

/** Who lives with the applicant. */
export const SHAPES = {
  ALONE: [],
  COUPLE: ['SPOUSE'],
  PARENT_AND_CHILD: ['CHILD'],
  WITH_PARENT: ['PARENT'],
  SIBLINGS: ['SIBLING'],
  FAMILY_OF_3: ['SPOUSE', 'CHILD'],
  FAMILY_OF_4: ['SPOUSE', 'CHILD', 'CHILD'],
  THREE_GENERATIONS: ['SPOUSE', 'CHILD', 'PARENT'],
  FAMILY_OF_5: ['SPOUSE', 'CHILD', 'CHILD', 'PARENT'],
  FAMILY_OF_6: ['SPOUSE', 'CHILD', 'CHILD', 'PARENT', 'PARENT'],
  MANY_CHILDREN: ['SPOUSE', 'CHILD', 'CHILD', 'CHILD', 'PARENT'],
} as const satisfies Record<string, readonly Relation[]>;
export type Shape = keyof typeof SHAPES;

export const SHAPE_SHARES: readonly (readonly [Shape, number])[] = [
  ['ALONE', 20],
  ['COUPLE', 13],
  ['PARENT_AND_CHILD', 9],
  ['WITH_PARENT', 4],
  ['SIBLINGS', 2],
  ['FAMILY_OF_3', 24],
  ['FAMILY_OF_4', 14],
  ['THREE_GENERATIONS', 6],
  ['FAMILY_OF_5', 4],
  ['FAMILY_OF_6', 2],
  ['MANY_CHILDREN', 2],
];
