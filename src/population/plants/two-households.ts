import type { Household, Programme } from '../draft';
import { uuidOf } from '../random';
import { memberOf } from './edits';
import type { Plant, Stage } from './plant';

interface Elsewhere {
  readonly where: 'SAME_REGION' | 'OTHER_REGION';
  /** Last day of the parent's membership there; null = still a member. */
  readonly memberUntil: string | null;
  /** Last day of that household's entitlement; null = open, undefined = it has none. */
  readonly entitledUntil?: string | null;
}

const PROGRAMME: Programme = 'PUBLIC_RENTAL';

/** Lets the household's parent be, or have been, a member of a second household. The parent owns and earns nothing. */
function liveElsewhereToo(household: Household, stage: Stage, elsewhere: Elsewhere): readonly Household[] {
  const second = stage.secondHousehold(elsewhere.where);
  const { random } = stage;
  const human = memberOf(household, 'PARENT');
  const id = uuidOf(0, random);
  const from = second.registeredOn;
  second.members.push({ id, human, relation: 'OTHER', declaredName: human.name, from, to: elsewhere.memberUntil });
  if (elsewhere.entitledUntil !== undefined) {
    const until = elsewhere.entitledUntil;
    second.entitlements.push({ id: uuidOf(0, random), programme: PROGRAMME, since: from, until });
  }
  return [household, second];
}

/** People counted in two households, and what they hold there. Both households are judged. */
export const twoHouseholds: readonly Plant[] = [
  {
    kind: 'TWO_HOUSEHOLDS',
    shape: 'THREE_GENERATIONS',
    programme: PROGRAMME,
    edit(household, stage) {
      for (const { expected } of liveElsewhereToo(household, stage, { where: 'SAME_REGION', memberUntil: null })) {
        expected['RR-03'] = 'FAIL';
      }
    },
  },
  {
    kind: 'DOUBLE_BENEFIT_ELSEWHERE',
    shape: 'THREE_GENERATIONS',
    programme: 'RENTAL_SUBSIDY',
    edit(household, stage) {
      const elsewhere = { where: 'OTHER_REGION', memberUntil: null, entitledUntil: null } as const;
      for (const { expected } of liveElsewhereToo(household, stage, elsewhere)) {
        Object.assign(expected, { 'RR-03': 'FAIL', 'RR-04': 'FAIL' });
      }
    },
  },
  {
    kind: 'NEAR_ELSEWHERE_ENDS_TODAY',
    shape: 'WITH_PARENT',
    programme: 'LOW_RENT',
    edit(household, stage) {
      const elsewhere = { where: 'OTHER_REGION', memberUntil: stage.today, entitledUntil: stage.today } as const;
      for (const { expected } of liveElsewhereToo(household, stage, elsewhere)) {
        Object.assign(expected, { 'RR-03': 'FAIL', 'RR-04': 'FAIL' });
      }
    },
  },
  {
    kind: 'NEAR_ELSEWHERE_ENDED_YESTERDAY',
    shape: 'WITH_PARENT',
    programme: 'LOW_RENT',
    edit(household, stage) {
      const { yesterday } = stage;
      const elsewhere = { where: 'OTHER_REGION', memberUntil: yesterday, entitledUntil: yesterday } as const;
      liveElsewhereToo(household, stage, elsewhere);
    },
  },
];
