import { carriedOutBy, clause } from '../clauses';
import type { RequestContext } from '../context';
import { inUnit } from '../store/unit';

export interface Counts {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
}

const FINISH = `
  update import_batch set finished_at = $2, rows = $3, created = $4, updated = $5, unchanged = $6, refused = $7 where id = $1 and finished_at is null`;

/** 原有系统的记录可带来源编号导入，批次留痕. */
const traced = carriedOutBy('CONNECTOR', clause('IM-5.2'));

/** 导入完成 [IM-5.2]: what became of every row. */
export async function finishImport(ctx: RequestContext, batchId: string, counts: Counts): Promise<void> {
  const { rows, created, updated, unchanged, refused } = counts;
  await inUnit(ctx, 'finishImport', async (_em, client) => {
    await client.query(FINISH, [batchId, ctx.hub.now(), rows, created, updated, unchanged, refused]);
  });
  traced();
}
