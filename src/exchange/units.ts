import { sourceFault } from './trouble';

/**
 * A decimal text as a whole number of units 10^-digits: ('89.50', 4) → 895000 cm² from m², ('128000.00', 2) → fen from yuan.
 * Exact; throws a source fault for anything but a plain non-negative decimal that fits.
 */
export function decimalAs(text: unknown, digits: number): number {
  const parts = typeof text === 'string' ? /^(\d{1,12})(?:\.(\d+))?$/.exec(text) : null;
  const fraction = (parts?.[2] ?? '').replace(/0+$/, '');
  if (!parts || fraction.length > digits) throw sourceFault();
  return Number(parts[1]! + fraction.padEnd(digits, '0'));
}

/** 'yyyyMMdd' as 'YYYY-MM-DD'. */
export function compactDay(text: unknown): string {
  const parts = typeof text === 'string' ? /^(\d{4})(\d{2})(\d{2})$/.exec(text) : null;
  if (!parts) throw sourceFault();
  return parts.slice(1).join('-');
}

/** The word of ours for a code of theirs; an unknown code is a source fault. */
export function decode<Ours>(codes: Readonly<Record<string, Ours>>, theirs: unknown): Ours {
  const key = typeof theirs === 'string' || typeof theirs === 'number' ? String(theirs) : '';
  if (!Object.hasOwn(codes, key)) throw sourceFault();
  return codes[key]!;
}
