import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { FAULTS, HubError } from '../errors';
import type { Flaw } from '../store/intake/line';
import { readSheet } from '../store/intake/sheet';
import { takeHouseholds } from '../store/intake/take';
import { inUnit } from '../store/unit';
import type { ImportProblem, ImportReport } from '../../schema/housing/import-report';

export interface ImportHouseholds {
  /** A county of the caller's scope, in force. */
  readonly region: string;
  /** The sheet, a row a member (src/store/intake/sheet). At most 5,000 rows. */
  readonly csv: string;
}

/**
 * 导入家庭档案 [IM-4.7]: one transaction; a household lands whole or is refused whole, with a report by rows. The file
 * number makes it idempotent: a household already there is left as it is, and reported if the sheet says otherwise.
 * Errors: UNKNOWN_REGION, NOT_FOUND (region out of scope), INVALID_INPUT naming `region` or `csv`.
 */
export async function importHouseholds(ctx: RequestContext, { region, csv }: ImportHouseholds): Promise<ImportReport> {
  const today = beijingDay(ctx.hub.now());
  refuseRegion(ctx, region, today);
  const rows = readSheet(csv);
  return inUnit(ctx, 'importHouseholds', async (_em, client) => {
    const { landed, unchanged, refused, flaws } = await takeHouseholds(ctx, client, region, rows, today);
    const counts = { rows: rows.length, created: landed.length, unchanged: unchanged.length, refused: refused.length };
    return { ...counts, problems: flaws.map(problem) };
  });
}

function refuseRegion({ hub, viewer }: RequestContext, code: string, today: string): void {
  const region = hub.regions.find(code);
  if (!region) throw new HubError('UNKNOWN_REGION', 'region');
  if (!viewer.regions.includes(code)) throw new HubError('NOT_FOUND', 'region');
  const inForce = region.validTo === null || region.validTo > today;
  if (region.level !== 'COUNTY' || !inForce) throw new HubError('INVALID_INPUT', 'region', '须为现行的县级区划');
}

function problem({ row, code, field, detail }: Flaw): ImportProblem {
  const { message, remedy } = FAULTS[code];
  return { row, code, field, message: detail ? `${message}：${detail}` : message, remedy };
}
