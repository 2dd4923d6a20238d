import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { readPage, type PageArgs } from '../../src/store/page';
import { readPersonal } from '../../src/store/reads';
import type { Connection } from '../../schema/page';
import type { IdentityMatch, MatchTier } from '../../schema/housing/identity-match';

/** A match speaks of two: a row for each, so that the look at both is logged. Row scope shows whoever has both. */
const PAGE: PersonalSelect = {
  name: 'identity-matches-page',
  takes: 6,
  text: `select who.person_id, m.* from (
           select id, person_a as "personId", person_b as "otherId", region_code as "regionCode", other_region as "otherRegion", score, tier, model,
             levels, registered_by as "registeredBy", found_at as "foundAt", state, reviewed_at as "reviewedAt", reviewed_by as "reviewedBy", reason
           from identity_match
           where (region_code = any ($1) or other_region = any ($1)) and ($2::text is null or tier = $2)
             and ($3::uuid is null or exists (select from household_member h where h.household_id = $3 and h.person_id in (person_a, person_b)))
             and (-score, id) > ($4::float8, $5::uuid)
           order by -score, id limit $6
         ) m cross join lateral (values (m."personId"), (m."otherId")) as who (person_id) order by -m.score, m.id`,
};
const FIRST_KEY = ['-Infinity', '00000000-0000-0000-0000-000000000000'] as const;

export interface Filter {
  readonly region: string;
  readonly tier: MatchTier | null;
  readonly household: string | null;
}

/** Matches that touch a region and everything below it, the likeliest first. Throws INVALID_CURSOR, PAGE_TOO_LARGE. */
export function pageOfMatches(
  ctx: RequestContext,
  { region, tier, household }: Filter,
  args: PageArgs,
): Promise<Connection<IdentityMatch>> {
  const { hub } = ctx;
  return readPage<IdentityMatch>(hub.cursors, args, {
    list: ['identity-matches', region, tier ?? '', household ?? ''].join(' '),
    keyOf: ({ score, id }) => [-score, id],
    read: async (after, limit) => {
      const values = [hub.regions.scopeOf(region), tier, household, ...(after ?? FIRST_KEY), limit];
      const look = { source: 'housing', fields: ['identityMatch'] };
      const rows = await readPersonal<IdentityMatch>(hub.db.app, PAGE, values, look, ctx);
      return [...new Map(rows.map((row) => [row.id, row])).values()];
    },
  });
}
