import { spouseNumber, type AnswerPlan, type HouseholdPlan, type MemberPlan } from './plan';

const found = (value: Readonly<Record<string, unknown>>): AnswerPlan => ({ status: 'FOUND', value });
export const notFound: AnswerPlan = { status: 'NOT_FOUND' };

/** What civil affairs says of a person about whom there is nothing to say. */
export const unremarkable = {
  marriageStatus: 'UNMARRIED',
  spouseIdNumber: null,
  spouseName: null,
  deceasedOn: null,
  allowanceClass: 'NONE',
  allowanceValidUntil: null,
  incomeClass: 'LOW_INCOME',
  perHeadMonthlyFen: 100_000,
  determinationValidUntil: '2027-06-30',
} as const;

/** One whole unit of that area, registered that day; none where the area is 0. */
export const property = (ownedAreaCm2: number, registeredOn = '2015-06-01') =>
  found({ units: ownedAreaCm2 > 0 ? [{ areaCm2: ownedAreaCm2, shareBp: 10_000, registeredOn }] : [], ownedAreaCm2 });

/** One priced vehicle where there is a price, and those without one, all first registered that day. */
export const vehicle = (dearestVehicleFen: number | null, unpricedVehicles = 0, firstRegisteredOn = '2015-06-01') =>
  found({
    vehicles: [
      ...(dearestVehicleFen === null ? [] : [dearestVehicleFen]),
      ...Array.from({ length: unpricedVehicles }, () => null),
    ].map((priceFen) => ({ priceFen, firstRegisteredOn, status: 'NORMAL' })),
    dearestVehicleFen,
    unpricedVehicles,
  });
export const civil = (facts: Readonly<Record<string, unknown>> = {}) => found({ ...unremarkable, ...facts });
export const fund = (monthlyContributionFen: number, ratioBp = 1000) =>
  found({ accountStatus: 'ACTIVE', monthlyContributionFen, ratioBp });

/** What the police say of a person about whom there is nothing to say. */
export const registered = {
  nameMatch: 'EXACT',
  hukouPlace: '150426',
  hukouKind: 'HOUSEHOLD',
  hukouSince: '2010-01-01',
  deceasedOn: null,
  cancelledOn: null,
  minorChildren: 0,
} as const;
export const police = (facts: Readonly<Record<string, unknown>> = {}) => found({ ...registered, ...facts });

const none = {
  property: notFound,
  vehicle: notFound,
  'provident-fund': notFound,
  'civil-affairs': civil(),
  police: police(),
};

export const applicant: MemberPlan = {
  relation: 'APPLICANT',
  birthDate: '1980-05-01',
  name: '张三',
  signature: 'SELF',
  answers: none,
};
export const spouse: MemberPlan = {
  relation: 'SPOUSE',
  birthDate: '1982-03-08',
  name: '李四',
  signature: 'SELF',
  answers: { ...none, 'civil-affairs': civil({ marriageStatus: 'MARRIED', spouseIdNumber: spouseNumber(0) }) },
};
export const child: MemberPlan = {
  relation: 'CHILD',
  birthDate: '2015-09-10',
  name: '张小',
  signature: 'GUARDIAN',
  answers: none,
};

const falseAlarm = { seenFrom: '2026-10-01', inspectedOn: '2026-11-01', state: 'FALSE_ALARM' } as const;

/** The parts of a clean family under low-rent security since that day, in a review; what was said of it was not so. */
export const securedSince = (since: string) =>
  ({
    kind: 'ANNUAL_REVIEW',
    entitlements: [{ programme: 'LOW_RENT', since, until: null }],
    inspections: [
      { ...falseAlarm, kind: 'SUBLET' },
      { ...falseAlarm, kind: 'VACANT' },
    ],
  }) as const;

/** A couple with a child against whom nothing speaks: 4,000 yuan declared and earned, 36 m² for three, no vehicle. */
export const cleanFamily: HouseholdPlan = {
  regionCode: '150426',
  kind: 'APPLICATION',
  programme: 'LOW_RENT',
  submittedOn: '2026-10-08',
  declaredIncomeFen: 400_000,
  letter: { signedOn: '2026-10-08', validUntil: '2027-10-07' },
  members: [
    {
      ...applicant,
      answers: {
        property: property(360_000),
        vehicle: vehicle(8_000_000),
        'provident-fund': fund(40_000),
        'civil-affairs': civil({ marriageStatus: 'MARRIED', spouseIdNumber: spouseNumber(1) }),
        police: police({ minorChildren: 1 }),
      },
    },
    spouse,
    child,
  ],
};
