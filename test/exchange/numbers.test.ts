import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { makeSeal, personNumber } from '../../src/access/seal';
import { numbersOf } from '../../src/exchange/numbers';

const seal = makeSeal(randomBytes(32), randomBytes(32));
const NUMBER = '11010519491231002X';
const CORRECTED = '110105194912310038';

function opener() {
  const open = jest.fn(seal.open);
  return { open, numbers: numbersOf({ open }) };
}

describe('numbers of those about whom agencies are asked', () => {
  const person = randomUUID();
  const sealed = seal.seal(NUMBER, personNumber(person));

  it('are opened once in a moment, however many agencies are asked', () => {
    const { open, numbers } = opener();
    const read = [0, 1, 2].map(() => numbers(person, Buffer.from(sealed)));
    expect(read).toEqual([NUMBER, NUMBER, NUMBER]);
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('are not kept in clear longer than the moment', async () => {
    const { open, numbers } = opener();
    numbers(person, sealed);
    await setImmediate();
    await setImmediate();
    numbers(person, sealed);
    expect(open).toHaveBeenCalledTimes(2);
  });

  it('are those of the value that was read: one corrected meanwhile is opened for itself', () => {
    const { numbers } = opener();
    const corrected = seal.seal(CORRECTED, personNumber(person));
    expect([numbers(person, sealed), numbers(person, corrected), numbers(person, sealed)]).toEqual([
      NUMBER,
      CORRECTED,
      NUMBER,
    ]);
  });

  it('open for nobody else: a value moved to another person is broken, also beside one that opened', () => {
    const { numbers } = opener();
    numbers(person, sealed);
    expect(() => numbers(randomUUID(), sealed)).toThrow('does not open');
  });
});
