import type { PurposeGrant, Viewer } from './viewer';

/**
 * How much of the log of a request's looks lies on the disk. A commit that does not wait for it (half a millisecond after some rest) leaves
 * that to one that does and comes later, for the log of PostgreSQL is one: nothing may leave the hub while something is owed.
 */
export class ToDisk {
  private written = 0;
  private there = 0;

  /** Something was committed, and not waited for. */
  wrote(): void {
    this.written += 1;
  }

  /** To be taken before a commit that waits, and called once it is done: what was committed before lies there as well. */
  waiting(): () => void {
    const before = this.written;
    return () => void (this.there = Math.max(this.there, before));
  }

  get owed(): boolean {
    return this.written > this.there;
  }
}

/** What one request may see and in whose name: passed to every read, so that the log can be written with it. */
export interface Session {
  readonly viewer: Viewer;
  readonly purpose: PurposeGrant | null;
  readonly requestId: string;
  /** Versions of what the answer rests on, 'answer:<id>' and 'report:<hash>', for the receipt of a partner. */
  readonly evidence?: Set<string>;
  /** Where looks of housing records need not wait for the disk one by one, because whoever answers sees to it that nothing is owed. */
  readonly toDisk?: ToDisk;
}
