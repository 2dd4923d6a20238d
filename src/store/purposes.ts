import { principalOf, type PurposeGrant, type Viewer } from '../access/viewer';
import type { PurposeTokens } from '../access/purpose-token';
import { beijingDay } from '../access/day';
import { HubError } from '../errors';
import { queryInScope, type Database } from './database';

/** A live purpose: case open, letter in force today, household in the caller's scope; read at every use. */
const LIVE = {
  name: 'live-purpose',
  text: `
    select p.code as purpose, p.fields, l.household_id as "householdId", l.region_code as "regionCode",
      array(select s from unnest(l.sources) s where s = any(p.sources) and not p.watches) as sources,
      array(select m.person_id::text from letter_member m where m.letter_id = l.id) as persons
    from letter l
      join housing_case c on c.id = l.case_id
      join household h on h.id = l.household_id
      join purpose p on p.code = l.purpose
    where l.id = $1 and c.id = $2 and c.closed_on is null and h.closed_on is null
      and l.state = 'ACTIVE' and $3::date between l.signed_on and l.valid_until`,
};

interface LiveRow {
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly householdId: string;
  readonly regionCode: string;
  readonly sources: readonly string[];
  readonly persons: readonly string[];
}

interface Hub {
  readonly db: Pick<Database, 'app'>;
  readonly purposeTokens: PurposeTokens;
  readonly now: () => Date;
}

/**
 * From the `x-purpose` header to what may be asked under it: the sources and fields that letter, purpose and (for a
 * partner system) its grant all name; under a purpose to watch nobody is asked, and what was found is shown. Throws
 * PURPOSE_DEAD when token, case or letter no longer hold.
 */
export async function resolvePurpose(hub: Hub, viewer: Viewer, token: string): Promise<PurposeGrant> {
  const { caseId, letterId } = hub.purposeTokens.read(token, principalOf(viewer));
  const values = [letterId, caseId, beijingDay(hub.now())];
  const [live] = await queryInScope<LiveRow>(hub.db.app, viewer.regions, { ...LIVE, values });
  if (!live || !mayUse(viewer, live.purpose)) throw new HubError('PURPOSE_DEAD', 'x-purpose');
  const { purpose, householdId, regionCode, persons, sources, fields } = live;
  return {
    ...{ purpose, caseId, letterId, householdId, regionCode },
    persons: new Set(persons),
    sources: new Set(sources),
    fields: new Set(fields.filter((field) => viewer.partner?.fields.includes(field) ?? true)),
  };
}

const mayUse = ({ partner }: Viewer, purpose: string): boolean => partner?.purposes.includes(purpose) ?? true;
