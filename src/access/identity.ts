import { HubError } from '../errors';

/** Weights of GB 11643-1999 §2.2.6 for positions 1–17. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';

/** The check character of the first 17 digits of a citizen number (GB 11643). */
export function checkCharacter(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * WEIGHTS[i]!;
  return CHECK[sum % 11]!;
}

/** NFKC, spaces out, upper-case X, and 15 digits raised to 18 (insert 19, append the check). Does not validate. */
export function normaliseIdNumber(written: string): string {
  const plain = written
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200d\ufeff]/g, '')
    .toUpperCase();
  if (!/^\d{15}$/.test(plain)) return plain;
  const first17 = `${plain.slice(0, 6)}19${plain.slice(6)}`;
  return first17 + checkCharacter(first17);
}

/** Birth date as 'YYYY-MM-DD', or null where the eight digits are no date. */
export function birthDateOf(idNumber: string): string | null {
  const [y, m, d] = [idNumber.slice(6, 10), idNumber.slice(10, 12), idNumber.slice(12, 14)];
  const date = new Date(Date.UTC(+y, +m - 1, +d));
  const real = date.getUTCFullYear() === +y && date.getUTCMonth() === +m - 1 && date.getUTCDate() === +d;
  return real && +y >= 1850 ? `${y}-${m}-${d}` : null;
}

/** Provinces of GB/T 2260, and 81 to 83 of residents from Hong Kong, Macau and Taiwan. */
const PROVINCE = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
/** Permanent residence of a foreigner: made like a citizen number, about somebody as much, and none. */
const FOREIGNER = /^9/;

/** Shape, birth date and check character. */
const isSound = (number: string): boolean =>
  /^[1-9]\d{16}[\dX]$/.test(number) && birthDateOf(number) !== null && checkCharacter(number) === number[17];

/** Shape, province code, birth date and check character of a normalised number. Abolished county codes stay valid. */
export const isIdNumber = (idNumber: string): boolean => PROVINCE.test(idNumber) && isSound(idNumber);

const speaksOfSomebody = (number: string): boolean =>
  (PROVINCE.test(number) || FOREIGNER.test(number)) && isSound(number);

/**
 * Does a text hold a citizen number anywhere, in either form, however its digits are written and parted? Free text of callers
 * (keys, file numbers) is kept in clear and must not.
 */
export function holdsIdNumber(text: string): boolean {
  const plain = normaliseIdNumber(asciiDigits(text.replace(RANDOM_UUID, '·')));
  return [plain, plain.replace(PARTING, '')].some(
    (form) =>
      Array.from(form, (_letter, at) => form.slice(at, at + 18)).some(speaksOfSomebody) ||
      [...form.matchAll(OLD_FORM)].some(([old]) => isIdNumber(normaliseIdNumber(old))),
  );
}

/**
 * A random or timed UUID (RFC 9562 §5.4, §5.7) as machines write it. One in 30,000 has fifteen digits in a row that make an old
 * number; nobody's number comes in this form. One without a letter is digits, and looked at.
 */
const RANDOM_UUID =
  /(?<![0-9a-z-])(?=[0-9-]*[a-f])[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![0-9a-z-])/gi;

const PARTING = /[^\p{L}\p{N}]/gu;
const OLD_FORM = /(?<!\d)\d{15}(?!\d)/g;

/** Decimal digits of every script as ours: scripts keep theirs in runs from zero to nine. */
const asciiDigits = (text: string): string =>
  text.normalize('NFKC').replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String(code - zero);
  });

/** The normal form of a valid number. Numbers that arrive as JSON numbers have lost digits and are refused loudly. */
export function parseIdNumber(written: unknown, field = 'idNumber'): string {
  if (typeof written !== 'string') throw new HubError('INVALID_ID_NUMBER', field, '号码须为文本，不得为数字');
  const idNumber = normaliseIdNumber(written);
  if (!isIdNumber(idNumber)) throw new HubError('INVALID_ID_NUMBER', field);
  return idNumber;
}

/** Whole years between two dates 'YYYY-MM-DD'; the birthday itself counts (domain.md §14, 13). */
export function ageOn(birthDate: string, day: string): number {
  const years = +day.slice(0, 4) - +birthDate.slice(0, 4);
  return day.slice(5) >= birthDate.slice(5) ? years : years - 1;
}

const MIDDLE_DOTS = /[.\u2022\u2027\u22c5\u30fb\uff65\u2e31\u0387\u2219]/g;

/** A name's normal form for comparison: NFKC, no spaces, one kind of middle dot (·): a full stop stands for it where clerks type. */
export function normaliseName(written: string): string {
  return written
    .normalize('NFKC')
    .replace(/[\s\u3000\u200b-\u200d\ufeff]/g, '')
    .replace(MIDDLE_DOTS, '·');
}
