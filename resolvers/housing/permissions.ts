import { deny } from 'graphql-shield';
import type { Role } from '../../src/access/viewer';
import { allow, allowEveryRole } from '../permission';

const OFFICERS: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'];
const OVERSEERS: Role[] = ['AUDITOR', 'DISCIPLINE'];

/** Who takes applications in (domain.md §3): residents' committee or street office, or the offices above. */
const CLERKS: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'];

/** Who takes in and begins 三审三公示: the committee, or the street in a city of districts. */
export const INTAKE: Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER'];

/** Who lands households of a county. */
export const REGISTRARS: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING'];

/** Who settles whether two persons are one: whoever's office has both; and who an objector was, two of them together. */
const SCREENERS: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'];

/** Who runs the queue. */
const QUEUE_OFFICES: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING'];

/** Who keeps the stock of dwellings, each in its regions. */
const STOCK_KEEPERS: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING'];

/** 市、县住房保障主管部门: who drafts the procedure of allocation and runs its batches [GX-6.2.1(1)]. */
const ALLOCATORS: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING'];
/** Who looks into applications, petitions and what was published. */
const CARE_OFFICES: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING'];

/** Who keeps the archive: the county's office, and the city's in a city of districts [IM-4.4]. */
const ARCHIVISTS: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING'];
/** 旗县（市、区）住房保障主管部门: contracts, rent and exits are its own in both flows (IM-7.2, 7.8). */
const COUNTY: Role[] = ['COUNTY_HOUSING'];

/** Who looks at what was decided past the order: above the county, or outside the offices. */
const SUPERVISORS: Role[] = ['CITY_HOUSING', 'REGION_HOUSING', ...OVERSEERS];

