import type { ClientBase } from 'pg';
import type { Session } from '../access/session';
import type { Desk } from './desk';
import type { Gate } from './source';
import { LIVE, LIVE_QUICKLY } from './statements/live';
import type { Kept } from './statements/keep';
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
        const live = await liveLetters(client, LIVE_QUICKLY, desk, source, people);
        const allowed = people.filter(({ letterId }) => live.has(letterId));
        if (allowed.length === 0) return { allowed };
        const call = start(allowed);
        call.catch(() => undefined); // met where it is awaited
        return { allowed, call };
      })
      .catch(() => {
        throw new SourceTrouble('SILENT', 'NOT_CHECKED');
      });
}

async function liveLetters(
  client: ClientBase,
  statement: string,
  { now }: Desk,
  source: string,
  of: readonly { readonly letterId: string }[],
): Promise<ReadonlySet<string>> {
  const letters = [...new Set(of.map(({ letterId }) => letterId))];
  const { rows } = await client.query<{ id: string }>(statement, [letters, source, beijingDay(now())]);
  return new Set(rows.map(({ id }) => id));
}

/**
 * What may be kept of what came back: an answer whose letter has ended while the call was out says that it was asked, and
 * nothing else. Letters in force are held until it is stored.
 */
export async function keepable(
  client: ClientBase,
  desk: Desk,
  source: string,
  kept: readonly Kept[],
): Promise<readonly Kept[]> {
  const live = await liveLetters(
    client,
    LIVE,
    desk,
    source,
    kept.map(({ ask }) => ask),
  );
  return kept.map((row) => (live.has(row.ask.letterId) ? row : { ...row, finding: ENDED, stored: null }));
}

const ENDED = { status: 'REFUSED', reason: 'LETTER_ENDED' } as const;
