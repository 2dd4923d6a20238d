/** Small seeded stream of numbers (sfc32): the same seed and path give the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Integer in [from, to], both included. */
  int(from: number, to: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the values, by weight. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** Unsigned 32 bits. */
  bits(): number;
}

/** FNV-1a over UTF-16 units: a seed of any length becomes 32 bits. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A stream of its own for each household, so that a household does not depend on how many there are. */
export function randomOf(seed: number, index: number, stream: number): Random {
  let [a, b, c, d] = [seed | 0, (index * 0x9e3779b1) | 0, (stream * 0x85ebca6b) | 0, 1];
  const bits = (): number => {
    const mixed = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + mixed;
    return mixed >>> 0;
  };
  for (let i = 0; i < 12; i++) bits();
  const next = () => bits() / 4294967296;
  return {
    bits,
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    weighted: (list) => weighted(list, next()),
  };
}

function weighted<T>(list: readonly (readonly [T, number])[], share: number): T {
  let rest = share * list.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of list) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return list[list.length - 1]![0];
}

/** Two hexadecimal digits of every byte. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hex16 = (bits: number) => HEX[(bits >>> 8) & 0xff]! + HEX[bits & 0xff]!;
const hex32 = (bits: number) => hex16(bits >>> 16) + hex16(bits);

/** Households come a second apart from here, so that their ids (UUID version 7) grow and indexes are filled from one end. */
const FIRST_ID_AT = Date.UTC(2026, 0, 1);

/** The next id of household `index`; distinct within the household by its 74 random bits. */
export function uuidOf(index: number, random: Random): string {
  const time = FIRST_ID_AT + index * 1000;
  const stamp = `${hex32(Math.floor(time / 65_536))}-${hex16(time % 65_536)}`;
  const [high, low] = [random.bits(), random.bits()];
  const head = `7${hex16(high).slice(1)}-${hex16(0x8000 | ((high >>> 16) & 0x3fff))}`;
  return `${stamp}-${head}-${hex32(low)}${hex16(random.bits())}`;
}
