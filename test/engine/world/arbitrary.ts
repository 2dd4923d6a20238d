import fc from 'fast-check';
import { civil, fund, notFound, police, property, vehicle } from './families';
import { spouseNumber, SOURCES, type AnswerPlan, type HouseholdPlan, type MemberPlan, type Source } from './plan';

/** Answers that may not decide. */
export const unknownAnswer: fc.Arbitrary<AnswerPlan | undefined> = fc.constantFrom<(AnswerPlan | undefined)[]>(
  undefined,
  { status: 'UNAVAILABLE', retryAt: new Date('2026-11-23T00:00:00Z') },
  { status: 'PENDING', dueAt: new Date('2026-12-01T00:00:00Z') },
  { status: 'REFUSED' },
  { status: 'AMBIGUOUS' },
  { status: 'CONFLICT' },
  { status: 'IN_DOUBT' },
  { ...notFound, covered: false },
  { ...notFound, ageInDays: 31 },
  { ...vehicle(100), ageInDays: 400 },
);

/** Near the limits on both sides, so that all verdicts occur. */
const cm2 = fc.constantFrom(0, 129_999, 130_000, 260_000, 400_000, 900_000);
const price = fc.constantFrom(null, 1, 15_000_000, 15_000_001, 90_000_000);
const since = fc.constantFrom('2015-06-01', '2020-01-01', '2020-01-02');
const day = fc.constantFrom(null, '2026-11-21', '2026-11-22', '2027-05-01');

const civilAnswer = (size: number): fc.Arbitrary<AnswerPlan> =>
  fc
    .record({
      marriageStatus: fc.constantFrom('UNMARRIED', 'MARRIED', 'WIDOWED', 'DIVORCED', 'NOT_STATED'),
      spouse: fc.constantFrom<(number | 'STRANGER' | null)[]>(null, 'STRANGER', size - 1),
      deceasedOn: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: day }),
      allowanceClass: fc.constantFrom('NONE', 'SUBSISTENCE', 'MARGINAL'),
      allowanceValidUntil: day,
      perHeadMonthlyFen: fc.constantFrom(null, 0, 150_000, 150_001, 300_001),
      determinationValidUntil: day,
    })
    .map(({ spouse, ...facts }) => civil({ ...facts, spouseIdNumber: spouse === null ? null : spouseNumber(spouse) }));

const ended = fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: day });
const policeAnswer: fc.Arbitrary<AnswerPlan> = fc
  .record({
    nameMatch: fc.constantFrom('EXACT', 'EXACT', 'EXACT', 'SPELLING', 'FORMER'),
    hukouPlace: fc.constantFrom('150426', '150402', '450102', '110101'),
    hukouSince: fc.constantFrom('2010-01-01', '2019-12-31', '2023-11-22', '2023-11-23'),
    deceasedOn: ended,
    cancelledOn: ended,
    minorChildren: fc.constantFrom(0, 0, 1),
  })
  .map(police);

const answersOf = (size: number): fc.Arbitrary<Partial<Record<Source, AnswerPlan>>> =>
  fc.record({
    property: fc.oneof(
      fc.tuple(cm2, since).map(([area, day]) => property(area, day)),
      fc.constant(notFound),
    ),
    vehicle: fc.oneof(
      fc.tuple(price, fc.constantFrom(0, 0, 1), since).map(([fen, unpriced, day]) => vehicle(fen, unpriced, day)),
      fc.constant(notFound),
    ),
    'provident-fund': fc.oneof(
      fc.constantFrom(10_000, 40_000, 44_000, 44_001).map((fen) => fund(fen)),
      fc.constant(notFound),
    ),
    'civil-affairs': fc.oneof(
      { weight: 5, arbitrary: civilAnswer(size) },
      { weight: 1, arbitrary: fc.constant(notFound) },
    ),
    police: fc.oneof({ weight: 9, arbitrary: policeAnswer }, { weight: 1, arbitrary: fc.constant(notFound) }),
  });

const member = (size: number, place: number): fc.Arbitrary<MemberPlan> =>
  fc.record({
    relation:
      place === 0
        ? fc.constant('APPLICANT' as const)
        : fc.constantFrom('SPOUSE' as const, 'CHILD' as const, 'PARENT' as const),
    birthDate: fc.constantFrom('1960-01-01', '1985-07-07', '2008-11-22', '2008-11-23', '2020-02-29'),
    name: fc.constant('甲'),
    declaredName: fc.constantFrom('甲', '甲', '甲', '乙'),
    signature: fc.constantFrom('SELF' as const, 'SELF' as const, 'GUARDIAN' as const, null),
    answers: answersOf(size),
  });

const members = fc
  .integer({ min: 1, max: 4 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, place) => member(size, place))));

const inspected = (kind: string, state: string) => ({
  ...{ kind, state, seenFrom: '2026-01-01' },
  inspectedOn: state === 'OPEN' ? null : '2026-11-01',
});

/** Households in which anything may be wrong, every source having answered. */
export const household: fc.Arbitrary<HouseholdPlan> = fc.record({
  regionCode: fc.constantFrom('150426', '150402', '450102'),
  kind: fc.constantFrom('APPLICATION' as const, 'ANNUAL_REVIEW' as const),
  programme: fc.constantFrom('LOW_RENT' as const, 'PUBLIC_RENTAL' as const),
  submittedOn: fc.constant('2026-10-08'),
  declaredIncomeFen: fc.constantFrom(null, 0, 100_000, 400_000, 800_000),
  letter: fc.constant({ signedOn: '2026-10-08', validUntil: '2027-10-07' }),
  members,
  bars: fc.constantFrom(...[[], [], [{ member: 0, returnedOn: '2020-01-01', liftedOn: null }]], [
    { member: 0, returnedOn: '2024-01-01', liftedOn: null },
  ]),
  inspections: fc
    .tuple(
      fc.constantFrom('SUBLET', 'LENT'),
      fc.constantFrom(null, 'OPEN', 'CONFIRMED', 'FALSE_ALARM'),
      fc.constantFrom(null, 'OPEN', 'CONFIRMED', 'EXCUSED'),
    )
    .map(([kind, misuse, vacancy]) => [
      ...(misuse === null ? [] : [inspected(kind, misuse)]),
      ...(vacancy === null ? [] : [inspected('VACANT', vacancy)]),
    ]),
  entitlements: fc.constantFrom(
    [],
    [{ programme: 'LOW_RENT', since: '2020-01-01', until: null }],
    [{ programme: 'LOW_RENT', since: '2026-06-01', until: null }],
  ),
});

/** The same household with some of its answers turned into unknowns: at least one. */
export function degraded(plan: HouseholdPlan): fc.Arbitrary<HouseholdPlan> {
  const slots = plan.members.flatMap((_, place) => SOURCES.map((source) => ({ place, source })));
  return fc
    .subarray(slots, { minLength: 1 })
    .chain((hit) =>
      fc.tuple(fc.constant(hit), fc.array(unknownAnswer, { minLength: hit.length, maxLength: hit.length })),
    )
    .map(([hit, unknowns]) => ({
      ...plan,
      members: plan.members.map((each, place) => {
        const lost = hit.map((slot, i) => [slot, unknowns[i]] as const).filter(([slot]) => slot.place === place);
        return {
          ...each,
          answers: { ...each.answers, ...Object.fromEntries(lost.map(([{ source }, answer]) => [source, answer])) },
        };
      }),
    }));
}
