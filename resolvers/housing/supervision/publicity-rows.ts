import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { readPage, type PageArgs } from '../../../src/store/page';
import type { Connection } from '../../../schema/page';
import type { ApprovalPublicity } from '../../../schema/supervision/approval-publicity';

const PAGE = {
  name: 'approval-publicities',
  text: `select id, region_code as "regionCode", allotment_id as "allotmentId", medium, place, url, published_on as "publishedOn",
           document_number as "documentNumber", recorded_by as "recordedBy"
         from approval_publicity where region_code = any ($1::text[]) and (region_code, id) > ($2::text, $3::uuid) order by region_code, id limit $4`,
};
const BEFORE_ALL = ['', '00000000-0000-0000-0000-000000000000'];

/** What was made public of a region and everything below it, and where. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfApprovalPublicities(
  { hub, viewer }: RequestContext,
  region: string,
  args: PageArgs,
): Promise<Connection<ApprovalPublicity>> {
  return readPage<ApprovalPublicity>(hub.cursors, args, {
    list: `approvalPublicities ${region}`,
    keyOf: ({ regionCode, id }) => [regionCode, id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), ...(after ?? BEFORE_ALL), limit];
      return queryInScope<ApprovalPublicity>(hub.db.app, viewer.regions, { ...PAGE, values });
    },
  });
}
