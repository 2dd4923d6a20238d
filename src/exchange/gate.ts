import type { Session } from '../access/session';
import type { Desk } from './desk';
import { NOT_CHECKED } from './patience';
import type { Gate } from './source';
import { LIVE_QUICKLY } from './statements/live';
import { beijingDay } from './time';
import { SourceTrouble } from './trouble';

/**
 * Between the look and the call lie a queue, pauses and retries. So each attempt looks once more, and hands the call over
 * while it holds the letters: whoever ends one waits for the hand-over, never for the answer, and once its end is
 * acknowledged no call leaves. Cannot it be looked up, nobody is asked.
 */
export function gateOf(desk: Desk, source: string, { viewer }: Session): Gate {
  return (people, start) =>
    desk
      .scoped(viewer.regions, async (client) => {
        const letters = [...new Set(people.map(({ letterId }) => letterId))];
        const { rows } = await client.query<{ id: string }>(LIVE_QUICKLY, [letters, source, beijingDay(desk.now())]);
        const live = new Set(rows.map(({ id }) => id));
        const allowed = people.filter(({ letterId }) => live.has(letterId));
        if (allowed.length === 0) return { allowed };
        const call = start(allowed);
        call.catch(() => undefined); // met where it is awaited
        return { allowed, call };
      })
      .catch(() => {
        throw new SourceTrouble('SILENT', NOT_CHECKED);
      });
}
