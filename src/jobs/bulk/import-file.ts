import type { Encoding } from '../../bulk/csv';
import { hashOfFile, readTable } from '../../bulk/read';
import { refuseFile } from '../../bulk/table';
import { beginImport, type ImportKind } from '../../commands/begin-import';
import { finishImport, type Counts } from '../../commands/finish-import';
import type { RequestContext } from '../../context';
import { applicationChunks } from './application-chunks';
import type { Chunks } from './chunks';
import { householdChunks } from './household-chunks';
import { Tally, type RowOutcome } from './outcome';

export interface ImportFile {
  readonly path: string;
  readonly kind: ImportKind;
  readonly region: string;
  /** Name of the system whose keys stand in the file. */
  readonly source: string;
  readonly encoding?: Encoding;
}

export interface Told {
  /** After each row, in the order of the file. */
  row(outcome: RowOutcome): Promise<void> | void;
  /** After each transaction. */
  progress?(rows: number): void;
}

export interface ImportedFile extends Counts {
  readonly batchId: string;
  /** How often this very file was loaded to its end before. */
  readonly before: number;
}

const KINDS: Readonly<Record<ImportKind, Chunks>> = { APPLICATIONS: applicationChunks, HOUSEHOLDS: householdChunks };

/** Rows after which what they are looked up in is counted for the first time, and by how much they have grown at the next. */
const [FIRST_COUNT, GROWN] = [500, 4];
const COUNT = 'select count_what_imports_read()';

/**
 * 批量导入 [IM-5.2]: a file, some hundred rows a transaction. The keys of its rows make it idempotent: loaded again, or anew after a fall, rows that stand as they
 * are said change nothing, and rows that say otherwise correct what they made. Throws INVALID_INPUT naming `file` where the whole of it is refused.
 */
export async function importFile(ctx: RequestContext, file: ImportFile, told: Told): Promise<ImportedFile> {
  const { path, kind, region, source, encoding } = file;
  const rows = readTable(path, encoding);
  try {
    const first = await rows.next();
    if (first.done) return refuseFile('文件是空的');
    const begun = await beginImport(ctx, { region, kind, source, fileHash: await hashOfFile(path) });
    const tally = new Tally();
    let countedAt = FIRST_COUNT;
    const about = { ...begun, region, source, reread: () => readTable(path, encoding) };
    for await (const outcomes of KINDS[kind](ctx, about, first.value, rows)) {
      for (const outcome of outcomes) {
        tally.add(outcome);
        await told.row(outcome);
      }
      told.progress?.(tally.rows);
      if (tally.rows < countedAt) continue;
      await ctx.hub.db.app.query(COUNT);
      countedAt = GROWN * tally.rows;
    }
    if (tally.rows === 0) refuseFile('没有数据行');
    await finishImport(ctx, begun.batchId, tally);
    const { created, updated, unchanged, refused } = tally;
    return { batchId: begun.batchId, before: begun.before, rows: tally.rows, created, updated, unchanged, refused };
  } finally {
    await rows.return(undefined);
  }
}
