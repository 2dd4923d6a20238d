import { hash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { HeadsFile, SignedHead } from './heads-file';
import type { Signer } from './signer';
import { rootAt } from './tree';
import { keepNodes, nodesOf } from './tree-rows';

/** 日志树头: what a signed head says. `previous`: SHA-256 of the head before it in the file, hex; null in the first. */
export interface TreeHead {
  readonly schema: 'anju/tree-head/1';
  /** The tree's own name: a tree begun anew has another. */
  readonly log: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
  readonly at: string;
  readonly previous: string | null;
}

export interface Sequencer {
  readonly pool: Pool;
  readonly signer: Signer;
  readonly file: HeadsFile;
}

/** The database does not hold the tree that was signed: a restored backup or a change by hand. Nothing more is signed. */
export class LogDisagrees extends Error {
  constructor(what: string) {
    super(`the log of the database is not the one that was signed: ${what}; run npm run hub -- audit verify`);
    this.name = 'LogDisagrees';
  }
}

/** One sequencer at a time in the whole installation. */
const LOCK = 20_261_125;
/** Leaves in one transaction. */
const BATCH = 10_000;
/** A tree that does not grow is signed again after so long, so that the file shows it was alive. */
const IDLE_MS = 10 * 60_000;

/**
 * Gives every committed entry its place in the tree, then signs the tree and writes the head outside the database. Returns
 * the head, or null where there was nothing to sign or another process is at it. Throws {@link LogDisagrees}.
 */
export async function sequence(sequencer: Sequencer): Promise<TreeHead | null> {
  const client = await sequencer.pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK]);
    if (!rows[0]!.mine) return null;
    const head = await growAndSign(client, sequencer);
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
    return head;
  } catch (error) {
    broken = error as Error; // the connection goes, and the lock with it
    throw error;
  } finally {
    client.release(broken);
  }
}

async function growAndSign(client: ClientBase, sequencer: Sequencer): Promise<TreeHead | null> {
  const { file } = sequencer;
  const last = file.last();
  await requireAgreement(client, file, last);
  while ((await grow(client)) === BATCH);
  const { log, size, at } = await stateOf(client);
  const before = last && contentOf(last);
  if (before ? before.size === size && Date.parse(at) - Date.parse(before.at) < IDLE_MS : size === 0) return null;
  const root = (await rootAt(size, nodesOf(client))).toString('hex');
  const previous = last && hash('sha256', last.canonical);
  const head: TreeHead = { schema: 'anju/tree-head/1', log, size, root, at, previous };
  await publish(client, sequencer, head);
  return head;
}

/** What was signed must still be there, or the next head would cover up that it is not. */
async function requireAgreement(client: ClientBase, file: HeadsFile, last: SignedHead | null): Promise<void> {
  const signed = last && contentOf(last);
  const { log, size } = await stateOf(client);
  if (signed && signed.log !== log) throw new LogDisagrees('it is another tree');
  if (size < Math.max(signed?.size ?? 0, file.leaves())) throw new LogDisagrees('entries are missing at its end');
  if (signed && signed.root !== (await rootAt(signed.size, nodesOf(client))).toString('hex'))
    throw new LogDisagrees(`the first ${signed.size} entries give another root`);
}

const contentOf = ({ canonical }: SignedHead): TreeHead => JSON.parse(canonical) as TreeHead;

/** The time is the database's, as that of the entries is. */
async function stateOf(client: ClientBase): Promise<{ log: string; size: number; at: string }> {
  const { rows } = await client.query<{ log: string; size: number; at: Date }>(
    'select log_id as log, size, clock_timestamp() as at from log_state',
  );
  const { log, size, at } = rows[0]!;
  return { log, size, at: at.toISOString() };
}

/** Numbers one batch of entries; returns how many. */
async function grow(client: ClientBase): Promise<number> {
  await client.query('begin');
  try {
    const { rows } = await client.query<{ seq: number }>('select seq from sequence_log($1)', [BATCH]);
    const [first, count] = [rows[0]?.seq ?? 0, rows.length];
    if (count > 0) await keepNodes(client, first, first + count);
    await client.query('commit');
    return count;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

const KEEP_HEAD = `
  insert into log_head (size, at, root, canonical, signature) values ($1, $2, decode($3, 'hex'), $4, $5)
  on conflict (one) do update set (size, at, root, canonical, signature) =
    row (excluded.size, excluded.at, excluded.root, excluded.canonical, excluded.signature)`;

/** First into the database, where it may be lost with it; then outside, where it counts. */
async function publish(client: ClientBase, { file, signer }: Sequencer, head: TreeHead): Promise<void> {
  const { canonical, signature } = signer.sign(head);
  await client.query(KEEP_HEAD, [head.size, head.at, head.root, canonical, signature]);
  file.addKey(signer.publicJwk);
  for (let from = file.leaves(); from < head.size; from += BATCH) {
    const text = 'select hash from log_leaf where seq >= $1 and seq < $2 order by seq';
    const { rows } = await client.query<{ hash: Buffer }>(text, [from, Math.min(from + BATCH, head.size)]);
    file.addLeaves(rows.map((row) => row.hash));
  }
  file.add({ canonical, signature });
}
