import { frauds } from './frauds';
import { nearDays } from './near-days';
import { nearLimits } from './near-limits';
import { registers } from './registers';
import { returned, secured } from './secured';
import { twoHouseholds } from './two-households';
import type { Plant } from './plant';

/** Every kind of planted household, in the order in which they are planted. A kind is a row of one of these tables. */
export const PLANTS: readonly Plant[] = [
  ...[...frauds, ...twoHouseholds, ...nearDays, ...nearLimits, ...registers],
  ...[...secured, ...returned],
];

/** Every so many households one is planted: all kinds within the first 700, about one in eleven altogether. */
export const PLANT_EVERY = Math.floor(700 / PLANTS.length);
