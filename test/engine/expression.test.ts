import fc from 'fast-check';
import { ageOn, normaliseName } from '../../src/access/identity';
import { askedFor, nameForm, yearsOld } from '../../src/engine/expression';
import { sql } from '../../src/engine/sql';
import { testDatabase, type TestDatabase } from '../support/database';
import { seedProperties } from '../support/seed';

seedProperties();
let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

const many = { minLength: 200, maxLength: 200 };

describe('yearsOld', () => {
  it('agrees with the age of the intake on any two days', async () => {
    const range = { min: new Date('1930-01-01'), max: new Date('2030-12-31'), noInvalidDate: true };
    const day = fc.date(range).map((date) => date.toISOString().slice(0, 10));
    const leap = fc.constantFrom('2008-02-29', '2026-02-28', '2026-03-01', '2028-02-29');
    const pair = fc
      .tuple(fc.oneof(day, leap), fc.oneof(day, leap))
      .map(([a, b]): [string, string] => (a < b ? [a, b] : [b, a]));
    await fc.assert(
      fc.asyncProperty(fc.array(pair, many), async (pairs) => {
        const { rows } = await base.db.engine.query(
          `select ${yearsOld(sql`born`, sql`day`).text} as years from unnest($1::date[], $2::date[]) as t (born, day)`,
          [pairs.map(([born]) => born), pairs.map(([, on]) => on)],
        );
        expect(rows.map(({ years }) => years)).toEqual(pairs.map(([born, on]) => ageOn(born, on)));
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });
});

describe('nameForm', () => {
  it('agrees with the normal form of the intake on any name', async () => {
    const character = fc.constantFrom(...'张巴特尔𠮷Ａａ·•‧⋅・･⸱·∙ \u3000\u200b\ufeffﬁ①');
    const names = fc.array(
      fc.array(character, { maxLength: 12 }).map((characters) => characters.join('')),
      many,
    );
    await fc.assert(
      fc.asyncProperty(names, async (drawn) => {
        const { rows } = await base.db.engine.query(
          `select ${nameForm(sql`name`).text} as form from unnest($1::text[]) as t (name)`,
          [drawn],
        );
        expect(rows.map(({ form }) => form)).toEqual(drawn.map((name) => normaliseName(name)));
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });
});

describe('askedFor', () => {
  it('takes the name of a fact and nothing else', () => {
    expect(() => askedFor("x' = any (fields) or 'a")).toThrow('no fact');
  });
});
