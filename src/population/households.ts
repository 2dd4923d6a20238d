import { addDays } from './calendar';
import type { Household } from './draft';
import { HOMES, homeOf } from './homes';
import { draftHousehold } from './household';
import { PLANT_EVERY, PLANTS } from './plants';
import type { Stage } from './plants/plant';
import { twoHouseholds } from './plants/two-households';
import { hash32, randomOf } from './random';

export interface Population {
  readonly households: number;
  readonly seed: string;
  /** Day of the population: 'today' of every limit, 'YYYY-MM-DD'. */
  readonly today: string;
}

/** Streams of numbers of one household index. */
const FIRST = 1;
const SECOND = 2;
const LOCAL_BREADTH = 3;
const COMPANION_BREADTH = 2;

/**
 * Exactly `households` households, the same for the same seed and day. Household k does not depend on how many there are;
 * one that brings a second household along is passed over where only one more is wanted.
 */
export function* households({ households: wanted, seed, today }: Population): Generator<Household> {
  const root = hash32(seed);
  let given = 0;
  for (let index = 0; given < wanted; index++) {
    const drafted = householdsAt(index, root, today);
    if (given + drafted.length > wanted) continue;
    given += drafted.length;
    yield* drafted;
  }
}

/** The household at an index, and the second one that its plant brings along. */
export function householdsAt(index: number, seed: number, today: string): Household[] {
  const random = randomOf(seed, index, FIRST);
  const { county, ordinal } = homeOf(index);
  const turn = Math.floor(index / PLANT_EVERY);
  const plant = index % PLANT_EVERY === PLANT_EVERY - 1 ? PLANTS[turn % PLANTS.length] : undefined;
  const fileNumber = `${county}-${String(index + 1).padStart(7, '0')}`;
  const origin = { index, seed, today, random, county, ordinal, band: 'LOCAL', breadth: LOCAL_BREADTH } as const;
  const household = draftHousehold(origin, plant ? { secured: false, ...plant, fileNumber } : { fileNumber });
  if (!plant) return [household];
  const drafted = [household];
  const round = Math.floor(turn / PLANTS.length);
  const stage: Stage = {
    today,
    yesterday: addDays(today, -1),
    random,
    ordinal: round,
    secondHousehold(where) {
      drafted.push(
        secondHousehold(household, where, {
          index,
          seed,
          today,
          ordinal: round * twoHouseholds.length + twoHouseholds.indexOf(plant),
        }),
      );
      return drafted[1]!;
    },
  };
  plant.edit(household, stage);
  for (const each of drafted) each.plant = plant.kind;
  return drafted;
}

type Place = { readonly index: number; readonly seed: number; readonly today: string; readonly ordinal: number };

function secondHousehold(first: Household, where: 'SAME_REGION' | 'OTHER_REGION', place: Place): Household {
  const random = randomOf(place.seed, place.index, SECOND);
  const here = (county: string) => county.startsWith(first.county.slice(0, 2));
  const homes = HOMES.filter(({ county }) => county !== first.county && here(county) === (where === 'SAME_REGION'));
  const { county } = random.pick(homes);
  const origin = { ...place, random, county, band: 'COMPANION', breadth: COMPANION_BREADTH } as const;
  const fileNumber = `${county}-${String(place.index + 1).padStart(7, '0')}B`;
  return draftHousehold(origin, { shape: 'COUPLE', secured: false, fileNumber });
}