/** Who looks at rent: the offices that let, and those who look after them. */
const RENT_READERS: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', ...OVERSEERS];

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
    /* Of its grant besides. */
    securityStatus: allow('PARTNER_SYSTEM'),
    identityMatches: allow(...SCREENERS),
    application: allow(...APPLICATION_READERS),
    applications: allow(...APPLICATION_READERS),
    waitingListEntry: allow(...APPLICATION_READERS),
    waitingList: allow(...APPLICATION_READERS),
    waitingExceptions: allow(...SUPERVISORS),
    waitingDifferences: allow(...SUPERVISORS),
    dwellings: allow(...APPLICATION_READERS),
    allotments: allow(...APPLICATION_READERS),
    contracts: allow(...APPLICATION_READERS),
    contractTemplates: allow(...APPLICATION_READERS),
    tenancySteps: allow(...APPLICATION_READERS),
    rentEntries: allow(...RENT_READERS),
    arrears: allow(...RENT_READERS),
    /* Sums of months, which say nothing of a person. */
    treasury: allow(...RENT_READERS, 'FINANCE'),
    notice: allow(...APPLICATION_READERS),
    notices: allow(...APPLICATION_READERS),
    overdueNotices: allow(...APPLICATION_READERS),
    formTemplates: allow(...APPLICATION_READERS),
    dwellingFile: allow(...APPLICATION_READERS),
    archiveEntries: allow(...APPLICATION_READERS),
    archiveFindings: allow('COUNTY_HOUSING', ...SUPERVISORS),
    procedureFindings: allow('COUNTY_HOUSING', ...SUPERVISORS),
    supervisionFindings: allow('COUNTY_HOUSING', ...SUPERVISORS),
    supervisionMatters: allow('COUNTY_HOUSING', ...SUPERVISORS, 'CIVIL_AFFAIRS'),
    petitions: allow('COUNTY_HOUSING', ...SUPERVISORS),
    approvalPublicities: allow('COUNTY_HOUSING', ...SUPERVISORS),
    spotChecks: allow('COUNTY_HOUSING', ...SUPERVISORS),
    allocationProcedures: allow('COUNTY_HOUSING', ...SUPERVISORS),
    allocationBatches: allow('COUNTY_HOUSING', ...SUPERVISORS),
    region: allowEveryRole,
    regions: allowEveryRole,
  },
  Mutation: {
    '*': deny,
    openCase: allow(...CLERKS),
    closeCase: allow('COUNTY_HOUSING', 'CITY_HOUSING'),
    recordAdmissionGround: allow(...COUNTY),
    barReapplication: allow('COUNTY_HOUSING', 'CITY_HOUSING'),
    liftReapplicationBar: allow('CITY_HOUSING', 'REGION_HOUSING'),
    reviewIdentityMatch: allow(...SCREENERS),
    importHouseholds: allow(...REGISTRARS),
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
    verifyDocument: allow('STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'),
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
    openSupervisionMatter: allow(...CARE_OFFICES),
    addAssistingDepartment: allow(...CARE_OFFICES),
    giveAssistingOpinion: allow('CIVIL_AFFAIRS'),
    closeSupervisionMatter: allow(...CARE_OFFICES),
    receivePetition: allow(...CARE_OFFICES),
    decidePetition: allow(...CARE_OFFICES),
    implementPetition: allow(...CARE_OFFICES),
    recordApprovalPublicity: allow(...CARE_OFFICES),
    /* Which of them in which flow: schema/waiting/moves. */
    inviteFromQueue: allow(...QUEUE_OFFICES),
    registerForBatch: allow(...QUEUE_OFFICES),
    declineInvitation: allow(...QUEUE_OFFICES),
    suspendInQueue: allow(...QUEUE_OFFICES),
    resumeInQueue: allow(...QUEUE_OFFICES),
    restoreToQueue: allow(...QUEUE_OFFICES),
    removeFromQueue: allow(...QUEUE_OFFICES),
    moveInQueue: allow(...QUEUE_OFFICES),
    fileArchiveEntry: allow(...ARCHIVISTS),
    correctArchiveEntry: allow(...ARCHIVISTS),
    arrangeArchiveEntry: allow(...ARCHIVISTS),
    shelveArchiveEntry: allow(...ARCHIVISTS),
    drawSpotCheck: allow('CITY_HOUSING', 'REGION_HOUSING'),
    recordSpotCheck: allow('CITY_HOUSING', 'REGION_HOUSING'),
    proposeArchiveDisposal: allow(...ARCHIVISTS),
    confirmArchiveDisposal: allow(...ARCHIVISTS),
    /* Each for its own region alone. */
    draftAllocationProcedure: allow(...ALLOCATORS),
    submitAllocationProcedure: allow(...ALLOCATORS),
    recordProcedureApproval: allow(...ALLOCATORS),
    openAllocationBatch: allow(...ALLOCATORS),
    recordAllocationStep: allow(...ALLOCATORS),
    closeAllocationBatch: allow(...ALLOCATORS),
    recordDwelling: allow(...STOCK_KEEPERS),
    moveDwelling: allow(...STOCK_KEEPERS),
    recordLeaseOperation: allow(...STOCK_KEEPERS),
    recordDwellingDealing: allow(...STOCK_KEEPERS),
    /* Which of them in which flow, as the queue: schema/tenancy/moves. */
    offerDwelling: allow(...QUEUE_OFFICES),
    acceptDwelling: allow(...QUEUE_OFFICES),
    declineDwelling: allow(...QUEUE_OFFICES),
    voidAllotment: allow(...QUEUE_OFFICES),
    handOverDwelling: allow(...COUNTY),
    /* Of its own prefecture. */
    publishContractTemplate: allow('CITY_HOUSING'),
    drawContract: allow(...COUNTY),
    signContract: allow(...COUNTY),
    withdrawContract: allow(...COUNTY),
    fileContract: allow(...COUNTY),
    terminateContract: allow(...COUNTY),
    askRenewal: allow(...COUNTY),
    renewContract: allow(...COUNTY),
    completePurchase: allow(...COUNTY),
    recordMoveIn: allow(...COUNTY),
    recordVacation: allow(...COUNTY),
    recordPayment: allow(...COUNTY),
    takeDeposit: allow(...COUNTY),
    returnDeposit: allow(...COUNTY),
    recordPriceDifference: allow(...COUNTY),
    remitRent: allow(...COUNTY),
    hearExit: allow(...COUNTY),
    orderExit: allow(...COUNTY),
    grantRelocation: allow(...COUNTY),
    chargeMarketRent: allow(...COUNTY),
    sueForExit: allow(...COUNTY),
    completeExit: allow(...COUNTY),
    /* The person itself, of its own; else on evidence. */
    markNoticeRead: allow('APPLICANT_SELF', ...CLERKS),
    deliverNoticeOnPaper: allow(...CLERKS),
  },
};
