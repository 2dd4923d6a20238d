import { beijingDay } from '../../../src/access/day';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { readPage, type PageArgs } from '../../../src/store/page';
import type { Connection } from '../../../schema/page';
import type { SupervisionFinding } from '../../../schema/supervision/supervision-finding';
import { CHECKS } from './checks';

/* $4 to $6: the last key. */
const ONE = CHECKS.map(
  ({ finding, clause, select }) =>
    `select '${finding}' as finding, '${clause}' as clause, region_code, id, since, body, source from (${select}) as found`,
);
const PAGE = {
  name: 'supervision-findings',
  text: `select finding, clause, region_code as "regionCode", id as "recordId", since::text, body, source from (${ONE.join(' union all ')}) as every
         where (region_code, finding, id) > ($4, $5, $6::uuid) order by region_code, finding, id limit $7`,
};
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** What the records of a region and everything below it lack today. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfSupervision(
  { hub, viewer }: RequestContext,
  region: string,
  args: PageArgs,
): Promise<Connection<SupervisionFinding>> {
  const now = hub.now();
  return readPage<SupervisionFinding>(hub.cursors, args, {
    list: `supervisionFindings ${region}`,
    keyOf: ({ regionCode, finding, recordId }) => [regionCode, finding, recordId],
    read: async (after, limit) => {
      const values = [hub.regions.scopeOf(region), beijingDay(now), now, ...(after ?? ['', '', NOBODY]), limit];
      const found = await queryInScope<SupervisionFinding>(hub.db.app, viewer.regions, { ...PAGE, values });
      const kinds = new Set(found.map(({ finding }) => finding));
      for (const { finding, carriedOut } of CHECKS) if (kinds.has(finding)) carriedOut();
      return found;
    },
  });
}
