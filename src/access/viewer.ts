/** Roles of domain.md §2 that call the hub. What is not listed may nothing. */
export const ROLES = [
  'COMMUNITY_WORKER',
  'STREET_OFFICER',
  'COUNTY_HOUSING',
  'CITY_HOUSING',
  'REGION_HOUSING',
  'CIVIL_AFFAIRS',
  'POLICE',
  'FINANCE',
  'AUDITOR',
  'DISCIPLINE',
  'OPERATING_UNIT',
  'PARTNER_SYSTEM',
  'DASHBOARD',
  'APPLICANT_SELF',
] as const;
export type Role = (typeof ROLES)[number];

/** Who asks, from a verified token. `regions` is a set of codes, predecessors of recoded regions included, never a prefix. */
export interface Viewer {
  /** Stable identifier of the caller: token subject or partner client id. */
  readonly subject: string;
  /** Who vouches for an officer or citizen: names are each issuer's own. Of a partner system undefined: its id is the hub's. */
  readonly issuer?: string;
  readonly role: Role;
  /** Region code of the caller's office. */
  readonly office: string;
  readonly regions: readonly string[];
  /** Of a citizen: the hub's own id of the person it is (docs/decisions/0016). */
  readonly person?: string;
  /** A partner system's limits; undefined for officers. */
  readonly partner?: PartnerLimits;
}

/**
 * Who it is among all callers, for keys of what is somebody's own. A subject alone is not: an officer may be called like a
 * partner system, or like an officer of another issuer.
 */
export const principalOf = ({ role, issuer = '', subject }: Pick<Viewer, 'role' | 'issuer' | 'subject'>): string =>
  role === 'PARTNER_SYSTEM' ? `partner ${subject}` : `person ${encodeURI(issuer)} ${subject}`;

/** What a partner system may do in this request: what the grant of its registered document says, and nothing more. */
export interface PartnerLimits {
  readonly purposes: readonly string[];
  /** As `source.field`. */
  readonly fields: readonly string[];
  readonly allowance: Allowance;
  readonly scope: PartnerScope;
}

/** From which the regions of a partner's request are made: those granted, and of them what lies in the office its token names. */
export interface PartnerScope {
  readonly granted: readonly string[];
  /** Null where the token names none. */
  readonly office: string | null;
}

/** 共享授权 in use: under which grant persons are counted, and how many one request may reach. */
export interface Allowance {
  readonly grantId: string;
  /** Day whose budget is spent, 'YYYY-MM-DD' in Beijing. */
  readonly day: string;
  readonly rowCap: number;
  /** Persons this request has reached so far. */
  readonly reached: Set<string>;
}

/**
 * A live purpose: one case, one letter, one household. Resolved from `x-purpose` at each request, so that it dies with
 * the case or the letter (政务数据共享条例 art. 25: no use beyond the purpose).
 */
export interface PurposeGrant {
  readonly purpose: string;
  readonly caseId: string;
  readonly letterId: string;
  readonly householdId: string;
  readonly regionCode: string;
  /** Persons whom the letter covers. */
  readonly persons: ReadonlySet<string>;
  /** Sources that both the letter and the purpose name. */
  readonly sources: ReadonlySet<string>;
  /** Fields that the purpose names, as `source.field`. */
  readonly fields: ReadonlySet<string>;
}
