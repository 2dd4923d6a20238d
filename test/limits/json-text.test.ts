import fc from 'fast-check';
import { usualLimits } from '../../src/limits';
import { refuseNestedJson } from '../../src/server/limits/json-text';
import { seedProperties } from '../support/seed';

seedProperties();

const LIMIT_NESTING = 3;
/** The body and its variables are two levels more. */
const ALLOWED = LIMIT_NESTING + 2;

/** Texts full of what looks like structure. */
const text = fc.string({ unit: fc.constantFrom('[', '{', '"', '\\', '\\"', ']', '}', 'x', '安', '\n') });
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 8, depthSize: 'large' },
    fc.oneof(text, fc.integer(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(text, tie('value'), { maxKeys: 2 }),
  ),
}));

const depthOf = (each: unknown): number =>
  typeof each === 'object' && each !== null ? 1 + Math.max(0, ...Object.values(each).map(depthOf)) : 0;

const isRefused = (json: string): boolean => {
  try {
    refuseNestedJson(json, { ...usualLimits, LIMIT_NESTING });
    return false;
  } catch {
    return true;
  }
};

describe('brackets of a JSON body', () => {
  it('are counted as they nest, whatever its texts hold, before it is parsed', () => {
    const seen = { refused: 0, let: 0 };
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1), (each, indent) => {
        const refused = isRefused(JSON.stringify(each, null, indent));
        seen[refused ? 'refused' : 'let']++;
        expect(refused).toBe(depthOf(each) > ALLOWED);
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(seen.refused, seen.let)).toBeGreaterThan(50);
  });

  it('of what is no JSON are left to the parser', () => {
    for (const broken of ['', '"', '{"a', '"\\', ']]]]]', '{"a":"\\"']) expect(isRefused(broken)).toBe(false);
  });
});
