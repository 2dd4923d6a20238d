const ALLOWED_SKEW_MS = 300_000;

/** Remembers nonces as long as their timestamp would still be accepted, so that no request works twice. */
export class Freshness {
  private readonly seen = new Map<string, number>();

  constructor(private readonly clock: () => Date) {}

  /** Takes a nonce made at an instant (Unix ms). The caller has verified the signature: only its owner spends nonces. */
  take(nonce: string, madeAt: number): 'FRESH' | 'SKEWED' | 'REPLAYED' {
    const now = this.clock().getTime();
    if (!(Math.abs(now - madeAt) <= ALLOWED_SKEW_MS)) return 'SKEWED';
    if (this.seen.has(nonce)) return 'REPLAYED';
    this.forget(now);
    this.seen.set(nonce, now + 2 * ALLOWED_SKEW_MS);
    return 'FRESH';
  }

  /** Insertion order is the order of expiry. */
  private forget(now: number): void {
    for (const [nonce, until] of this.seen) {
      if (until > now) return;
      this.seen.delete(nonce);
    }
  }
}
