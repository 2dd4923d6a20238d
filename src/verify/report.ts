import { CannotVerify, Tampered } from './findings';
import { verifyLog, type Evidence, type Verified } from './verify';

/** 0: the log is what was signed. 1: it is not. 2: nothing can be said. */
export type Outcome = 0 | 1 | 2;

/** Verifies and says what was found, a line at a time. */
export async function reportOn(evidence: Evidence, say: (line: string) => void): Promise<Outcome> {
  try {
    describe(await verifyLog(evidence)).forEach(say);
    return 0;
  } catch (error) {
    if (error instanceof Tampered) {
      const { position, what } = error.finding;
      say(`BAD${position === null ? '' : ` at place ${position}`}: ${what}`);
      return 1;
    }
    if (!(error instanceof CannotVerify)) throw error;
    say(`CANNOT VERIFY: ${error.message}`);
    return 2;
  }
}

function describe(found: Verified): string[] {
  const { entries, heads, lastHead, unsigned, waiting, erased, pruned, prunedPartitions, torn } = found;
  const rest = [
    unsigned + waiting > 0 ? `${unsigned + waiting} entries are younger than the last head` : '',
    erased > 0 ? `${erased} entries name nobody any more: erased by acts that stand in the log` : '',
    pruned > 0 ? `${pruned} entries are known by their hash only: ${prunedPartitions.join(', ')} were pruned` : '',
    torn.length > 0 ? `lines cut short by a crash in heads.log: ${torn.join(', ')}` : '',
  ];
  return [
    `OK: ${entries} entries are what was signed in ${heads} heads, the last of ${lastHead.size} at ${lastHead.at}`,
    ...rest.filter((line) => line !== ''),
  ];
}
