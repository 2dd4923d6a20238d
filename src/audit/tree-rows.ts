import type { ClientBase } from 'pg';
import { rootOfComplete, type NodeAt } from './tree';

/*
 * Leaves stand in log_leaf, roots of complete subtrees of 256^k leaves in log_node. A tile is 256 of them side by side: every
 * node between lies in one tile, so that a proof reads a handful of tiles whatever the size of the tree.
 */
const TILE = 256;
const TILE_LEVELS = 8;

const LEAVES = { name: 'log-leaves', text: 'select hash from log_leaf where seq >= $1 and seq < $2 order by seq' };
const NODES = {
  name: 'log-nodes',
  text: 'select hash from log_node where level = $3 and index >= $1 and index < $2 order by index',
};
const KEEP = {
  name: 'log-keep-nodes',
  text: 'insert into log_node (level, index, hash) select $1, * from unnest($2::bigint[], $3::bytea[])',
};

type Reader = Pick<ClientBase, 'query'>;

/** Complete subtrees' roots by tiles, each read once. */
export function nodesOf(client: Reader): NodeAt {
  const tiles = new Map<string, Promise<Buffer[]>>();
  return async (level, index) => {
    const base = level - (level % TILE_LEVELS);
    const width = 2 ** (level - base);
    const first = index * width;
    const tile = Math.floor(first / TILE);
    const key = `${base} ${tile}`;
    const read = tiles.get(key) ?? readTile(client, base, tile);
    tiles.set(key, read);
    const offset = first - tile * TILE;
    const hashes = (await read).slice(offset, offset + width);
    if (hashes.length < width) throw new Error('the tree of the log lacks nodes that its size promises');
    return rootOfComplete(hashes);
  };
}

async function readTile(client: Reader, level: number, tile: number): Promise<Buffer[]> {
  const bounds = [tile * TILE, (tile + 1) * TILE];
  const query = level === 0 ? { ...LEAVES, values: bounds } : { ...NODES, values: [...bounds, level] };
  return (await client.query<{ hash: Buffer }>(query)).rows.map((row) => row.hash);
}

/** Keeps the nodes that became complete when the tree grew from one size to another, level by level. */
export async function keepNodes(client: Reader, before: number, after: number): Promise<void> {
  for (let level = 0; ; level += TILE_LEVELS) {
    const width = 2 ** (level + TILE_LEVELS);
    const [from, to] = [Math.floor(before / width), Math.floor(after / width)];
    if (to === 0) return;
    const kept: Buffer[] = [];
    for (let tile = from; tile < to; tile += 1) kept.push(rootOfTile(await readTile(client, level, tile)));
    const indexes = kept.map((_, at) => from + at);
    await client.query({ ...KEEP, values: [level + TILE_LEVELS, indexes, kept] });
  }
}

function rootOfTile(hashes: readonly Buffer[]): Buffer {
  if (hashes.length < TILE) throw new Error('the tree of the log lacks nodes that its size promises');
  return rootOfComplete(hashes);
}
