import type { Pool } from 'pg';

export interface RegionRow {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly divisionKind: string;
  readonly parentCode: string | null;
  readonly validTo: string | null;
  readonly successorCode: string | null;
}

/** The region tree, small enough to keep whole. */
export interface Regions {
  find(code: string): RegionRow | undefined;
  /** The region, everything below it, and the predecessors recoded into any of these: a row scope. Empty when unknown. */
  scopeOf(code: string): readonly string[];
  /** Children in code order. */
  childrenOf(code: string): readonly RegionRow[];
}

const SELECT = `select code, name, level, division_kind as "divisionKind", parent_code as "parentCode", valid_to as "validTo",
  successor_code as "successorCode" from region order by code`;

export async function loadRegionTree(pool: Pool): Promise<Regions> {
  const { rows } = await pool.query<RegionRow>(SELECT);
  return regionTree(rows);
}

export function regionTree(rows: readonly RegionRow[]): Regions {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const children = groupBy(rows, (row) => row.parentCode);
  const predecessors = groupBy(rows, (row) => row.successorCode);
  const scopes = new Map<string, readonly string[]>();
  const gather = (code: string, into: Set<string>): Set<string> => {
    if (into.has(code)) return into;
    into.add(code);
    for (const row of children.get(code) ?? []) gather(row.code, into);
    for (const row of predecessors.get(code) ?? []) gather(row.code, into);
    return into;
  };
  return {
    find: (code) => byCode.get(code),
    childrenOf: (code) => children.get(code) ?? [],
    scopeOf(code) {
      if (!byCode.has(code)) return [];
      const known = scopes.get(code) ?? [...gather(code, new Set())].sort();
      scopes.set(code, known);
      return known;
    },
  };
}

function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
