/**
 * Letters in force on a day, held until the transaction ends: who ends one waits so long. In the order of their ids, as
 * whoever ends several takes them.
 */
const liveLetters = (letters: string, today: string, extra: string): string => `
  select l.id${extra} from letter l
  join housing_case c on c.id = l.case_id and c.closed_on is null
  where l.id = any (${letters}::uuid[]) and l.state = 'ACTIVE' and ${today}::date between l.signed_on and l.valid_until
  order by l.id for share of l`;

/** With the sources they name. */
export const liveNaming = (letters: string, today: string): string => liveLetters(letters, today, ', l.sources');

/** The same for a transaction that writes nothing worth waiting for the disk. */
export const LIVE_QUICKLY = liveLetters('$1', '$2', `, l.sources, set_config('synchronous_commit', 'off', true)`);
