/** Counts with their sums: the last row and the last column are totals. */
export type Counts = readonly (readonly number[])[];
/** What may be shown: null is withheld. */
export type Shown = readonly (readonly (number | null)[])[];

/** A count of this many people or more tells of nobody. */
const ENOUGH = 5;

/**
 * Withholds counts from 1 to 4, totals included, and as many others as it takes that no withheld one follows from the rest.
 * Withheld counts are edges between their row and their column: one follows from sums exactly if it lies on no circle of
 * withheld ones. So each is put on a circle, the one that costs the least to withhold.
 */
export function suppress(counts: Counts): Shown {
  const hidden = counts.map((row) => row.map((count) => count > 0 && count < ENOUGH));
  for (const [i, row] of counts.entries())
    for (const j of row.keys())
      if (hidden[i]![j]) for (const [r, c] of cheapestWay(counts, hidden, [i, j])) hidden[r]![c] = true;
  return counts.map((row, i) => row.map((count, j) => (hidden[i]![j] ? null : count)));
}

type Cell = readonly [row: number, column: number];

/** Zeros are withheld last: who knows that they cannot be less would see through them. */
const cost = (count: number): number => (count === 0 ? 1e9 : count);

/** The cells of the cheapest way from a cell's row to its column that does not lead through the cell itself (Bellman and Ford). */
function cheapestWay(counts: Counts, hidden: readonly (readonly boolean[])[], [row, column]: Cell): Cell[] {
  const [height, width] = [counts.length, counts[0]!.length];
  const least = Array<number>(height + width).fill(Infinity);
  const via: (Cell | undefined)[] = [];
  least[row] = 0;
  const relax = (from: number, to: number, price: number, cell: Cell): boolean => {
    if (least[from]! + price >= least[to]!) return false;
    least[to] = least[from]! + price;
    via[to] = cell;
    return true;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let r = 0; r < height; r++)
      for (let c = 0; c < width; c++) {
        if (r === row && c === column) continue;
        const price = hidden[r]![c] ? 0 : cost(counts[r]![c]!);
        changed = relax(r, height + c, price, [r, c]) || changed;
        changed = relax(height + c, r, price, [r, c]) || changed;
      }
  }
  const way: Cell[] = [];
  for (let at = height + column; at !== row; ) {
    const cell = via[at]!;
    way.push(cell);
    at = at >= height ? cell[0] : height + cell[1];
  }
  return way;
}
