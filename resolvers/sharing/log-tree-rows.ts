import { consistencyPath, inclusionPath, rootAt } from '../../src/audit/tree';
import { nodesOf } from '../../src/audit/tree-rows';
import type { RequestContext } from '../../src/context';
import { HubError } from '../../src/errors';
import type { AuditHead, ConsistencyProof, InclusionProof } from '../../schema/sharing/tree-head';

const HEAD = {
  name: 'log-head',
  text: `select size, at, encode(root, 'hex') as root, canonical, signature from log_head`,
};
const LEAF = { name: 'log-leaf-of', text: 'select seq, hash from log_leaf where entry_id = $1' };

/** The last signed head; null before the first. */
export async function readHead({ hub }: RequestContext): Promise<AuditHead | null> {
  const { rows } = await hub.db.app.query<AuditHead>(HEAD);
  return rows[0] ?? null;
}

/** Throws NOT_FOUND where no signed head holds the entry. */
export async function proveInclusion(ctx: RequestContext, entryId: string): Promise<InclusionProof> {
  const head = await readHead(ctx);
  const known = /^[1-9]\d{0,14}$/.test(entryId);
  const query = { ...LEAF, values: [entryId] };
  const leaf = known ? (await ctx.hub.db.app.query<{ seq: number; hash: Buffer }>(query)).rows[0] : undefined;
  if (!head || !leaf || leaf.seq >= head.size) throw new HubError('NOT_FOUND', 'entryId');
  const path = await inclusionPath(leaf.seq, head.size, nodesOf(ctx.hub.db.app));
  return { entryId, position: leaf.seq, leafHash: leaf.hash.toString('hex'), path: hex(path), head };
}

/** 0 < from ≤ to ≤ size of the last signed head; else INVALID_INPUT. */
export async function proveConsistency(ctx: RequestContext, from: number, to: number): Promise<ConsistencyProof> {
  const head = await readHead(ctx);
  if (!head || to > head.size) throw new HubError('INVALID_INPUT', 'to', '不得大于最近树头的条数');
  if (from < 1 || from > to) throw new HubError('INVALID_INPUT', 'from', '须在 1 与 to 之间');
  const nodeAt = nodesOf(ctx.hub.db.app);
  const [fromRoot, toRoot] = hex([await rootAt(from, nodeAt), await rootAt(to, nodeAt)]) as [string, string];
  return { from, to, fromRoot, toRoot, path: hex(await consistencyPath(from, to, nodeAt)) };
}

const hex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));
