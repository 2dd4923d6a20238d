import { regionTable, type RegionEntry } from '../store/region-table';

/** A place in the cycle by which households are spread over counties. */
export interface Home {
  readonly county: string;
  readonly region: '15' | '45';
  /** Which of the county's places this is, and how many it has. */
  readonly place: number;
  readonly places: number;
}

const PLACES = { DISTRICT: 3, COUNTY_CITY: 2, COUNTY: 1, BANNER: 1, AUTONOMOUS_COUNTY: 1 } as const;
/** The counties of the examples: enough households for a page even in a small population. */
const FEATURED = ['150402', '150426', '451222'];
const FEATURED_PLACES = 5;
/** Steps through the cycle far enough that neighbours in number live in different prefectures; any prime that is no factor of its length. */
const STRIDE = 83;

const inForce = regionTable().filter(({ level, validTo }) => level === 'COUNTY' && validTo === null);
const placesOf = ({ code, divisionKind }: RegionEntry) =>
  FEATURED.includes(code) ? FEATURED_PLACES : PLACES[divisionKind as keyof typeof PLACES];

/** Real counties; the zones of the statistical office are nobody's home. */
export const COUNTIES: readonly string[] = inForce
  .filter(({ divisionKind }) => divisionKind in PLACES)
  .map(({ code }) => code);

export const HOMES: readonly Home[] = inForce
  .filter(({ code }) => COUNTIES.includes(code))
  .flatMap((county) =>
    Array.from({ length: placesOf(county) }, (_, place) => ({
      county: county.code,
      region: county.code.slice(0, 2) as Home['region'],
      place,
      places: placesOf(county),
    })),
  );

/** Where household `index` lives, and which of its county's households it is. */
export function homeOf(index: number): Home & { readonly ordinal: number } {
  const home = HOMES[(index * STRIDE) % HOMES.length]!;
  return { ...home, ordinal: Math.floor(index / HOMES.length) * home.places + home.place };
}

const predecessors = new Map<string, RegionEntry[]>();
for (const entry of regionTable()) {
  if (!entry.successorCode) continue;
  predecessors.set(entry.successorCode, [...(predecessors.get(entry.successorCode) ?? []), entry]);
}

/** Codes under which the county's births of that day may stand: its own and abolished ones still in force then. */
export function birthCodes(county: string, birthDate: string): string[] {
  const older = (predecessors.get(county) ?? []).flatMap((entry) =>
    birthDate < entry.validTo! ? birthCodes(entry.code, birthDate) : [],
  );
  return older.length > 0 ? older : [county];
}

/** The county after this one in code order: where some spouses come from. */
export function neighbourOf(county: string): string {
  return COUNTIES[(COUNTIES.indexOf(county) + 1) % COUNTIES.length]!;
}
