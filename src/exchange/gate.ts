import type { Session } from '../access/session';
import type { Desk } from './desk';
import { NOT_CHECKED } from './patience';
import type { Gate } from './source';
import { SourceTrouble } from './trouble';

/**
 * Between the look and the call lie a queue, pauses and retries. So each attempt looks once more, and hands the call over
 * while it holds the letters: whoever ends one waits for the hand-over, never for the answer, and once its end is
 * acknowledged no call leaves. Cannot it be looked up, nobody is asked.
 */
export const gateOf =
  ({ doors }: Desk, source: string, { viewer }: Session): Gate =>
  (people, start) =>
    doors.pass(viewer.regions, source, people, start).catch(() => {
      throw new SourceTrouble('SILENT', NOT_CHECKED);
    });
