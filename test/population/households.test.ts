import fc from 'fast-check';
import { ageOn, isIdNumber, normaliseIdNumber, normaliseName } from '../../src/access/identity';
import { addYears } from '../../src/population/calendar';
import { activeMembers } from '../../src/population/household';
import { COUNTIES, HOMES, homeOf } from '../../src/population/homes';
import { households, householdsAt } from '../../src/population/households';
import { limitOf } from '../../src/population/law';
import { applicantOf } from '../../src/population/livelihood';
import { PLANT_EVERY, PLANTS } from '../../src/population/plants';
import { regionTable } from '../../src/store/region-table';
import { runSeed, seedProperties } from '../support/seed';

seedProperties();
const TODAY = '2026-11-22';
const draw = (count: number, seed = String(runSeed())) => [...households({ households: count, seed, today: TODAY })];
const people = draw(3000);
const humans = people.flatMap(({ residents }) => residents);
const regions = new Map(regionTable().map((entry) => [entry.code, entry]));

describe('the people of a population', () => {
  it('have valid numbers, each once, in their normal form, that tell their birth and sex', () => {
    const known = humans.concat(people.flatMap(({ outsiders }) => outsiders));
    expect(known.filter(({ idNumber }) => !isIdNumber(idNumber) || normaliseIdNumber(idNumber) !== idNumber)).toEqual(
      [],
    );
    expect(new Set(known.map(({ idNumber }) => idNumber)).size).toBe(known.length);
    const told = ({ idNumber, birthDate, male }: (typeof humans)[0]) =>
      idNumber.slice(6, 14) === birthDate.replaceAll('-', '') && (+idNumber[16]! % 2 === 1) === male;
    expect(known.filter((human) => !told(human))).toEqual([]);
  });

  it('were born in counties of both regions, some since abolished and none not yet named so, some numbers ending in X', () => {
    const codes = humans.map(({ idNumber }) => regions.get(idNumber.slice(0, 6)));
    expect(codes.filter((region) => region?.level !== 'COUNTY')).toEqual([]);
    expect(codes.filter((region) => region!.validTo !== null).length).toBeGreaterThan(100);
    const young = codes.filter(
      (region, i) => region!.validFrom > '1980-01-01' && humans[i]!.birthDate < region!.validFrom,
    );
    expect(young).toEqual([]);
    expect(humans.filter(({ idNumber }) => idNumber.endsWith('X')).length).toBeGreaterThan(100);
  });

  it('bear names that normalising leaves alone: with middle dots, rare and astral characters too', () => {
    expect(humans.filter(({ name }) => normaliseName(name) !== name)).toEqual([]);
    expect(humans.some(({ name }) => name.includes('·'))).toBe(true);
    expect(humans.some(({ name }) => [...name].length < name.length)).toBe(true);
  });

  it('are old enough for their place in the family, and married to each other', () => {
    for (const { members } of people) {
      const spouse = members.find(({ relation }) => relation === 'SPOUSE')?.human;
      if (spouse)
        expect([spouse.civil.spouse?.civil.spouse, spouse.male]).toEqual([spouse, !spouse.civil.spouse!.male]);
      for (const { relation, human } of members) {
        const age = ageOn(human.birthDate, TODAY);
        if (relation === 'CHILD') expect(age).toBeLessThan(18);
        if (relation === 'SPOUSE' || relation === 'PARENT') expect(age).toBeGreaterThanOrEqual(18);
      }
    }
  });
});

