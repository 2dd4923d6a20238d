import {
  BrokenCircuitError,
  BulkheadRejectedError,
  ConsecutiveBreaker,
  DelegateBackoff,
  TaskCancelledError,
  TimeoutStrategy,
  bulkhead,
  circuitBreaker,
  handleAll,
  handleWhen,
  retry,
  timeout,
  wrap,
  type IRetryBackoffContext,
} from 'cockatiel';
import type { Patience } from './connector';
import { SourceTrouble, sourceFault } from './trouble';

const FIRST_PAUSE = 100;

/** Calls one agency within its patience: bulkhead, retry with jitter and Retry-After, breaker, timeout, in this order. */
export interface Caller {
  /** Rejects with SourceTrouble only; `unexpected` hears of errors that are ours. */
  call<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
}

export function makeCaller(patience: Patience, random: () => number, unexpected: (error: unknown) => void): Caller {
  let openedAt = 0;
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: patience.restFor,
    breaker: new ConsecutiveBreaker(patience.tripAfter),
  });
  /* cockatiel keeps its own clock for the rest; only the difference is of use to others. */
  breaker.onBreak(() => (openedAt = Date.now()));
  const restLeft = () => Math.max(0, openedAt + patience.restFor - Date.now());
  const policy = wrap(
    bulkhead(patience.atOnce, patience.queue),
    retry(
      handleWhen((error) => error instanceof SourceTrouble && worthARetry(error, patience)),
      { maxAttempts: patience.retries, backoff: new DelegateBackoff((context) => pause(context, random)) },
    ),
    breaker,
    timeout(patience.timeout, TimeoutStrategy.Aggressive),
  );
  return {
    async call(work) {
      try {
        return await policy.execute(({ signal }) => work(signal));
      } catch (error) {
        throw troubleOf(error, restLeft, unexpected);
      }
    },
  };
}

const worthARetry = ({ kind, retryAfter = 0 }: SourceTrouble, { waitAtMost }: Patience): boolean =>
  kind === 'SILENT' && retryAfter <= waitAtMost;

/** The agency's Retry-After, or twice as long each time, of which a random half. */
function pause({ attempt, result }: IRetryBackoffContext<unknown>, random: () => number): number {
  const asked = 'error' in result && result.error instanceof SourceTrouble ? result.error.retryAfter : undefined;
  return asked ?? FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + random() / 2);
}

function troubleOf(error: unknown, restLeft: () => number, unexpected: (error: unknown) => void): SourceTrouble {
  if (error instanceof SourceTrouble) return error;
  if (error instanceof BrokenCircuitError) return new SourceTrouble('SILENT', 'RESTING', restLeft());
  if (error instanceof BulkheadRejectedError) return new SourceTrouble('SILENT', 'CROWDED');
  if (error instanceof TaskCancelledError) return new SourceTrouble('SILENT', 'TIMEOUT');
  unexpected(error);
  return sourceFault();
}
