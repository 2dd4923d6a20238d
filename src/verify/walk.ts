import type { Client } from 'pg';
import { isPruned, type Acts } from './acts';
import { tampered } from './findings';
import { GrowingTree, instantOf } from './hashes';
import type { Head } from './heads';
import { entriesOf, leavesFrom, timeOf, type Entry, type Leaf } from './rows';
import type { Witness } from './witness';

export interface Counts {
  readonly entries: number;
  readonly erased: number;
  readonly pruned: number;
  /** Entries behind the last head: their rows are sound, but no head speaks for them yet. */
  readonly unsigned: number;
}

export interface Walk {
  readonly client: Client;
  readonly heads: readonly Head[];
  readonly witness: Witness;
  readonly acts: Acts;
  readonly onProgress: (done: number) => void;
}

const BATCH = 5_000;
/** An entry is written before its transaction ends: its time may lie so far before the head that its place follows. */
const LATE_MICROS = 3_600_000_000n;

/** Goes through the tree leaf by leaf, beside the rows, the witness and the heads; throws Tampered at the first that is wrong. */
export async function walkTree(walk: Walk): Promise<Counts> {
  const pass = new Pass(walk);
  for (;;) {
    const leaves = await leavesFrom(walk.client, pass.tree.size, BATCH);
    if (leaves.length === 0) return pass.end();
    const entries = await entriesOf(walk.client, leaves);
    for (const leaf of leaves) await pass.take(leaf, entries.get(leaf.id));
    walk.onProgress(pass.tree.size);
  }
}

class Pass {
  readonly tree = new GrowingTree();
  private nextHead = 0;
  /** What was found since the last head, if that head's root shows it to be wrong. */
  private suspect: { position: number; what: string } | undefined;
  private erased = 0;
  private pruned = 0;

  constructor(private readonly walk: Walk) {
    this.compareHeads();
  }

  async take(leaf: Leaf, entry: Entry | undefined): Promise<void> {
    const position = this.tree.size;
    if (leaf.seq !== String(position))
      tampered(position, `no entry has place ${position}: it was taken out of the tree`);
    this.checkTime(leaf, position);
    const hash = entry ? this.checkEntry(leaf, entry, position) : await this.checkAbsent(leaf, position);
    const witnessed = this.walk.witness.leaf(position);
    if (witnessed && !witnessed.equals(hash))
      this.suspect ??= { position, what: `${nameOf(leaf)} is not the entry that was signed in its place ${position}` };
    this.tree.add(hash);
    this.compareHeads();
  }

  end(): Counts {
    const { heads } = this.walk;
    const last = heads.at(-1)!;
    if (this.tree.size < last.size) {
      const missing = `entries from place ${this.tree.size} to ${last.size - 1} are missing`;
      tampered(this.tree.size, `${missing}: the log was cut off, or the database is an older backup`);
    }
    if (this.suspect) tampered(this.suspect.position, this.suspect.what);
    const { erased, pruned } = this;
    return { entries: this.tree.size, erased, pruned, unsigned: this.tree.size - last.size };
  }

  private checkEntry(leaf: Leaf, entry: Entry, position: number): Buffer {
    if (entry.erasedBy !== null) {
      if (!this.walk.acts.erasures.has(entry.erasedBy))
        tampered(position, `${nameOf(leaf)} was erased, and no act of erasure stands in the log`);
      this.erased += 1;
    }
    if (!entry.hash.equals(leaf.hash)) this.suspect ??= { position, what: `${nameOf(leaf)} was changed` };
    return entry.hash;
  }

  private async checkAbsent(leaf: Leaf, position: number): Promise<Buffer> {
    if (await timeOf(this.walk.client, leaf)) tampered(position, `${nameOf(leaf)} was changed: its time is another`);
    if (!isPruned(this.walk.acts, leaf.log, leaf.at)) tampered(position, `${nameOf(leaf)} was deleted`);
    this.pruned += 1;
    return leaf.hash;
  }

  private checkTime(leaf: Leaf, position: number): void {
    const before = this.walk.heads[this.nextHead - 1];
    if (before && isBackdated(leaf.at, before))
      tampered(position, `${nameOf(leaf)} was put in afterwards: its time lies before a head that does not hold it`);
  }

  /** Where a head of this size was signed, the tree must have its root. */
  private compareHeads(): void {
    const { heads } = this.walk;
    for (; heads[this.nextHead]?.size === this.tree.size; this.nextHead += 1) {
      const head = heads[this.nextHead]!;
      if (this.tree.root() !== head.root) this.accuse(head);
      if (this.suspect) this.clear(this.suspect);
      this.suspect = undefined;
    }
  }

  private accuse(head: Head): never {
    const from = this.walk.heads[this.nextHead - 1]?.size ?? 0;
    if (this.suspect) return tampered(this.suspect.position, this.suspect.what);
    return tampered(
      from,
      `one of the entries at places ${from} to ${head.size - 1} is not what was signed at ${head.at}`,
    );
  }

  /** The rows give the signed root, so the rows are right: what differs was changed beside them. */
  private clear({ position, what }: { position: number; what: string }): never {
    return tampered(position, `${what}; the row itself is sound: its hash in log_leaf or in leaves.bin was changed`);
  }
}

export const isBackdated = (micros: string, { at }: Head): boolean =>
  BigInt(micros) + LATE_MICROS < BigInt(Date.parse(at)) * 1000n;

export const nameOf = ({ log, id, at }: Pick<Leaf, 'log' | 'id' | 'at'>): string =>
  `${log === 'r' ? 'read' : 'write'} entry ${id} of ${instantOf(at)}`;
