import { randomInt } from 'node:crypto';
import fc from 'fast-check';

const VARIABLE = 'TEST_SEED';

/** Draws the run's seed (or takes TEST_SEED, to repeat a run) and prints it once, before the first test. */
export function printSeed(): void {
  process.env[VARIABLE] ??= String(randomInt(2 ** 31 - 1));
  process.stderr.write(
    `seed of this run: ${process.env[VARIABLE]} (repeat with ${VARIABLE}=${process.env[VARIABLE]})\n`,
  );
}

/** The run's seed: for generators and populations that are fresh every run and can be repeated. */
export function runSeed(): number {
  const seed = Number(process.env[VARIABLE]);
  if (!Number.isInteger(seed)) throw new Error(`${VARIABLE} must be a whole number`);
  return seed;
}

/** Every property of a test file runs on the run's seed. Call once, at the top of the file. */
export function seedProperties(): void {
  fc.configureGlobal({ seed: runSeed() });
}
