import { blocksOf } from '../../src/matching/blocks';
import { compare, type IdentityRecord } from '../../src/matching/match';
import type { Tier } from '../../src/matching/model';
import { runSeed } from '../support/seed';
import { labelledPairs, type LabelledPair } from './support/pairs';

const PAIRS = Number(process.env['MATCHING_PAIRS'] ?? 10_000);
/** On 100,000 pairs as promised; a short run has less to go by. */
const LONG = PAIRS >= 100_000;
const PROMISED = LONG ? { precision: 0.999, recall: 0.95 } : { precision: 0.995, recall: 0.94 };

type Row = Record<Tier, number>;
const row = (): Row => ({ AUTO: 0, REVIEW: 0, NONE: 0 });

/** A pair that shares no block is never looked at, whatever its score would be. */
function tierOf([one, other]: LabelledPair['records']): Tier {
  const blocks = new Set(blocksOf(numbered(one)));
  return blocksOf(numbered(other)).some((block) => blocks.has(block)) ? compare(one, other).tier : 'NONE';
}
const numbered = ({ name, idNumber }: IdentityRecord) => ({ name, idNumber: idNumber! });

const matrix = { same: row(), two: row() };
const byKind = new Map<string, Row>();
let blocked = 0;
beforeAll(() => {
  for (const { records, same, kind } of labelledPairs(runSeed(), PAIRS)) {
    const tier = tierOf(records);
    matrix[same ? 'same' : 'two'][tier] += 1;
    const of = byKind.get(`${same ? 'same' : 'two'}: ${kind}`) ?? row();
    byKind.set(`${same ? 'same' : 'two'}: ${kind}`, of);
    of[tier] += 1;
    if (same && compare(...records).tier !== 'NONE' && tier === 'NONE') blocked += 1;
  }
  const lines = [
    `labelled pairs ${PAIRS}, seed ${runSeed()}: rows truth, columns tier`,
    ...Object.entries(matrix).map(
      ([truth, { AUTO, REVIEW, NONE }]) => `${truth.padEnd(5)} AUTO ${AUTO}  REVIEW ${REVIEW}  NONE ${NONE}`,
    ),
    `one person, but in no block together: ${blocked}`,
    ...(process.env['MATCHING_KINDS']
      ? [...byKind].sort().map(([kind, counts]) => `${kind} ${JSON.stringify(counts)}`)
      : []),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}, 300_000);

describe('pairs whose truth the generator knows', () => {
  it('are of both kinds', () => {
    expect(matrix.same.AUTO + matrix.same.REVIEW + matrix.same.NONE).toBeGreaterThan(PAIRS / 5);
    expect(matrix.two.AUTO + matrix.two.REVIEW + matrix.two.NONE).toBeGreaterThan(PAIRS / 2);
  });

  it('are one person where the matcher says almost certainly so', () => {
    const precision = matrix.same.AUTO / (matrix.same.AUTO + matrix.two.AUTO);
    expect(precision).toBeGreaterThanOrEqual(PROMISED.precision);
    expect(matrix.same.AUTO).toBeGreaterThan(PAIRS / 20);
  });

  it('come before a reviewer or are called almost certain where they are one person', () => {
    const all = matrix.same.AUTO + matrix.same.REVIEW + matrix.same.NONE;
    expect((all - matrix.same.NONE) / all).toBeGreaterThanOrEqual(PROMISED.recall);
  });

  it('are left alone where they are two people with little in common', () => {
    for (const kind of ['strangers', 'one name', 'siblings']) {
      const { AUTO, REVIEW, NONE } = byKind.get(`two: ${kind}`)!;
      expect([kind, AUTO, REVIEW <= (AUTO + REVIEW + NONE) / 100]).toEqual([kind, 0, true]);
    }
  });
});
