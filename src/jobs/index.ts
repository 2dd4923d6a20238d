import type { Hub } from '../context';
import type { Job } from '../queue/job';
import { chargeRents } from './charge-rents';
import { collectDeferred } from './collect-deferred';
import { compareWatched } from './compare-watched';
import { detectIneligible } from './detect-ineligible';
import { endPublicities } from './end-publicities';
import { endReplies } from './end-replies';
import { expireEvidence } from './expire-evidence';
import { expireLetters } from './expire-letters';
import { handOver } from './hand-over';
import { openInspections } from './open-inspections';
import { openReviews } from './open-reviews';
import { publishFeeds } from './publish-feeds';
import { recomputeQueues } from './recompute-queues';
import { remindAnswers } from './remind-answers';
import { rotateKeys } from './rotate-keys';
import { runCrossCheck } from './run-cross-check';
import { runTenancies } from './run-tenancies';
import { screenIdentities } from './screen-identities';
import { sendNotices } from './send-notices';
import { settleAgain } from './settle-again';
import { settleMatchedAgain } from './settle-matched-again';
import { sweepCrossChecks } from './sweep-cross-checks';
import { sweepFiles } from './sweep-files';
import { watchChanges } from './watch-changes';
import { witnessPublicities } from './witness-publicities';

/** The errands of the background: one line each. */
export const jobs: readonly Job<Hub>[] = [
  ...[runCrossCheck, handOver, collectDeferred, settleAgain, settleMatchedAgain, sweepCrossChecks, publishFeeds],
  ...[expireLetters, expireEvidence, remindAnswers, rotateKeys, openReviews, openInspections],
  ...[screenIdentities, endPublicities, recomputeQueues],
  ...[watchChanges, compareWatched, endReplies, sweepFiles, sendNotices, witnessPublicities],
  ...[runTenancies, chargeRents, detectIneligible],
];
