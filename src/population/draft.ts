/** A household as drafted: what the hub will hold of it, what the agencies will, and what a right judge must say. */

export type Programme = 'LOW_RENT' | 'PUBLIC_RENTAL' | 'AFFORDABLE_SALE' | 'PRICE_CAPPED_SALE' | 'RENTAL_SUBSIDY';
export type Relation = 'APPLICANT' | 'SPOUSE' | 'CHILD' | 'PARENT' | 'SIBLING' | 'OTHER';
export type Outcome = 'PASS' | 'FAIL' | 'CONTRADICTION' | 'INCONCLUSIVE' | 'NOT_APPLICABLE';
export type RuleCode =
  | 'RR-01'
  | 'RR-02'
  | 'RR-03'
  | 'RR-04'
  | 'RR-05'
  | 'RR-07'
  | 'RR-09'
  | 'RR-10'
  | 'RR-11'
  | 'RR-12'
  | 'RR-14'
  | 'RR-16'
  | 'RR-18'
  | 'RR-19'
  | 'RR-28'
  | 'RR-29'
  | 'RR-30'
  | 'RR-32'
  | 'RR-33'
  | 'RR-35';

/** 民政's record of a person. Fen, days. */
export interface CivilRecord {
  marriageStatus: 'UNMARRIED' | 'MARRIED' | 'WIDOWED' | 'DIVORCED';
  spouse: Human | null;
  deceasedOn: string | null;
  allowanceClass: 'NONE' | 'SUBSISTENCE' | 'MARGINAL';
  allowanceValidUntil: string | null;
  incomeClass: 'NONE' | 'LOW_INCOME' | 'LOWER_MIDDLE_INCOME';
  perHeadMonthlyFen: number | null;
  determinationValidUntil: string | null;
}

/** 公安's record of a person where it differs from the usual one, see writePolice. */
export interface PoliceRecord {
  /** As registered, where that is not the name everybody else knows. */
  name?: string;
  formerName?: string;
  /** County code; the household's own where left out. */
  place?: string;
  /** Since when there; since birth where left out. */
  since?: string;
  deceasedOn?: string;
  cancelledOn?: string;
  minorChildren: number;
}

/** One holder's share of a unit. `centiares` is the area in hundredths of a square metre (100 cm²), the register's own step. */
export interface Unit {
  readonly unitCode: string;
  readonly centiares: number;
  readonly areaKind: 'GROSS' | 'USABLE';
  readonly shareBp: number;
  readonly registeredOn: string;
}

export interface Vehicle {
  readonly brandModel: string;
  readonly priceFen: number | null;
  readonly status: 'NORMAL' | 'SCRAPPED';
  readonly firstRegisteredOn: string;
}

/** 公积金: contribution = wage × ratio exactly, so that the wage can be read back. */
export interface FundAccount {
  readonly wageFen: number;
  readonly ratioBp: number;
  readonly monthsPaid: number;
}

export interface Human {
  readonly id: string;
  /** 18 characters, normal form. */
  idNumber: string;
  readonly name: string;
  birthDate: string;
  readonly male: boolean;
  civil: CivilRecord;
  police: PoliceRecord;
  units: Unit[];
  vehicles: Vehicle[];
  account: FundAccount | null;
}

export interface Member {
  readonly id: string;
  readonly human: Human;
  readonly relation: Relation;
  declaredName: string;
  readonly from: string;
  readonly to: string | null;
}

export interface Entitlement {
  readonly id: string;
  readonly programme: Programme;
  readonly since: string;
  readonly until: string | null;
}

/** 违规名单: why somebody may not apply again for a while. */
export interface Bar {
  readonly id: string;
  readonly human: Human;
  readonly ground: 'FRAUD' | 'MISUSE';
  readonly returnedOn: string;
  liftedOn: string | null;
}

/** 巡查: what was seen of a dwelling's use, and what an officer found there; still open where nobody has been there. */
export interface Visit {
  readonly id: string;
  readonly kind: 'SUBLET' | 'LENT' | 'CHANGE_OF_USE' | 'VACANT';
  readonly seenFrom: string;
  readonly found: { readonly state: 'CONFIRMED' | 'FALSE_ALARM' | 'EXCUSED'; readonly on: string } | null;
}

export interface Household {
  readonly id: string;
  readonly caseId: string;
  readonly kind: 'APPLICATION' | 'RE_CHECK';
  readonly letterId: string;
  hasLetter: boolean;
  readonly county: string;
  readonly fileNumber: string;
  readonly registeredOn: string;
  readonly programme: Programme;
  submittedOn: string;
  declaredIncomeFen: number;
  members: Member[];
  readonly entitlements: Entitlement[];
  readonly bars: Bar[];
  readonly visits: Visit[];
  /** Earlier yearly reviews, and the days on which they were closed. */
  readonly reviews: { readonly id: string; readonly on: string }[];
  /** Whom this household brings into the hub; a guest from another household is a member here and no resident. */
  residents: Human[];
  /** Whom only the agencies know. */
  readonly outsiders: Human[];
  plant: string;
  readonly expected: Record<RuleCode, Outcome>;
}