describe('the households of a population', () => {
  it('are exactly as many as wanted, of one to six members, in real counties of both regions', () => {
    expect(people).toHaveLength(3000);
    const residents = people.map((household) => household.residents.length);
    expect([Math.min(...residents), Math.max(...residents)]).toEqual([1, 6]);
    const homes = new Set(people.map(({ county }) => county));
    expect([...homes].every((county) => COUNTIES.includes(county))).toBe(true);
    expect(homes.size).toBe(COUNTIES.length);
    expect(new Set(people.map(({ id }) => id)).size).toBe(3000);
  });

  it('are the same for the same seed, others for another, and do not depend on how many there are', () => {
    const shape = (list: typeof people) =>
      list.map(({ id, fileNumber, residents }) => [id, fileNumber, residents.map((r) => r.idNumber)]);
    const again = fc.property(fc.string(), fc.integer({ min: 1, max: 60 }), (seed, count) => {
      const [few, more] = [shape(draw(count, seed)), shape(draw(count + 40, seed))];
      expect(shape(draw(count, seed))).toEqual(few);
      expect(more.slice(0, count - 1)).toEqual(few.slice(0, count - 1));
      expect(shape(draw(count, `${seed}!`))).not.toEqual(few);
    });
    fc.assert(again, { numRuns: 20 });
  });

  it('hold every kind of plant among the first 700, about one household in eleven', () => {
    const kinds = new Set(draw(700).map(({ plant }) => plant));
    expect(PLANTS.filter(({ kind }) => !kinds.has(kind))).toEqual([]);
    expect(new Set(PLANTS.map(({ kind }) => kind)).size).toBe(PLANTS.length);
    expect(people.filter(({ plant }) => plant !== 'CLEAN').length / people.length).toBeLessThan(0.11);
  });

  it('fill every home in turn, and every kind of plant comes to all of them: the cycles have no common factor', () => {
    const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
    expect(divisor(HOMES.length, PLANT_EVERY * PLANTS.length)).toBe(1);
    const first = HOMES.map((_, index) => homeOf(index));
    expect(new Set(first.map(({ county, place }) => `${county}/${place}`)).size).toBe(HOMES.length);
  });

  it('are clean where nothing was planted, on any day', () => {
    const day = fc.date({ min: new Date('2024-01-01'), max: new Date('2036-12-31'), noInvalidDate: true });
    const clean = fc.property(fc.nat({ max: 2_000_000 }), day, (index, at) => {
      const today = at.toISOString().slice(0, 10);
      const household = householdsAt(index, runSeed(), today)[0]!;
      if (household.plant !== 'CLEAN') return;
      const { expected, county, programme, submittedOn, members } = household;
      expect(Object.values(expected).every((outcome) => outcome === 'PASS' || outcome === 'NOT_APPLICABLE')).toBe(true);
      const { birthDate, civil } = applicantOf(household);
      expect(ageOn(birthDate, submittedOn)).toBeGreaterThanOrEqual(18);
      expect(civil.perHeadMonthlyFen).toBeLessThan(limitOf('income.per-head-monthly-fen', county, programme));
      expect(activeMembers(household, today)).toHaveLength(members.length);
    });
    fc.assert(clean, { numRuns: 1000 });
  });

  it('near misses of age fall on the right side, also when today is 29 February', () => {
    for (const today of ['2026-11-22', '2028-02-28', '2028-02-29', '2028-03-01', '2027-02-28', '2027-03-01']) {
      const ages = new Map<string, number[]>();
      for (const { plant, submittedOn, members } of households({ households: 500, seed: 'age', today })) {
        ages.set(plant, [...(ages.get(plant) ?? []), ageOn(members[0]!.human.birthDate, submittedOn)]);
      }
      expect(ages.get('NEAR_EIGHTEEN_TODAY')).toEqual([18]);
      expect(ages.get('NEAR_EIGHTEEN_TOMORROW')).toEqual([17]);
      expect(ages.get('MINOR_APPLICANT')).toEqual([17]);
    }
    expect(addYears('2028-02-29', -18)).toBe('2010-02-28');
  });
});

it('no two people share a number where indexes are far apart, up to two million households', () => {
  const numbers: string[] = [];
  for (const from of [0, 499_000, 999_000, 1_999_000]) {
    for (let index = from; index < from + 3000; index++) {
      for (const { residents, outsiders } of householdsAt(index, runSeed(), TODAY)) {
        for (const { idNumber } of [...residents, ...outsiders]) numbers.push(idNumber);
      }
    }
  }
  expect(new Set(numbers).size).toBe(numbers.length);
});
