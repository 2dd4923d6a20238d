import type { PurposeGrant, Viewer } from './viewer';

/** What one request may see and in whose name: passed to every read, so that the log can be written with it. */
export interface Session {
  readonly viewer: Viewer;
  readonly purpose: PurposeGrant | null;
  readonly requestId: string;
  /** Versions of what the answer rests on, 'answer:<id>' and 'report:<hash>', for the receipt of a partner. */
  readonly evidence?: Set<string>;
}
