/** Letters of GB 32100-2015 by their values: the digits and the alphabet without I, O, S, V, Z. */
const LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** 统一社会信用代码 in its normal form (NFKC, no spaces, upper case), or null where it is none: shape, then check character. */
export function creditCodeOf(written: string): string | null {
  const code = written.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (!/^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/.test(code)) return null;
  let [sum, weight] = [0, 1];
  for (const letter of code.slice(0, 17)) {
    sum += LETTERS.indexOf(letter) * weight;
    weight = (weight * 3) % 31;
  }
  return LETTERS[(31 - (sum % 31)) % 31] === code[17] ? code : null;
}
