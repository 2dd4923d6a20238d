import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { soleKey } from '../../src/access/keyring';
import { makePseudonyms } from '../../src/access/pseudonym';
import { seedProperties } from '../support/seed';

seedProperties();

const key = randomBytes(32);
const names = makePseudonyms(soleKey(key));
const client = fc.stringMatching(/^[a-z]{1,12}$/);

describe('a pairwise pseudonym', () => {
  it('is the same for one partner and person, in every process that has the key', () => {
    fc.assert(
      fc.property(client, fc.uuid(), (partner, person) => {
        expect(makePseudonyms(soleKey(key)).of(partner, person)).toBe(names.of(partner, person));
        expect(names.of(partner, person)).toMatch(/^[\w-]{22}$/);
        expect(names.before(partner, person)).toBeNull();
      }),
    );
  });

  it('of one person differs between partners, of one partner between persons, and under another key', () => {
    fc.assert(
      fc.property(client, client, fc.uuid(), fc.uuid(), (one, other, mine, yours) => {
        fc.pre(one !== other && mine !== yours);
        const all = [names.of(one, mine), names.of(other, mine), names.of(one, yours), names.of(other, yours)];
        const elsewhere = makePseudonyms(soleKey(randomBytes(32))).of(one, mine);
        expect(new Set([...all, elsewhere]).size).toBe(5);
        expect(all.join()).not.toContain(mine.slice(0, 8));
      }),
    );
  });

  it('is not confused by names that run into each other', () => {
    expect(names.of('ab', 'c')).not.toBe(names.of('a', 'bc'));
  });
});
