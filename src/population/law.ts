import type { Programme } from './draft';

type Limit =
  | 'housing.per-head-area-cm2'
  | 'income.per-head-monthly-fen'
  | 'high-end-vehicle.price-fen'
  | 'hukou.years'
  | 'reapply-bar.years'
  | 'review.interval-months'
  | 'vacancy.months';
type Limits = Partial<Record<Limit, Partial<Record<Programme | 'ALL', number>>>>;

/*
 * The limits as the planters know them. The rules read the table `parameter`; these are the same numbers written down a
 * second time on purpose, since an expectation taken from what it is to check proves nothing. A test compares the two.
 */
const EVERYWHERE: Limits = {
  'housing.per-head-area-cm2': { ALL: 150_000, LOW_RENT: 130_000 },
  'income.per-head-monthly-fen': {
    LOW_RENT: 150_000,
    RENTAL_SUBSIDY: 200_000,
    PUBLIC_RENTAL: 300_000,
    AFFORDABLE_SALE: 350_000,
    PRICE_CAPPED_SALE: 450_000,
  },
  'high-end-vehicle.price-fen': { LOW_RENT: 15_000_000, RENTAL_SUBSIDY: 15_000_000 },
  'hukou.years': { ALL: 3 },
  'reapply-bar.years': { ALL: 5 },
  'review.interval-months': { ALL: 12 },
  'vacancy.months': { ALL: 6 },
};

/** Counties with numbers of their own. */
const IN_COUNTY: Record<string, Limits> = {
  '150402': {
    'housing.per-head-area-cm2': { LOW_RENT: 120_000 },
    'income.per-head-monthly-fen': { LOW_RENT: 140_000 },
    'hukou.years': { LOW_RENT: 5 },
  },
};

/** The limit of a county and programme: cm², fen, years or months. */
export function limitOf(limit: Limit, county: string, programme: Programme): number {
  for (const lines of [IN_COUNTY[county]?.[limit], EVERYWHERE[limit]]) {
    const value = lines?.[programme] ?? lines?.ALL;
    if (value !== undefined) return value;
  }
  throw new Error(`no ${limit} for ${programme} in ${county}`);
}
