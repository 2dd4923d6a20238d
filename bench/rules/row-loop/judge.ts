import { ageOn, normaliseName } from '../../../src/access/identity';
import { TODAY } from '../made-up/dice';
import type { NumberOf } from './numbers';
import type { HouseholdAtHand, Person } from './read';

/*
 * The first ten rules of the registry written a second time, as anyone would write them in a loop over rows. Unknown is null.
 * Nothing here comes from the rules themselves: equal counts prove both.
 */

type Known = boolean | null;
export interface Verdict {
  readonly outcome: string;
  readonly observed: number | null;
  readonly threshold: number | null;
}

export interface Law {
  readonly numberOf: NumberOf;
  readonly successors: ReadonlyMap<string, string>;
}

const and = (one: Known, other: Known): Known => (one === false || other === false ? false : one && other);
const or = (one: Known, other: Known): Known =>
  one === true || other === true ? true : one === null || other === null ? null : false;
const not = (one: Known): Known => (one === null ? null : !one);
const all = (tests: readonly Known[]): Known => tests.reduce<Known>(and, tests.length === 0 ? null : true);
const any = (tests: readonly Known[]): Known => tests.reduce<Known>(or, tests.length === 0 ? null : false);
const sum = (items: readonly (number | null)[]): number | null =>
  items.reduce((total, item) => (total === null || item === null ? null : total + item), 0);

const NOT_APPLICABLE: Verdict = { outcome: 'NOT_APPLICABLE', observed: null, threshold: null };
function verdict(
  holds: Known,
  observed: number | null,
  threshold: number | null | undefined,
  onFalse = 'FAIL',
): Verdict {
  const outcome = holds === null ? 'INCONCLUSIVE' : holds ? 'PASS' : onFalse;
  return { outcome, observed, threshold: threshold ?? null };
}
const compare = (
  one: number | null | undefined,
  other: number | null | undefined,
  test: (one: number, other: number) => boolean,
): Known => (one === null || one === undefined || other === null || other === undefined ? null : test(one, other));

const said = (person: Person, source: string) => person.answers[source];
const dayOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

type Judge = (household: HouseholdAtHand, law: Law) => Verdict;

const adult: Judge = (household, { numberOf }) => {
  if (household.kind !== 'APPLICATION') return NOT_APPLICABLE;
  const limit = numberOf('adult-age.years', household.region, household.programme);
  const applicant = household.members.find(({ id }) => id === household.applicantId);
  const age = applicant ? ageOn(applicant.birthDate, household.submittedOn) : null;
  return verdict(
    compare(age, limit, (one, other) => one >= other),
    age,
    limit,
  );
};

const genuine: Judge = ({ members }) => {
  const tests = members.map(
    (person): { holds: Known; differs: boolean; living: Known; match: unknown; found: Known } => {
      const answer = said(person, 'police');
      const alike =
        person.declaredName === person.name || normaliseName(person.declaredName) === normaliseName(person.name);
      const match = answer?.value.nameMatch;
      const asked = answer?.found && ['deceasedOn', 'cancelledOn'].every((field) => answer.fields.includes(field));
      const past = (day: string | null) => day !== null && day <= TODAY;
      const living = asked ? !past(dayOf(answer.value.deceasedOn)) && !past(dayOf(answer.value.cancelledOn)) : null;
      const agreed = alike && (match === 'EXACT' || match === 'SPELLING') ? true : null;
      return { holds: and(agreed, living), differs: !alike, living, match, found: answer ? answer.found : null };
    },
  );
  const holds = all(tests.map((test) => test.holds));
  const count = (test: (each: (typeof tests)[0]) => boolean) => tests.filter(test).length;
  const [former, unrecorded] = [count(({ match }) => match === 'FORMER'), count(({ found }) => found === false)];
  const different = count(({ differs }) => differs);
  const observed =
    holds === false
      ? count(({ living }) => living === false)
      : different > 0
        ? different
        : former > 0
          ? former
          : unrecorded > 0
            ? unrecorded
            : holds
              ? count(({ match }) => match === 'SPELLING')
              : null;
  return verdict(holds, observed, 0, 'CONTRADICTION');
};

const nobody = (persons: number): Verdict => verdict(persons === 0, persons, 0);
const oneFile: Judge = ({ members }) => nobody(members.filter(({ elsewhere }) => elsewhere > 0).length);
const oneBenefit: Judge = ({ id, kind, programme, members }) =>
  nobody(
    members.filter(({ benefits }) =>
      benefits.some(
        (benefit) => !(kind !== 'APPLICATION' && benefit.householdId === id && benefit.programme === programme),
      ),
    ).length,
  );

