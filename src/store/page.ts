import type { Cursors } from '../access/cursor';
import { HubError } from '../errors';
import { PAGE_DEFAULT, PAGE_MAX, type Connection } from '../../schema/page';

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

type Key = readonly (string | number)[];

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
  const cursorOf = (node: Row) => cursors.write(paged.list, paged.keyOf(node));
  const bound = (node: Row | undefined) => (node === undefined ? null : cursorOf(node));
  /* A cursor costs more than its row: made only where asked for. */
  return {
    nodes,
    get edges() {
      return nodes.map((node) => ({ node, cursor: cursorOf(node) }));
    },
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: false,
      get startCursor() {
        return bound(nodes[0]);
      },
      get endCursor() {
        return bound(nodes.at(-1));
      },
    },
  };
}
