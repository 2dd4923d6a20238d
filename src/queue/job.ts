/** One errand of the background: idempotent, because it may run more than once (at least once, never exactly once). */
export interface Job<Services> {
  /** Its name in the queue. */
  readonly task: string;
  /** Crontab line in UTC, for an errand that comes back by the clock. */
  readonly schedule?: string;
  /** Waits for slow agencies: runs beside the others and takes no place of theirs. */
  readonly patient?: true;
  /** Payloads carry ids, never a person's value. When the signal aborts, stop at the next safe point. */
  run(payload: unknown, services: Services, signal: AbortSignal): Promise<void>;
}
