import { carriedOutBy, clause } from '../../src/clauses';
import type { RequestContext } from '../../src/context';
import { queryInScope } from '../../src/store/database';
import { readPage, type PageArgs } from '../../src/store/page';
import type { Connection } from '../../schema/page';
import type { Household } from '../../schema/housing/household';
import { inOrder, loaderOf } from '../loader';

const COLUMNS = `id, region_code as "regionCode", file_number as "fileNumber", registered_on as "registeredOn", closed_on as "closedOn"`;
const BY_ID = { name: 'households', text: `select ${COLUMNS} from household where id = any($1::uuid[])` };
const PAGE = {
  name: 'households-page',
  text: `select ${COLUMNS} from household where region_code = any($1) and (region_code, id) > ($2, $3::uuid)
         order by region_code, id limit $4`,
};
const FIRST_KEY = ['', '00000000-0000-0000-0000-000000000000'] as const;

/** One of a request's households; null when it does not exist or lies out of scope, which look the same. */
export function loadHousehold(ctx: RequestContext, id: string): Promise<Household | null> {
  const loader = loaderOf(ctx, 'households', async (ids) => {
    const rows = await queryInScope<Household>(ctx.hub.db.app, ctx.viewer.regions, { ...BY_ID, values: [ids] });
    return inOrder(ids, rows, (row) => row.id);
  });
  return loader.load(id);
}

/** 各级只见本辖区. */
const scoped = carriedOutBy('ROLE', clause('IM-5.1'));

/** Households of a region and everything below it, as far as the caller's scope goes. Throws INVALID_CURSOR, PAGE_TOO_LARGE. */
export function pageOfHouseholds(ctx: RequestContext, region: string, args: PageArgs): Promise<Connection<Household>> {
  const { hub, viewer } = ctx;
  scoped();
  return readPage<Household>(hub.cursors, args, {
    list: `households ${region}`,
    keyOf: (row) => [row.regionCode, row.id],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), ...(after ?? FIRST_KEY), limit];
      return queryInScope<Household>(hub.db.app, viewer.regions, { ...PAGE, values });
    },
  });
}
