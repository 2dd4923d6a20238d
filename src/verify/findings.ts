/** The first thing that is wrong. `position`: place in the tree, from 0; null where it has none. */
export interface Finding {
  readonly position: number | null;
  readonly what: string;
}

/** Nothing can be said: a file is missing, a key unknown, the database silent. */
export class CannotVerify extends Error {}

/** The evidence is not what was signed. */
export class Tampered extends Error {
  constructor(readonly finding: Finding) {
    super(finding.what);
  }
}

export const tampered = (position: number | null, what: string): never => {
  throw new Tampered({ position, what });
};
