import { warn } from '../say';
import type { Undo } from './undo';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const STEP_MS = 3_000;
const PART_MS = 5_000;
/** npm passes on the Ctrl-C that the terminal has sent to both. */
const SAME_CTRL_C_MS = 1_000;

/**
 * Ctrl-C and SIGTERM stop, in order, all that `undo` holds, and end the process with 0 (1 when something did not stop).
 * A start under way is first given a moment to finish its steps, and begins no other, so that nothing half-started is left. A second signal
 * does not wait.
 */
export function stopOnSignal(undo: Undo, stopSteps: () => Promise<unknown>): void {
  let askedAt: number | undefined;
  const stop = async () => {
    if (askedAt !== undefined && performance.now() - askedAt < SAME_CTRL_C_MS) return;
    if (askedAt !== undefined) process.exit(1);
    askedAt = performance.now();
    await Promise.race([stopSteps().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, STEP_MS))]);
    const troubles = await undo.all(PART_MS);
    troubles.forEach((trouble) => warn(`did not stop cleanly: ${trouble}`));
    process.exit(troubles.length > 0 ? 1 : 0);
  };
  for (const signal of SIGNALS) process.on(signal, () => void stop());
}
