import DataLoader from 'dataloader';
import type { RequestContext } from '../src/context';

/** The request's batch loader of a name; made at first use. Everything that changes the batch belongs to the name. */
export function loaderOf<Value>(
  ctx: RequestContext,
  name: string,
  batch: (keys: readonly string[]) => Promise<readonly Value[]>,
): DataLoader<string, Value> {
  const known = ctx.loaders.get(name) as DataLoader<string, Value> | undefined;
  const loader = known ?? new DataLoader(batch, { name });
  ctx.loaders.set(name, loader);
  return loader;
}

/** Rows by a key in the order asked for; null where there is none. */
export function inOrder<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (Row | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** Lists of rows by a key in the order asked for. */
export function groupedInOrder<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[][] {
  const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(keyOf(row))?.push(row);
  return keys.map((key) => groups.get(key)!);
}
