import {
  BrokenCircuitError,
  BulkheadRejectedError,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  TaskCancelledError,
  TimeoutStrategy,
  bulkhead,
  circuitBreaker,
  handleWhen,
  retry,
  timeout,
  wrap,
  type CircuitBreakerPolicy,
  type IBackoff,
  type IHalfOpenAfterBackoffContext,
  type IRetryBackoffContext,
} from 'cockatiel';
import type { Patience } from './connector';
import { SourceTrouble, sourceFault } from './trouble';

const FIRST_PAUSE = 100;

/**
 * What a call came to, as the breaker sees it. ANSWERED: trust. UNBELIEVABLE: an answer of which nothing could be believed,
 * a failure like silence. RECEIPT: it will answer later, which proves it alive and nothing else. NOT_ASKED: nothing left.
 */
export type Proof = 'ANSWERED' | 'UNBELIEVABLE' | 'RECEIPT' | 'NOT_ASKED';

/** Carries what is neither success nor failure past the breaker's count. */
class Unproven extends Error {
  constructor(
    readonly proof: Proof,
    readonly result?: unknown,
  ) {
    super(proof);
  }
}

/**
 * Calls one agency within its patience: budget of the whole, bulkhead, retry with jitter and Retry-After, breaker, timeout of
 * one attempt, in this order.
 */
export interface Caller {
  /** Rejects with SourceTrouble only; `unexpected` hears of errors that are ours. */
  call<Result>(
    work: (signal: AbortSignal) => Promise<Result>,
    proofOf?: (result: Awaited<Result>) => Proof,
  ): Promise<Result>;
}

export function makeCaller(patience: Patience, random: () => number, unexpected: (error: unknown) => void): Caller {
  const { breaker, restLeft } = breakerOf(patience);
  const policy = wrap(
    timeout(patience.budget, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false }), // each attempt is called off by its own
    bulkhead(patience.atOnce, patience.queue),
    retry(
      handleWhen((error) => error instanceof SourceTrouble && worthARetry(error, patience)),
      { maxAttempts: patience.retries, backoff: new DelegateBackoff((context) => pause(context, random)) },
    ),
    breaker,
    timeout(patience.timeout, TimeoutStrategy.Aggressive),
  );
  return {
    async call(work, proofOf = () => 'ANSWERED') {
      try {
        return await policy.execute(async ({ signal }) => {
          if (signal.aborted) throw new Unproven('NOT_ASKED'); // its turn came after its time: nobody waits any more
          const result = await work(signal);
          const proof = proofOf(result);
          if (proof !== 'ANSWERED') throw new Unproven(proof, result);
          return result;
        });
      } catch (error) {
        if (error instanceof Unproven) return error.result as Awaited<ReturnType<typeof work>>;
        throw troubleOf(error, restLeft, unexpected);
      }
    },
  };
}

/**
 * Opens after failures in a row. What is unproven leaves the count as it is. One trial decides a half-open breaker: a receipt
 * closes it, though the count stays; a trial in which nothing was asked decides nothing, and the next call is the trial.
 *
 * cockatiel reckons a rest by the clock of the day, which may be set back by days: here its length is all or nothing, as the time
 * passed says.
 */
function breakerOf({ tripAfter, restFor }: Patience): { breaker: CircuitBreakerPolicy; restLeft: () => number } {
  let restUntil = 0;
  const restLeft = () => Math.max(0, restUntil - performance.now());
  const failed = handleWhen((error) => {
    if (error instanceof Unproven && error.proof === 'RECEIPT') return false;
    return !nothingAsked(error) || breaker.state === CircuitState.HalfOpen;
  });
  const rest: IBackoff<IHalfOpenAfterBackoffContext> = {
    get duration() {
      return restLeft() > 0 ? Infinity : -Infinity;
    },
    next({ result }) {
      restUntil = 'error' in result && nothingAsked(result.error) ? 0 : performance.now() + restFor;
      return rest;
    },
  };
  const breaker = circuitBreaker(failed, { halfOpenAfter: rest, breaker: new ConsecutiveBreaker(tripAfter) });
  return { breaker, restLeft };
}

/** The letters had ended, or could not be looked up: the agency heard nothing and is not to blame. */
const nothingAsked = (error: unknown): boolean =>
  (error instanceof Unproven && error.proof === 'NOT_ASKED') ||
  (error instanceof SourceTrouble && error.reason === NOT_CHECKED);

/** Reason of a question that was not put because its letters could not be looked up. */
export const NOT_CHECKED = 'NOT_CHECKED';

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
