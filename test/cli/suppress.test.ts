import fc from 'fast-check';
import { suppress, type Shown } from '../../src/cli/whatif/suppress';
import { runSeed } from '../support/seed';

/** A table with the sums of its rows, of its columns, and of all. */
function withTotals(cells: number[][]): number[][] {
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
  const rows = cells.map((row) => [...row, sum(row)]);
  return [...rows, rows[0]!.map((_, j) => sum(rows.map((row) => row[j]!)))];
}

const PRIME = 2_147_483_647n;
const power = (base: bigint, exponent: bigint): bigint => {
  let [result, square] = [1n, base];
  for (let left = exponent; left > 0n; left >>= 1n, square = (square * square) % PRIME)
    if (left & 1n) result = (result * square) % PRIME;
  return result;
};

/** Withheld cells that the sums give away: unknowns whose own equation comes out of the eliminated system (Gauss and Jordan). */
function givenAway(shown: Shown): string[] {
  const [height, width] = [shown.length, shown[0]!.length];
  const unknown = shown.flatMap((row, i) => row.flatMap((cell, j) => (cell === null ? [`${i},${j}`] : [])));
  const lines = [
    ...shown.map((row, i) => row.map((_, j) => [i, j, j === width - 1 ? -1n : 1n] as const)),
    ...shown[0]!.map((_, j) => shown.map((__, i) => [i, j, i === height - 1 ? -1n : 1n] as const)),
  ];
  const system = lines.map((line) => {
    const equation = unknown.map(() => 0n);
    for (const [i, j, sign] of line)
      if (shown[i]![j] === null) equation[unknown.indexOf(`${i},${j}`)] = sign + (sign < 0n ? PRIME : 0n);
    return equation;
  });
  let rank = 0;
  for (let column = 0; column < unknown.length; column++) {
    const pivot = system.findIndex((equation, at) => at >= rank && equation[column] !== 0n);
    if (pivot < 0) continue;
    [system[rank], system[pivot]] = [system[pivot]!, system[rank]!];
    const inverse = power(system[rank]![column]!, PRIME - 2n);
    system[rank] = system[rank]!.map((factor) => (factor * inverse) % PRIME);
    for (let at = 0; at < system.length; at++) {
      const factor = system[at]![column]!;
      if (at !== rank && factor !== 0n)
        system[at] = system[at]!.map((one, k) => (((one - factor * system[rank]![k]!) % PRIME) + PRIME) % PRIME);
    }
    rank++;
  }
  return system.flatMap((equation) => {
    const left = equation.flatMap((factor, k) => (factor !== 0n ? [unknown[k]!] : []));
    return left.length === 1 ? left : [];
  });
}

const table = fc
  .record({ height: fc.integer({ min: 1, max: 6 }), width: fc.integer({ min: 1, max: 5 }) })
  .chain(({ height, width }) =>
    fc.array(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(0), fc.nat(400)), {
        minLength: width,
        maxLength: width,
      }),
      { minLength: height, maxLength: height },
    ),
  );

describe('a table of how many people gain or lose', () => {
  it('shows no count from 1 to 4, nor any that follows from its sums, and nothing that is not true', () => {
    fc.assert(
      fc.property(table, (cells) => {
        const counts = withTotals(cells);
        const shown = suppress(counts);
        shown.forEach((row, i) => row.forEach((cell, j) => expect([null, counts[i]![j]]).toContain(cell)));
        expect(shown.flat().filter((cell) => cell !== null && cell > 0 && cell < 5)).toEqual([]);
        expect(givenAway(shown)).toEqual([]);
      }),
      { seed: runSeed(), numRuns: 400 },
    );
  });

  it('withholds nothing where nobody is few, and of one few the cheapest circle', () => {
    const many = withTotals([
      [10, 0],
      [7, 50],
    ]);
    expect(suppress(many)).toEqual(many);
    expect(
      suppress(
        withTotals([
          [3, 10, 90],
          [10, 20, 90],
          [90, 90, 90],
        ]),
      ),
    ).toEqual([
      [null, null, 90, 103],
      [null, null, 90, 120],
      [90, 90, 90, 270],
      [103, 120, 270, 493],
    ]);
  });

  it('is what the solver of these tests sees through where one count alone is withheld', () => {
    expect(
      givenAway([
        [null, 10, 13],
        [10, 20, 30],
        [13, 30, 43],
      ]),
    ).toEqual(['0,0']);
  });
});
