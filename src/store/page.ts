import type { Cursors } from '../access/cursor';
import { HubError } from '../errors';
import { PAGE_DEFAULT, PAGE_MAX, type Connection, type Edge, type PageInfo } from '../../schema/page';

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

type Key = readonly (string | number)[];

/** Before every row of a list that runs by a day and an id. */
export const BEFORE_ALL_DAYS: Key = ['-infinity', '00000000-0000-0000-0000-000000000000'];

/** What a list is, for its cursors: a name with every filter that changes its rows, and the key its order runs by. */
export interface PagedList<Row> {
  readonly list: string;
  readonly keyOf: (row: Row) => Key;
  /** Rows after a key (null: from the start) in key order, at most `limit`. */
  readonly read: (after: Key | null, limit: number) => Promise<readonly Row[]>;
}

/** Throws PAGE_TOO_LARGE outside 1 to 200. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? PAGE_DEFAULT;
  if (!Number.isInteger(size) || size < 1 || size > PAGE_MAX) throw new HubError('PAGE_TOO_LARGE', 'first');
  return size;
}

/** A Relay page by keyset: a page costs the same wherever it lies. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export async function readPage<Row>(cursors: Cursors, args: PageArgs, paged: PagedList<Row>): Promise<Connection<Row>> {
  const size = pageSize(args.first);
  const cursor = args.after ?? null;
  const after = cursor === null ? null : cursors.read(paged.list, cursor);
  const rows = await paged.read(after, size + 1);
  const nodes = rows.slice(0, size);
  return new RowsPage(cursors, paged, nodes, rows.length > size);
}

/**
 * A cursor costs more than its row: made only where asked for. By a class, since V8 keeps a shape of its own for each object
 * literal with a getter, and with it the rows, until the next full collection: they cost a page a quarter of its time.
 */
class RowsPage<Row> implements Connection<Row> {
  readonly pageInfo: RowsPageInfo<Row>;

  constructor(
    private readonly cursors: Cursors,
    private readonly paged: Pick<PagedList<Row>, 'list' | 'keyOf'>,
    readonly nodes: readonly Row[],
    hasNextPage: boolean,
  ) {
    this.pageInfo = new RowsPageInfo(this, hasNextPage);
  }

  get edges(): readonly Edge<Row>[] {
    return this.nodes.map((node) => ({ node, cursor: this.cursorOf(node) }));
  }

  cursorOf(node: Row): string {
    return this.cursors.write(this.paged.list, this.paged.keyOf(node));
  }
}

class RowsPageInfo<Row> implements PageInfo {
  readonly hasPreviousPage = false;

  constructor(
    private readonly page: RowsPage<Row>,
    readonly hasNextPage: boolean,
  ) {}

  get startCursor(): string | null {
    return this.bound(this.page.nodes[0]);
  }

  get endCursor(): string | null {
    return this.bound(this.page.nodes.at(-1));
  }

  private bound(node: Row | undefined): string | null {
    return node === undefined ? null : this.page.cursorOf(node);
  }
}
