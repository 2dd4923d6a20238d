import { InvalidArgumentError } from 'commander';
import { creditCodeOf } from '../../access/credit-code';
import { isDay } from '../../access/day';

/** Readers of the arguments of `hub partner`; each says what it wants. */
export function clientIdOf(text: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(text) || /\d{15}/.test(text))
    throw new InvalidArgumentError('Client ids are lower-case letters, digits and hyphens, at most 63.');
  return text;
}

export function creditCodeOption(text: string): string {
  const code = creditCodeOf(text);
  if (!code)
    throw new InvalidArgumentError('A unified social credit code has 18 characters, the last a check (GB 32100).');
  return code;
}

export const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

export function codesOf(text: string): string[] {
  const codes = listOf(text);
  if (codes.length === 0 || !codes.every((code) => /^\d{2,12}$/.test(code)))
    throw new InvalidArgumentError('Region codes look like 15, 1504 or 150402.');
  return codes;
}

export function countOf(text: string): number {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new InvalidArgumentError('A whole number from 1.');
  return Number(text);
}

export function dayOf(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('A day looks like 2027-12-31.');
  return text;
}
