import { createCipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { makeSeal, personNumber, SealBroken, sealedUnder, type SealPlace } from '../../src/access/seal';
import { soleKey, type DataKey, type PurposeKeys } from '../../src/access/keyring';
import { makeMasterKey } from '../../src/access/crypto/envelope';
import { SUITE_NAMES } from '../../src/access/crypto/suite';
import { seedProperties } from '../support/seed';

seedProperties();

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((made) => Buffer.from(made));
const suites = fc.constantFrom(...SUITE_NAMES);
const id = fc.tuple(suites, fc.nat(99)).map(([name, number]) => `${name}-${number + 1}`);
const place: fc.Arbitrary<SealPlace> = fc.record({
  table: fc.constantFrom('person', 'answer'),
  row: fc.uuid(),
  column: fc.constantFrom('id_number', 'spouseIdNumber'),
});
const text = fc.string({ unit: 'binary', maxLength: 40 });
const keyFor = (keyId: string, material: Buffer) =>
  soleKey(keyId.startsWith('sm') ? material.subarray(0, 16) : material, keyId);
const index = Buffer.alloc(32, 7);

describe('a sealed value', () => {
  it('opens to what was sealed, in its own place, under either suite', () => {
    fc.assert(
      fc.property(text, place, id, bytes(32), (clear, at, keyId, material) => {
        const seal = makeSeal(keyFor(keyId, material), index);
        const sealed = seal.seal(clear, at);
        expect(seal.open(sealed, at)).toBe(clear);
        expect(sealedUnder(sealed)).toBe(keyId);
      }),
    );
  });

  it('does not open when one bit of it is another', () => {
    fc.assert(
      fc.property(text, place, id, bytes(32), fc.nat(), fc.nat(7), (clear, at, keyId, material, where, bit) => {
        const seal = makeSeal(keyFor(keyId, material), index);
        const sealed = seal.seal(clear, at);
        sealed[where % sealed.length]! ^= 1 << bit;
        expect(() => seal.open(sealed, at)).toThrow(SealBroken);
      }),
    );
  });

  it('does not open when cut short or lengthened', () => {
    fc.assert(
      fc.property(text, place, id, bytes(32), fc.nat(), (clear, at, keyId, material, cut) => {
        const seal = makeSeal(keyFor(keyId, material), index);
        const sealed = seal.seal(clear, at);
        expect(() => seal.open(sealed.subarray(0, cut % sealed.length), at)).toThrow(SealBroken);
        expect(() => seal.open(Buffer.concat([sealed, Buffer.alloc(1)]), at)).toThrow(SealBroken);
      }),
    );
  });

  it('does not open in another row, column or table: two rows swapped fail', () => {
    fc.assert(
      fc.property(text, place, place, id, bytes(32), (clear, at, other, keyId, material) => {
        fc.pre(JSON.stringify(at) !== JSON.stringify(other));
        const seal = makeSeal(keyFor(keyId, material), index);
        expect(() => seal.open(seal.seal(clear, at), other)).toThrow(SealBroken);
      }),
    );
    const seal = makeSeal(randomBytes(32), index);
    const [mine, yours] = ['a', 'b'].map((row) => seal.seal('150402198605120011', personNumber(row)));
    expect(() => seal.open(yours!, personNumber('a'))).toThrow(SealBroken);
    expect(() => seal.open(mine!, { ...personNumber('a'), column: 'name' })).toThrow(SealBroken);
  });

  it('does not open under another key of the same id, nor under one that is not there', () => {
    fc.assert(
      fc.property(text, place, id, id, bytes(32), bytes(32), (clear, at, keyId, otherId, one, two) => {
        fc.pre(!one.equals(two));
        const sealed = makeSeal(keyFor(keyId, one), index).seal(clear, at);
        if (!one.subarray(0, 16).equals(two.subarray(0, 16)))
          expect(() => makeSeal(keyFor(keyId, two), index).open(sealed, at)).toThrow(SealBroken);
        fc.pre(keyId !== otherId);
        expect(() => makeSeal(keyFor(otherId, one), index).open(sealed, at)).toThrow(SealBroken);
      }),
    );
  });

  it('keys of two suites stand beside each other: each value opens by the key that it names', () => {
    const [old, fresh]: DataKey[] = [
      { id: 'aes-1', provider: 'aes', state: 'RETIRING', material: randomBytes(32) },
      { id: 'sm-2', provider: 'sm', state: 'CURRENT', material: randomBytes(16) },
    ];
    const ring: PurposeKeys = {
      current: () => fresh!,
      next: () => undefined,
      readable: () => [fresh!, old!],
      find: (wanted) => [fresh!, old!].find((key) => key.id === wanted),
    };
    const at = personNumber('p');
    const [before, now] = [makeSeal(soleKey(old!.material), index), makeSeal(ring, index)];
    expect(now.open(before.seal('萨仁花', at), at)).toBe('萨仁花');
    expect(sealedUnder(now.seal('萨仁花', at))).toBe('sm-2');
    expect(now.open(now.seal('萨仁花', at), at)).toBe('萨仁花');
  });

  it('says nothing of the value or the place when it does not open', () => {
    const seal = makeSeal(randomBytes(32), index);
    const sealed = seal.seal('150402198605120011', personNumber('row-1'));
    expect(() => seal.open(sealed, personNumber('row-2'))).toThrow(
      /^a sealed value does not open: changed, moved, or sealed under an unknown key$/,
    );
  });

  it('of a hub from before the key table (no header, key id k1) still opens', () => {
    const [key, iv] = [randomBytes(32), randomBytes(12)];
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from('person\nrow-1\nid_number\nk1'));
    const bare = Buffer.concat([iv, cipher.update('150402198605120011'), cipher.final(), cipher.getAuthTag()]);
    expect(makeSeal(key, index).open(bare, personNumber('row-1'))).toBe('150402198605120011');
    expect(() => makeSeal(key, index).open(bare, personNumber('row-2'))).toThrow(SealBroken);
  });
});

describe('the digests that lay persons beside each other', () => {
  it('have eleven digits at most, fewer than any piece of a citizen number that is searched for, and hardly ever agree', () => {
    const texts = Array.from({ length: 5000 }, (_, at) => `1990-01-01 张三 ${at}`);
    const { digests } = makeSeal(randomBytes(32), randomBytes(32)).blocks(texts);
    expect(digests.filter((digest) => !/^\d{1,11}$/.test(digest))).toEqual([]);
    expect(new Set(digests).size).toBeGreaterThan(4990);
  });
});

describe('a wrapped data key', () => {
  it('unwraps under its master key in its place, and under no other, nowhere else, with no bit changed', () => {
    fc.assert(
      fc.property(suites, bytes(32), bytes(32), bytes(32), fc.nat(), (suite, secret, other, material, where) => {
        fc.pre(!secret.equals(other));
        const master = makeMasterKey(secret);
        const wrapped = master.wrap(suite, material, 'seal 1');
        expect(master.unwrap(suite, wrapped, 'seal 1').equals(material)).toBe(true);
        expect(wrapped.includes(material)).toBe(false);
        expect(() => master.unwrap(suite, wrapped, 'index 1')).toThrow();
        expect(() => makeMasterKey(other).unwrap(suite, wrapped, 'seal 1')).toThrow();
        wrapped[where % wrapped.length]! ^= 1;
        expect(() => master.unwrap(suite, wrapped, 'seal 1')).toThrow();
      }),
    );
  });
});
