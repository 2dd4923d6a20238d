import fc from 'fast-check';
import { birthDateOf, isIdNumber, normaliseIdNumber, parseIdNumber } from '../../src/access/identity';
import { birthCodes, COUNTIES } from '../../src/population/homes';
import { seedProperties } from '../support/seed';

seedProperties();

/** The check by the definition of the standard: sum of a_i · 2^(i−1), places counted from the right, is 1 modulo 11. */
function checkOf(first17: string): string {
  const sum = [...first17].reduce((all, digit, at) => all + Number(digit) * (2 ** (17 - at) % 11), 0);
  return [...'0123456789X'][(12 - (sum % 11)) % 11]!;
}

/** Anybody ever born in a county of ours, under the code in force that day, abolished ones included. */
const births = fc
  .record({
    county: fc.constantFrom(...COUNTIES),
    day: fc.date({ min: new Date('1900-01-01'), max: new Date('2026-11-28'), noInvalidDate: true }),
    sequence: fc.integer({ min: 0, max: 999 }),
    which: fc.nat(),
  })
  .map(({ county, day, sequence, which }) => {
    const born = day.toISOString().slice(0, 10);
    const codes = birthCodes(county, born);
    const code = codes[which % codes.length]!;
    return {
      born,
      abolished: code !== county,
      first17: `${code}${born.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`,
    };
  });

describe('every citizen number of the made-up world', () => {
  it('is sound, whichever code it bears, tells the birthday, and is one number in either form and however X is written', () => {
    let abolished = 0;
    fc.assert(
      fc.property(births, ({ born, first17, abolished: old }) => {
        const number = first17 + checkOf(first17);
        abolished += Number(old);
        expect([isIdNumber(number), birthDateOf(number)]).toEqual([true, born]);
        expect(parseIdNumber(number.toLowerCase())).toBe(number);
        expect(
          parseIdNumber([...number].map((each) => String.fromCodePoint(each.codePointAt(0)! + 0xfee0)).join('')),
        ).toBe(number);
        if (born.startsWith('19')) expect(normaliseIdNumber(number.slice(0, 6) + number.slice(8, 17))).toBe(number);
      }),
      { numRuns: 3000 },
    );
    expect(abolished).toBeGreaterThan(50);
  });

  it('with any one character mistyped, or any two neighbours turned, is refused', () => {
    fc.assert(
      fc.property(
        births,
        fc.integer({ min: 0, max: 17 }),
        fc.constantFrom(...'0123456789X'),
        ({ first17 }, at, typed) => {
          const number = first17 + checkOf(first17);
          const mistyped = number.slice(0, at) + typed + number.slice(at + 1);
          const turned = number.slice(0, at) + (number[at + 1] ?? '') + number[at]! + number.slice(at + 2);
          for (const wrong of [mistyped, turned])
            if (wrong !== number) expect([wrong, isIdNumber(wrong)]).toEqual([wrong, false]);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
