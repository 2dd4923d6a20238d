import { deny } from 'graphql-shield';
import type { Role } from '../../src/access/viewer';
import { allow, allowEveryRole } from '../permission';

const OFFICERS: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'];
const OVERSEERS: Role[] = ['AUDITOR', 'DISCIPLINE'];

/** Who takes applications in (domain.md §3): residents' committee or street office, or the offices above. */
const CLERKS: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'];

/** Who settles whether two persons are one: whoever's office has both. */
const SCREENERS: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'];

/** Who may ask `housing` what. A dashboard reads nothing personal; a citizen's own file comes with applications. */
export const permissions = {
  Query: {
    '*': deny,
    household: allow(...OFFICERS, ...OVERSEERS, 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'),
    households: allow(...OFFICERS, ...OVERSEERS, 'CIVIL_AFFAIRS'),
    person: allow(...OFFICERS, ...OVERSEERS, 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'),
    identityMatches: allow(...SCREENERS),
    region: allowEveryRole,
    regions: allowEveryRole,
  },
  Mutation: {
    '*': deny,
    openCase: allow(...CLERKS),
    closeCase: allow('COUNTY_HOUSING', 'CITY_HOUSING'),
    barReapplication: allow('COUNTY_HOUSING', 'CITY_HOUSING'),
    liftReapplicationBar: allow('CITY_HOUSING', 'REGION_HOUSING'),
    reviewIdentityMatch: allow(...SCREENERS),
    importHouseholds: allow('COUNTY_HOUSING', 'CITY_HOUSING'),
  },
};