const local: Judge = (household, { numberOf, successors }) => {
  const { region, programme, members, applicantId } = household;
  const [years, digits, admitted] = ['hukou.years', 'hukou.local-code-digits', 'hukou.non-local-admitted'].map((code) =>
    numberOf(code, region, programme),
  );
  const applicant = members.find(({ id }) => id === applicantId);
  const answer = applicant && said(applicant, 'police');
  const place = dayOf(answer?.value.hukouPlace);
  const here = answer
    ? answer.found
      ? (successors.get(place!) ?? place!).slice(0, digits) === region.slice(0, digits)
      : false
    : null;
  const applies = or(
    here,
    compare(admitted, 0, (one, other) => one === other),
  );
  if (applies === false) return NOT_APPLICABLE;
  const lived = answer?.found ? ageOn(String(answer.value.hukouSince), TODAY) : null;
  const holds = and(
    here,
    compare(lived, years, (one, other) => one >= other),
  );
  return verdict(applies === null ? null : holds, here ? lived : null, years);
};

const crowded: Judge = ({ region, programme, members }, { numberOf }) => {
  const limit = numberOf('housing.per-head-area-cm2', region, programme);
  const owned = sum(
    members.map((person) => {
      const answer = said(person, 'property');
      return answer ? (answer.found ? (answer.value.ownedAreaCm2 as number) : 0) : null;
    }),
  );
  const perHead = owned === null ? null : Math.floor(owned / members.length);
  return verdict(
    compare(perHead, limit, (one, other) => one < other),
    perHead,
    limit,
  );
};

const poor: Judge = ({ region, programme, members, applicantId }, { numberOf }) => {
  const limit = numberOf('income.per-head-monthly-fen', region, programme);
  const applicant = members.find(({ id }) => id === applicantId);
  const answer = applicant && said(applicant, 'civil-affairs');
  const { allowanceClass, allowanceValidUntil, perHeadMonthlyFen, determinationValidUntil } = answer?.value ?? {};
  const inForce = (until: unknown): Known => (dayOf(until) === null ? null : dayOf(until)! >= TODAY);
  const recognised = !answer ? null : !answer.found || allowanceClass === 'NONE' ? false : inForce(allowanceValidUntil);
  const perHead = inForce(determinationValidUntil) ? (perHeadMonthlyFen as number | null) : null;
  return verdict(
    or(
      recognised,
      compare(perHead, limit, (one, other) => one <= other),
    ),
    perHead,
    limit,
  );
};

const plausible: Judge = ({ region, programme, members, declaredFen }, { numberOf }) => {
  const limit = numberOf('income.deviation-bp', region, programme);
  const answers = members.map((person) => said(person, 'provident-fund'));
  const account = any(answers.map((answer) => (answer ? answer.found : null)));
  if (account === false) return NOT_APPLICABLE;
  const wages = sum(
    answers.map((answer) => {
      if (!answer) return null;
      return answer.found
        ? Math.floor(((answer.value.monthlyContributionFen as number) * 10_000) / (answer.value.ratioBp as number))
        : 0;
    }),
  );
  const off = wages === null || declaredFen === null ? null : Math.abs(wages - declaredFen);
  const holds =
    off === null
      ? null
      : compare(off * 10_000, limit === undefined ? null : limit * declaredFen!, (one, other) => one <= other);
  return verdict(
    account === null ? null : holds,
    off === null || !declaredFen ? null : Math.ceil((off * 10_000) / declaredFen),
    limit,
    'CONTRADICTION',
  );
};

const modest: Judge = ({ region, programme, members }, { numberOf }) => {
  if (programme !== 'LOW_RENT') return NOT_APPLICABLE;
  const limit = numberOf('high-end-vehicle.price-fen', region, programme);
  const worths = members.map((person) => {
    const answer = said(person, 'vehicle');
    const dearest = answer?.found ? (answer.value.dearestVehicleFen as number | null) : null;
    const priced = answer ? !answer.found || answer.value.unpricedVehicles === 0 : null;
    const none =
      answer && (!answer.found || (dearest === null && priced && answer.fields.includes('dearestVehicleFen')));
    return { worth: none ? 0 : dearest, priced };
  });
  const dear = any(
    worths.map(({ worth, priced }) =>
      or(
        compare(worth, limit, (one, other) => one > other),
        priced ? false : null,
      ),
    ),
  );
  const known = worths.flatMap(({ worth }) => (worth === null ? [] : [worth]));
  return verdict(not(dear), dear === null || known.length === 0 ? null : Math.max(...known), limit);
};

const covered: Judge = ({ region, programme, members, letterId }, { numberOf }) => {
  const limit = numberOf('adult-age.years', region, programme)!;
  const tests = members.map(({ birthDate, signature }) =>
    letterId === null || signature === null
      ? false
      : signature === (ageOn(birthDate, TODAY) < limit ? 'GUARDIAN' : 'SELF'),
  );
  return verdict(all(tests), tests.filter((test) => !test).length, 0);
};

/** By code, in the order of the registry. */
export const JUDGES: Readonly<Record<string, Judge>> = {
  ...{ 'RR-01': adult, 'RR-02': genuine, 'RR-03': oneFile, 'RR-04': oneBenefit, 'RR-05': local },
  ...{ 'RR-07': crowded, 'RR-09': poor, 'RR-10': plausible, 'RR-12': modest, 'RR-14': covered },
};
