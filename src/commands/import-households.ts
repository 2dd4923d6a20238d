import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { FAULTS, HubError } from '../errors';
import { sortIntoFiles, type HouseholdFile } from '../store/intake/files';
import { conflicts, isSame, knownFiles } from '../store/intake/known';
import { landFiles } from '../store/intake/land';
import type { Flaw } from '../store/intake/line';
import { readSheet } from '../store/intake/sheet';
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
  const { files, flaws } = sortIntoFiles(rows, today);
  const { seal } = ctx.hub;
  return inUnit(ctx, 'importHouseholds', async (_em, client) => {
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [`importHouseholds ${region}`]);
    const known = await knownFiles(client, region, files, ctx);
    const fresh = files.filter(({ fileNumber }) => !known.has(fileNumber));
    const changed = files.filter(
      (file) => known.has(file.fileNumber) && !isSame(file, known.get(file.fileNumber)!, seal),
    );
    const clashes = await conflicts(client, fresh, seal, ctx);
    const clashing = new Set(clashes.map(({ row }) => row));
    const landing = fresh.filter(({ lines }) => !lines.some(({ row }) => clashing.has(row)));
    await landFiles(client, region, landing, seal);
    const fileNumbers = new Set(rows.map(({ cells }) => cells.fileNumber));
    const unchanged = files.length - fresh.length - changed.length;
    return {
      rows: rows.length,
      created: landing.length,
      unchanged,
      refused: fileNumbers.size - landing.length - unchanged,
      problems: [...flaws, ...changed.map(differs), ...clashes].sort((a, b) => a.row - b.row).map(problem),
    };
  });
}

function refuseRegion({ hub, viewer }: RequestContext, code: string, today: string): void {
  const region = hub.regions.find(code);
  if (!region) throw new HubError('UNKNOWN_REGION', 'region');
  if (!viewer.regions.includes(code)) throw new HubError('NOT_FOUND', 'region');
  const inForce = region.validTo === null || region.validTo > today;
  if (region.level !== 'COUNTY' || !inForce) throw new HubError('INVALID_INPUT', 'region', '须为现行的县级区划');
}

const differs = ({ lines: [{ row }] }: HouseholdFile): Flaw => ({
  ...{ row, code: 'INVALID_INPUT', field: 'fileNumber' },
  detail: '该档案已存在且内容不同；导入不改动已有档案，请办理成员变更',
});

function problem({ row, code, field, detail }: Flaw): ImportProblem {
  const { message, remedy } = FAULTS[code];
  return { row, code, field, message: detail ? `${message}：${detail}` : message, remedy };
}
