import type { TableRow } from '../../bulk/table';
import type { BegunImport } from '../../commands/begin-import';
import type { RequestContext } from '../../context';
import type { RowOutcome } from './outcome';

/** Lands the rows of a file, some at a time, and tells what became of each, in the order of the file. */
export type Chunks = (
  ctx: RequestContext,
  about: BegunImport & {
    readonly region: string;
    /** Name of the system whose keys stand in the file. */
    readonly source: string;
    /** All rows anew, the heading first. */
    reread(): AsyncGenerator<TableRow>;
  },
  heading: TableRow,
  rows: AsyncGenerator<TableRow>,
) => AsyncGenerator<readonly RowOutcome[]>;
