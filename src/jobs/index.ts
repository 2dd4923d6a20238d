import type { Hub } from '../context';
import type { Job } from '../queue/job';
import { collectDeferred } from './collect-deferred';
import { publishFeeds } from './publish-feeds';
import { rotateKeys } from './rotate-keys';
import { runCrossCheck } from './run-cross-check';
import { sweepCrossChecks } from './sweep-cross-checks';

/** The errands of the background: one line each. */
export const jobs: readonly Job<Hub>[] = [runCrossCheck, collectDeferred, sweepCrossChecks, publishFeeds, rotateKeys];
