const live = (extra: string): string => `
  select l.id${extra} from letter l
  join housing_case c on c.id = l.case_id and c.closed_on is null
  where l.id = any ($1::uuid[]) and l.state = 'ACTIVE' and $3::date between l.signed_on and l.valid_until and $2 = any (l.sources)
  order by l.id for share of l`;

/** Letters under which a source may be asked today, held until the transaction ends: who ends one waits so long. */
export const LIVE = live('');

/** The same for a transaction that writes nothing worth waiting for the disk. */
export const LIVE_QUICKLY = live(`, set_config('synchronous_commit', 'off', true)`);
