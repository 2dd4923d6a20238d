import { deny } from 'graphql-shield';
import type { Role } from '../../src/access/viewer';
import { allow, allowEveryRole } from '../permission';

const OFFICERS: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'];
const OVERSEERS: Role[] = ['AUDITOR', 'DISCIPLINE'];
/** Who takes letters in (domain.md §3): residents' committee or street office, or the offices above. */
const CLERKS: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'];

/** Who decides (domain.md §3): the last review is the county's, or the city's above a district. */
const DECIDERS: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING'];

/** A partner system's tasks are its own affair: those here are for officers, and for who oversees them. */
export const TASK_READERS: readonly Role[] = [...OFFICERS, ...OVERSEERS, 'CIVIL_AFFAIRS'];

/** Who may ask `sharing` what. A partner system reads and asks for cross-checks; it makes no letters, but may use one. */
export const permissions = {
  Query: {
    '*': deny,
    letter: allow(...OFFICERS, ...OVERSEERS, 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'),
    purposes: allowEveryRole,
    parameters: allowEveryRole,
    accessesTo: allow(...OVERSEERS, 'APPLICANT_SELF'),
    auditHead: allow(...OVERSEERS),
    inclusionProof: allow(...OVERSEERS),
    consistencyProof: allow(...OVERSEERS),
    crossCheck: allow(...OFFICERS, ...OVERSEERS, 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'),
    evidenceTasks: allow(...TASK_READERS),
    reviewCampaign: allow(...TASK_READERS),
    annualReviews: allow(...TASK_READERS),
    inspections: allow(...OFFICERS, ...OVERSEERS),
    violations: allow(...OFFICERS, ...OVERSEERS),
    signalRecord: allow(...OFFICERS, ...OVERSEERS),
    exitCases: allow(...TASK_READERS),
    detectionFindings: allow(...DECIDERS, 'REGION_HOUSING', ...OVERSEERS),
    rectifications: allow(...DECIDERS, 'REGION_HOUSING', ...OVERSEERS),
    changes: allow(...DECIDERS, 'REGION_HOUSING', ...OVERSEERS),
    changeWatch: allow(...DECIDERS, 'REGION_HOUSING', ...OVERSEERS),
    overdueAnswers: allow('COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', ...OVERSEERS),
  },
  Mutation: {
    '*': deny,
    addEvidence: allow(...CLERKS),
    confirmEvidence: allow(...DECIDERS),
    rejectEvidence: allow(...DECIDERS),
    withdrawEvidence: allow(...CLERKS),
    contestFact: allow(...CLERKS),
    withdrawContest: allow(...CLERKS),
    decide: allow(...DECIDERS),
    openReviewCampaign: allow('COUNTY_HOUSING', 'CITY_HOUSING'),
    checkReviews: allow('COUNTY_HOUSING', 'CITY_HOUSING'),
    declareForReview: allow(...CLERKS),
    exemptFromReview: allow('COUNTY_HOUSING'),
    consultOnReview: allow('COUNTY_HOUSING', 'CIVIL_AFFAIRS'),
    hearReview: allow('STREET_OFFICER', 'COUNTY_HOUSING'),
    decideReview: allow('COUNTY_HOUSING'),
    executeReview: allow('COUNTY_HOUSING'),
    recordSignal: allow(...CLERKS),
    closeInspection: allow('STREET_OFFICER', 'COUNTY_HOUSING'),
    closeViolation: allow('COUNTY_HOUSING'),
    notifyOfChange: allow('COUNTY_HOUSING'),
    replyToChange: allow('COUNTY_HOUSING'),
    closeChange: allow('COUNTY_HOUSING'),
    draftLetter: allow(...CLERKS),
    signLetter: allow(...CLERKS),
    registerLetter: allow(...CLERKS),
    endLetter: allow(...CLERKS),
    mintPurposeToken: allow('STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING', 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'),
    requestCrossCheck: allow('COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'),
  },
  Subscription: {
    '*': deny,
    crossCheckProgress: allow(...OFFICERS, ...OVERSEERS, 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'),
  },
};
