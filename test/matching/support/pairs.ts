import { normaliseIdNumber, birthDateOf } from '../../../src/access/identity';
import type { IdentityRecord } from '../../../src/matching/match';
import { familyName, personName } from '../../../src/population/names';
import { randomOf, type Random } from '../../../src/population/random';
import { idNumberOf } from '../../server/support/people';
import { HOMOPHONES, NEAR, VARIANTS } from './spellings';

/** Two records, and whether they are of one person, which the generator knows since it made them. */
export interface LabelledPair {
  readonly records: readonly [IdentityRecord, IdentityRecord];
  readonly same: boolean;
  /** How they came about. */
  readonly kind: string;
}

/** Of a hundred pairs, how many are two records of one person. */
const SAME_SHARE = 0.3;
const COUNTIES = [
  '150402',
  '150403',
  '150404',
  '150426',
  '150102',
  '150105',
  '152201',
  '450102',
  '450103',
  '450105',
  '451222',
  '451202',
];

type Slip<Value> = (value: Value, random: Random) => Value | null;
const two = (value: number) => String(value).padStart(2, '0');
let files = 0;
const freshFile = () => `file-${(files += 1)}`;

function person(
  random: Random,
  fixed: { name?: string; county?: string; born?: string; sequence?: number } = {},
): IdentityRecord {
  const county = fixed.county ?? random.pick(COUNTIES);
  const born = fixed.born ?? `${random.int(1935, 2020)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
  const name = fixed.name ?? personName(familyName(county.startsWith('15') ? '15' : '45', random), random);
  const idNumber = idNumberOf(county, born, fixed.sequence ?? random.int(1, 699));
  return {
    name,
    idNumber,
    birthDate: born,
    regionCode: random.chance(0.8) ? county : random.pick(COUNTIES),
    households: [freshFile()],
  };
}

/* Slips of a number. The check character always holds: what breaks it never gets in. */

const withDigits = (first17: string): string | null => {
  const born = `${first17.slice(6, 10)}-${first17.slice(10, 12)}-${first17.slice(12, 14)}`;
  const number = idNumberOf(first17.slice(0, 6), born, Number(first17.slice(14)));
  const real = number.length === 18 && birthDateOf(number) !== null && born < '2026' && /^(15|45)/.test(number);
  return real ? number : null;
};

const otherDigit = (digit: string, random: Random) => String((Number(digit) + random.int(1, 9)) % 10);
const mistyped =
  (from: number, to: number): Slip<string> =>
  (number, random) => {
    const at = random.int(from, to);
    return withDigits(number.slice(0, at) + otherDigit(number[at]!, random) + number.slice(at + 1, 17));
  };
const transposed: Slip<string> = (number, random) => {
  const at = random.int(0, 15);
  if (number[at] === number[at + 1]) return null;
  return withDigits(number.slice(0, at) + number[at + 1]! + number[at]! + number.slice(at + 2, 17));
};
/** Of an old card, read with one wrong digit: fifteen digits bear no check. */
const oldCard: Slip<string> = (number, random) => {
  if (number.slice(6, 8) !== '19') return null;
  const fifteen = number.slice(0, 6) + number.slice(8, 17);
  const at = random.int(2, 11);
  const wrong = normaliseIdNumber(fifteen.slice(0, at) + otherDigit(fifteen[at]!, random) + fifteen.slice(at + 1));
  return birthDateOf(wrong) ? wrong : null;
};
/** Whoever gets another number keeps the sex that its last digit tells. */
const freshSequence = (number: string, random: Random) =>
  String(random.int(0, 349) * 2 + (Number(number[16]) % 2)).padStart(3, '0');
const resequenced: Slip<string> = (number, random) => withDigits(number.slice(0, 14) + freshSequence(number, random));
const twice: Slip<string> = (number, random) => {
  const once = mistyped(2, 16)(number, random);
  return once && mistyped(2, 16)(once, random);
};
const renumbered: Slip<string> = (number, random) =>
  withDigits(random.pick(COUNTIES) + number.slice(6, 14) + freshSequence(number, random));
const corrected: Slip<string> = (number, random) =>
  withDigits(
    `${number.slice(0, 10)}${two(random.int(1, 12))}${two(random.int(1, 28))}${freshSequence(number, random)}`,
  );

const NUMBER_SLIPS: readonly (readonly [readonly [string, Slip<string>], number])[] = [
  [['mistyped', mistyped(2, 13)], 22],
  [['old card', oldCard], 14],
  [['transposed', transposed], 20],
  [['sequence digit', mistyped(14, 16)], 12],
  [['new sequence', resequenced], 12],
  [['two digits', twice], 12],
  [['renumbered', renumbered], 6],
  [['birth date corrected', corrected], 2],
];

/* Slips of a name. */

const exchanged =
  (table: ReadonlyMap<string, readonly string[]>): Slip<string> =>
  (name, random) => {
    const characters = [...name];
    const places = characters.map((_character, at) => at).filter((at) => table.has(characters[at]!));
    if (places.length === 0) return null;
    const at = random.pick(places);
    characters[at] = random.pick(table.get(characters[at]!)!);
    return characters.join('');
  };
const reformed: Slip<string> = (name, random) =>
  name.includes('·')
    ? name.replace('·', random.pick(['•', '．', '.', ' · ']))
    : [...name].join(random.pick([' ', '　']));
const turned: Slip<string> = (name) => (name.includes('·') ? name.split('·').reverse().join('·') : null);
const dotless: Slip<string> = (name) => (name.includes('·') ? name.replace('·', '') : null);
const shortened: Slip<string> = (name) => (name.includes('·') ? name.split('·')[1]! : null);
const misread: Slip<string> = (name, random) => {
  const characters = [...name];
  characters[characters.length - 1] = random.pick([...'斌峰鑫琳婷鹏佩彪慧琴']);
  return characters.join('');
};

const NAME_SLIPS: readonly (readonly [readonly [string, Slip<string>], number])[] = [
  [['as it was', (name) => name], 68],
  [['width, spaces, dot', reformed], 7],
  [['traditional or variant', exchanged(VARIANTS)], 9],
  [['other order', turned], 1],
  [['without dot', dotless], 1],
  [['homophone', exchanged(HOMOPHONES)], 8],
  [['near sound', exchanged(NEAR)], 1.5],
  [['part only', shortened], 1],
  [['misread character', misread], 3.5],
];

function again(slips: typeof NUMBER_SLIPS | typeof NAME_SLIPS, value: string, random: Random): [string, string] {
  for (;;) {
    const [kind, slip] = random.weighted(slips);
    const result = slip(value, random);
    if (result !== null) return [kind, result];
  }
}

function samePerson(random: Random): LabelledPair {
  const first = person(random);
  let [how, idNumber] = again(NUMBER_SLIPS, first.idNumber!, random);
  while (idNumber === first.idNumber) [how, idNumber] = again(NUMBER_SLIPS, first.idNumber!, random);
  const [spelt, name] = again(NAME_SLIPS, first.name, random);
  const place = random.weighted([
    [first.regionCode!, 65],
    [`${first.regionCode!.slice(0, 2)}`, 30],
    ['', 5],
  ] as const);
  const regionCode = random.pick(COUNTIES.filter((code) => code.startsWith(place)));
  const second = { name, idNumber, birthDate: birthDateOf(idNumber), regionCode, households: [freshFile()] };
  return { records: [first, second], same: true, kind: `${how}; ${spelt}` };
}

/* Two people who have something in common. */

const bornOf = ({ birthDate }: IdentityRecord) => birthDate!;
const countyOf = ({ idNumber }: IdentityRecord) => idNumber!.slice(0, 6);
const sequenceOf = ({ idNumber }: IdentityRecord) => Number(idNumber!.slice(14, 17));

/** Children of one family bear one surname and never one name. */
function sibling(first: IdentityRecord, random: Random, born: string, near: number): IdentityRecord {
  const [surname, ...given] = [...first.name];
  const generation = given.length > 1 && random.chance(0.6) ? given[0]! : '';
  const name = surname! + generation + random.pick([...'明红军花强丽平霞'].filter((each) => each !== given.at(-1)));
  const sequence = Math.max(1, sequenceOf(first) + near);
  const other = person(random, { name, county: countyOf(first), born, sequence });
  const together = random.chance(0.6);
  return { ...other, regionCode: first.regionCode, ...(together ? { households: first.households } : {}) };
}

const otherDay = (born: string, random: Random) =>
  `${born.slice(0, 5)}${two(random.int(1, 12))}-${two(random.int(1, 28))}`;

type Other = (first: IdentityRecord, random: Random) => IdentityRecord;
const OTHERS: readonly (readonly [readonly [string, Other], number])[] = [
  [['strangers', (_first, random) => person(random)], 15],
  [['one name', ({ name }, random) => person(random, { name })], 15],
  [
    ['one county and birthday', (first, random) => person(random, { county: countyOf(first), born: bornOf(first) })],
    12,
  ],
  [
    [
      'neighbours on the ward',
      (first, random) =>
        person(random, {
          county: countyOf(first),
          born: bornOf(first),
          sequence: sequenceOf(first) + random.int(1, 9),
        }),
    ],
    10,
  ],
  [['twins', (first, random) => sibling(first, random, bornOf(first), random.int(1, 3))], 12],
  [
    [
      'siblings',
      (first, random) =>
        sibling(
          first,
          random,
          `${Number(bornOf(first).slice(0, 4)) - random.int(1, 6)}${bornOf(first).slice(4)}`,
          random.int(-300, 300),
        ),
    ],
    12,
  ],
  [['one birthday and surname', (first, random) => sibling(first, random, bornOf(first), random.int(-300, 300))], 4],
  [
    [
      'next county, one birthday and sequence',
      (first, random) =>
        person(random, {
          county: countyOf(first) === '150402' ? '150403' : '150402',
          born: bornOf(first),
          sequence: sequenceOf(first),
        }),
    ],
    8,
  ],
  [
    [
      'one county and sequence, near birthday',
      (first, random) =>
        person(random, { county: countyOf(first), born: otherDay(bornOf(first), random), sequence: sequenceOf(first) }),
    ],
    8,
  ],
  [['one name and birthday by chance', ({ name, birthDate }, random) => person(random, { name, born: birthDate! })], 1],
  [
    [
      'one name, county and sequence by chance',
      (first, random) => person(random, { name: first.name, county: countyOf(first), sequence: sequenceOf(first) }),
    ],
    1,
  ],
  [
    [
      'one name, county and birthday by chance',
      (first, random) => person(random, { name: first.name, county: countyOf(first), born: bornOf(first) }),
    ],
    0.5,
  ],
];

function twoPeople(random: Random): LabelledPair {
  const first = person(random);
  for (;;) {
    const [kind, make] = random.weighted(OTHERS);
    const second = make(first, random);
    if (second.idNumber !== first.idNumber && second.idNumber!.length === 18)
      return { records: [first, second], same: false, kind };
  }
}

/** Pairs in the order of the seed. */
export function* labelledPairs(seed: number, count: number): Generator<LabelledPair> {
  for (let at = 0; at < count; at++) {
    const random = randomOf(seed, at, 77);
    yield random.chance(SAME_SHARE) ? samePerson(random) : twoPeople(random);
  }
}
