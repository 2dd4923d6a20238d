import { deny } from 'graphql-shield';
import type { Role } from '../../src/access/viewer';
import { allow, allowEveryRole } from '../permission';

const OFFICERS: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'];
const OVERSEERS: Role[] = ['AUDITOR', 'DISCIPLINE'];

/** Who takes applications in (domain.md §3): residents' committee or street office, or the offices above. */
const CLERKS: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'];

/** Who takes in and begins 三审三公示: the committee, or the street in a city of districts. */
export const INTAKE: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER'];

/** Who settles whether two persons are one: whoever's office has both; and who an objector was, two of them together. */
const SCREENERS: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'];

/** Who runs the queue. */
const QUEUE_OFFICES: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING'];

/** Who looks at what was decided past the order: above the county, or outside the offices. */
const SUPERVISORS: Role[] = ['CITY_HOUSING', 'REGION_HOUSING', ...OVERSEERS];

/** Who follows applications and those who wait; a partner system learns of them by its cross-checks alone. */
export const APPLICATION_READERS: readonly Role[] = [...OFFICERS, ...OVERSEERS, 'CIVIL_AFFAIRS'];

/**
 * Who opens a file that was handed in: whoever reviews the application or decides an appeal. A file cannot be masked, so others
 * see that it is there and what its hash is.
 */
export const FILE_READERS: readonly Role[] = OFFICERS;

/** Who may ask `housing` what. A dashboard reads nothing personal; a citizen's own file comes with applications. */
export const permissions = {
  Query: {
    '*': deny,
    household: allow(...OFFICERS, ...OVERSEERS, 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'),
    households: allow(...OFFICERS, ...OVERSEERS, 'CIVIL_AFFAIRS'),
    person: allow(...OFFICERS, ...OVERSEERS, 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'),
    identityMatches: allow(...SCREENERS),
    application: allow(...APPLICATION_READERS),
    applications: allow(...APPLICATION_READERS),
    waitingListEntry: allow(...APPLICATION_READERS),
    waitingList: allow(...APPLICATION_READERS),
    waitingExceptions: allow(...SUPERVISORS),
    waitingDifferences: allow(...SUPERVISORS),
    notice: allow(...APPLICATION_READERS),
    notices: allow(...APPLICATION_READERS),
    overdueNotices: allow(...APPLICATION_READERS),
    formTemplates: allow(...APPLICATION_READERS),
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
    /* Which of them at which step: schema/admission/moves. */
    startApplication: allow(...INTAKE),
    /* Of its own prefecture. */
    publishFormTemplate: allow('CITY_HOUSING'),
    fillApplication: allow(...INTAKE),
    submitApplication: allow(...INTAKE),
    returnApplication: allow(...INTAKE),
    acceptApplication: allow(...INTAKE),
    withdrawApplication: allow(...INTAKE),
    withdrawDocument: allow(...INTAKE),
    appealRefusal: allow(...INTAKE),
    giveOpinion: allow('COUNTY_HOUSING', 'CITY_HOUSING', 'CIVIL_AFFAIRS'),
    passReview: allow(...CLERKS),
    rejectApplication: allow(...CLERKS),
    postPublicity: allow(...CLERKS),
    clearPublicity: allow(...CLERKS),
    sendBackApplication: allow(...CLERKS),
    fileObjection: allow(...CLERKS),
    answerObjection: allow(...CLERKS),
    askToOpenObjector: allow(...SCREENERS),
    openObjector: allow(...SCREENERS),
    tellObjector: allow(...SCREENERS),
    approveApplication: allow('COUNTY_HOUSING', 'CITY_HOUSING'),
    revokeApproval: allow('COUNTY_HOUSING', 'CITY_HOUSING'),
    decideAppeal: allow('CITY_HOUSING', 'REGION_HOUSING'),
    /* Which of them in which flow: schema/waiting/moves. */
    inviteFromQueue: allow(...QUEUE_OFFICES),
    registerForBatch: allow(...QUEUE_OFFICES),
    declineInvitation: allow(...QUEUE_OFFICES),
    suspendInQueue: allow(...QUEUE_OFFICES),
    resumeInQueue: allow(...QUEUE_OFFICES),
    restoreToQueue: allow(...QUEUE_OFFICES),
    removeFromQueue: allow(...QUEUE_OFFICES),
    moveInQueue: allow(...QUEUE_OFFICES),
    /* The person itself, of its own; else on evidence. */
    markNoticeRead: allow('APPLICANT_SELF', ...CLERKS),
    deliverNoticeOnPaper: allow(...CLERKS),
  },
};
