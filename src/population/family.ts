import { addYears } from './calendar';
import type { CivilRecord, Human, Member, Relation } from './draft';
import { neighbourOf } from './homes';
import { familyName, personName, type FamilyName } from './names';
import { bear, type Cradle } from './numbers';
import { uuidOf, type Random } from './random';
import { SHAPES, type Shape } from './shapes';

/** Generations do not overlap in years of birth: numbers are counted within each. */
const GENERATIONS = {
  ELDER: { relations: ['PARENT'], ages: [60, 85], turn: 15_013 },
  ADULT: { relations: ['APPLICANT', 'SPOUSE', 'SIBLING'], ages: [25, 57], turn: 0 },
  CHILD: { relations: ['CHILD'], ages: [2, 16], turn: 7_919 },
} as const;
/** Age at which a spouse from the neighbouring county was registered here. */
const MARRIED_AT = 20;
const generationOf = (relation: Relation) =>
  Object.values(GENERATIONS).find(({ relations }) => (relations as readonly Relation[]).includes(relation))!;

/** Where a family comes from. */
export interface Origin {
  readonly index: number;
  readonly seed: number;
  readonly today: string;
  readonly random: Random;
  readonly county: string;
  readonly band: 'LOCAL' | 'COMPANION';
  /** Which family of its band it is. */
  readonly ordinal: number;
  /** People of one generation it may have. */
  readonly breadth: number;
}

/** The members of a family, registered from that day; married couples are registered with each other. */
export function raiseFamily(shape: Shape, from: string, origin: Origin): Member[] {
  const { random, index, county } = origin;
  const family = familyName(county.slice(0, 2) as '15' | '45', random);
  const applicantMale = random.chance(0.55);
  const seats = new Map<object, number>();
  const members = (['APPLICANT', ...SHAPES[shape]] as Relation[]).map((relation): Member => {
    const seat = seats.get(generationOf(relation)) ?? 0;
    seats.set(generationOf(relation), seat + 1);
    const human = raise(relation, seat, sexOf(relation, seat, applicantMale, random), family, origin);
    return { id: uuidOf(index, random), human, relation, declaredName: human.name, from, to: null };
  });
  wed(members, random);
  beget(members);
  return members;
}

function sexOf(relation: Relation, seat: number, applicantMale: boolean, random: Random): boolean {
  if (relation === 'APPLICANT') return applicantMale;
  if (relation === 'SPOUSE') return !applicantMale;
  return relation === 'PARENT' ? seat === 0 : random.chance(0.5);
}

function raise(relation: Relation, seat: number, male: boolean, family: FamilyName, origin: Origin): Human {
  const { random, index, today } = origin;
  const { ages } = generationOf(relation);
  const year = +today.slice(0, 4) - random.int(ages[0], ages[1]);
  const marriedIn = relation === 'SPOUSE' ? familyName(origin.county.slice(0, 2) as '15' | '45', random) : family;
  const id = uuidOf(index, random);
  const cradle = cradleOf(relation, seat, origin);
  const birth = bear(cradle, year, male);
  return {
    id,
    ...birth,
    name: personName(marriedIn, random),
    male,
    civil: unmarried(),
    police: { minorChildren: 0, ...(cradle.band === 'NEIGHBOUR' && { since: addYears(birth.birthDate, MARRIED_AT) }) },
    units: [],
    vehicles: [],
    account: null,
  };
}

function cradleOf(relation: Relation, seat: number, { random, band, ordinal, breadth, county, seed }: Origin): Cradle {
  const turn = seed + generationOf(relation).turn;
  if (band === 'LOCAL' && relation === 'SPOUSE' && random.chance(0.4)) {
    return { band: 'NEIGHBOUR', county: neighbourOf(county), count: ordinal, turn };
  }
  return { band, county, count: ordinal * breadth + seat, turn };
}

const unmarried = (): CivilRecord => ({
  marriageStatus: 'UNMARRIED',
  spouse: null,
  deceasedOn: null,
  allowanceClass: 'NONE',
  allowanceValidUntil: null,
  incomeClass: 'NONE',
  perHeadMonthlyFen: null,
  determinationValidUntil: null,
});

function wed(members: readonly Member[], random: Random): void {
  const who = (relation: Relation) =>
    members.filter((member) => member.relation === relation).map(({ human }) => human);
  const [applicant, spouse] = [...who('APPLICANT'), ...who('SPOUSE')];
  if (spouse) couple(applicant!, spouse);
  else
    applicant!.civil.marriageStatus = random.weighted([
      ['UNMARRIED', 3],
      ['DIVORCED', 2],
      ['WIDOWED', 1],
    ] as const);
  const [father, mother] = who('PARENT');
  if (father && mother) couple(father, mother);
  else if (father) father.civil.marriageStatus = 'WIDOWED';
}

/** The register knows the children of the household as those of its couple, all of them minors. */
function beget(members: readonly Member[]): void {
  const minorChildren = members.filter(({ relation }) => relation === 'CHILD').length;
  for (const { relation, human } of members) {
    if (relation === 'APPLICANT' || relation === 'SPOUSE') human.police.minorChildren = minorChildren;
  }
}

function couple(one: Human, other: Human): void {
  Object.assign(one.civil, { marriageStatus: 'MARRIED', spouse: other });
  Object.assign(other.civil, { marriageStatus: 'MARRIED', spouse: one });
}
