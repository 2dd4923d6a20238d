/** A program that a test needs as its users have it, and the Debian package that brings it. */
export interface Needed {
  readonly program: string;
  readonly debian: string;
  readonly isHere: boolean;
}

/** A describe block that needs a program. Where it is missing: an error in CI; elsewhere printed, and counted as skipped. */
export function describeWith({ program, debian, isHere }: Needed, title: string, block: () => void): void {
  if (isHere) return void describe(title, block);
  if (process.env.CI) throw new Error(`${program} is missing, and in CI nothing is skipped: ${title}`);
  process.stderr.write(`SKIPPED, no ${program} here (Debian: apt-get install ${debian}): ${title}\n`);
  const elsewhere = describe.skip;
  elsewhere(title, block);
}
