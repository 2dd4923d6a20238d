import type { Household, Human, Relation } from '../draft';
import { applicantOf, unit } from '../livelihood';
import type { Stage } from './plant';

export const COMING_OF_AGE = 18;

export function memberOf({ members }: Household, wanted: Relation): Human {
  return members.find(({ relation }) => relation === wanted)!.human;
}

const SHARE_BP = 3700;

/**
 * Makes the applicant own exactly this area in cm². The register knows areas in steps of 100 cm² and shares in basis
 * points: 37 % of one flat supplies the odd part (37 and 100 have no common factor), a whole small one the rest.
 */
export function ownExactly(household: Household, areaCm2: number, { today, random }: Stage): void {
  for (const { human } of household.members) human.units = [];
  const shareOf = (centiares: number) => (centiares * SHARE_BP) / 100;
  let shared = 2000;
  while ((areaCm2 - shareOf(shared)) % 100 !== 0) shared++;
  const whole = (areaCm2 - shareOf(shared)) / 100;
  const flat = { ...unit(household.county, shared, today, random), shareBp: SHARE_BP };
  applicantOf(household).units.push(flat, unit(household.county, whole, today, random));
}
