import type { Client } from 'pg';

/** What was lawfully taken out of the log, by acts that stand in the log themselves. */
export interface Acts {
  /** Quarters that were dropped. */
  readonly pruned: readonly Pruned[];
  /** Ids of acts that erased somebody from the log. */
  readonly erasures: ReadonlySet<string>;
}

export interface Pruned {
  readonly partition: string;
  /** Microseconds since 1970; the end is outside. */
  readonly from: bigint;
  readonly to: bigint;
}

interface Row {
  readonly id: string;
  readonly verb: string;
  readonly entity_id: string | null;
  readonly fields: string[];
}

/** A partition that stands is not pruned, whatever an act says. */
const ACTS = `
  select id::text, verb, entity_id, fields from write_entry
  where op = 'ACT' and case verb when 'eraseFromLog' then true when 'pruneLog' then to_regclass(entity_id) is null end order by id`;

export async function readActs(client: Client): Promise<Acts> {
  const { rows } = await client.query<Row>(ACTS);
  return {
    pruned: rows.filter(({ verb }) => verb === 'pruneLog').map(prunedBy),
    erasures: new Set(rows.filter(({ verb }) => verb === 'eraseFromLog').map(({ id }) => id)),
  };
}

/** An act of pruning names the partition, and in its fields the first instant and the first after it. */
function prunedBy({ entity_id: partition, fields: [from = '', to = ''] }: Row): Pruned {
  const micros = (instant: string) => BigInt(Date.parse(instant) || 0) * 1000n;
  return { partition: partition ?? '', from: micros(from), to: micros(to) };
}

export const isPruned = ({ pruned }: Acts, log: 'r' | 'w', micros: string): boolean =>
  pruned.some(
    ({ partition, from, to }) =>
      partition.startsWith(log === 'r' ? 'read_entry_' : 'write_entry_') &&
      from <= BigInt(micros) &&
      BigInt(micros) < to,
  );
