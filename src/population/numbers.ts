import { checkCharacter, normaliseIdNumber } from '../access/identity';
import { birthCodes, COUNTIES } from './homes';

/*
 * Numbers are distinct without a list of those given: what distinguishes two people of one birthplace, sex and year
 * (month, day, sequence) is counted, and each way of counting has sequences of its own (a band of the 500 of each sex).
 */
const BANDS = {
  /** Born in the household's county: counted by household and place in the generation. */
  LOCAL: { from: 0, width: 270 },
  /** Spouses from the neighbouring county: counted by household. */
  NEIGHBOUR: { from: 270, width: 90 },
  /** People of second households: counted by plant. */
  COMPANION: { from: 360, width: 110 },
} as const;
const ON_DAY = { from: 470, width: 30 };
const DAYS = 28;
const MONTHS = 12;
/** Prime, so that it has no factor in common with any band's size: stepping by it visits every cell once. */
const STEP = 48_271;

export type Band = keyof typeof BANDS;

export interface Birth {
  readonly idNumber: string;
  readonly birthDate: string;
}

const two = (value: number) => String(value).padStart(2, '0');

export interface Cradle {
  readonly band: Band;
  readonly count: number;
  readonly county: string;
  /** Turns the calendar, so that seeds differ and the generations of a family do not share a birthday. */
  readonly turn: number;
}

/** The `count`-th birth of a band in that county and year. */
export function bear({ band, count, county, turn }: Cradle, year: number, male: boolean): Birth {
  const { from, width } = BANDS[band];
  const cells = width * DAYS * MONTHS;
  const cell = ((count % cells) * STEP + ((turn + +county * STEP) % cells)) % cells;
  const day = Math.floor(cell / width);
  const birthDate = `${year}-${two(Math.floor(day / DAYS) + 1)}-${two((day % DAYS) + 1)}`;
  return { idNumber: numberOf(county, birthDate, from + (cell % width), male, count), birthDate };
}

/** The `count`-th birth on one given day, wherever in the two regions. */
export function bearOn(birthDate: string, count: number, male: boolean): Birth {
  const county = COUNTIES[count % COUNTIES.length]!;
  const sequence = ON_DAY.from + (Math.floor(count / COUNTIES.length) % ON_DAY.width);
  return { idNumber: numberOf(county, birthDate, sequence, male, count), birthDate };
}

/** First cards, before October 1999, bore 15 digits; the hub and the agencies know them in their 18-digit form. */
function numberOf(county: string, birthDate: string, half: number, male: boolean, count: number): string {
  const codes = birthCodes(county, birthDate);
  const code = codes[count % codes.length]!;
  const sequence = String(half * 2 + (male ? 1 : 0)).padStart(3, '0');
  const digits = birthDate.replaceAll('-', '') + sequence;
  if (birthDate < '1960') return normaliseIdNumber(code + digits.slice(2));
  return code + digits + checkCharacter(code + digits);
}
