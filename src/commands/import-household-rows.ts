import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { keep } from '../store/bulk/applications';
import type { SheetRow } from '../store/intake/sheet';
import { takeHouseholds, type Taken } from '../store/intake/take';
import { inUnit } from '../store/unit';

export interface ImportHouseholdRows {
  readonly region: string;
  readonly batchId: string;
  /** Name of the system whose file numbers these are. */
  readonly source: string;
  readonly rows: readonly SheetRow[];
}

/** Of households nothing is kept of what their rows said: they hold numbers. */
const NOTHING = '0'.repeat(64);

/** 批量导入家庭档案 [IM-5.2]: a part of a file, one transaction; each household keeps the key that it had in the system it comes from. */
export const importHouseholdRows = (ctx: RequestContext, input: ImportHouseholdRows): Promise<Taken> =>
  inUnit(ctx, 'importHouseholdRows', async (_em, client) => {
    const { region, source, batchId, rows } = input;
    const taken = await takeHouseholds(ctx, client, region, rows, beijingDay(ctx.hub.now()));
    const keys = taken.landed.map(({ fileNumber: key, id: target }) => ({ key, target, hash: NOTHING }));
    await keep(client, { region, kind: 'HOUSEHOLDS', source, batchId }, keys);
    return taken;
  });
