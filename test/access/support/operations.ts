import { ROLES, type Role } from '../../../src/access/viewer';

/** An operation of the graph as it meets a record that lies within the caller's scope, and one that does not. */
export interface Operation {
  readonly text: string;
  /** domain.md §2 and §3. */
  readonly roles: readonly Role[];
  readonly within: string;
  readonly beyond: string;
}

const CLERKS: readonly Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'];
const OVERSEERS: readonly Role[] = ['AUDITOR', 'DISCIPLINE'];
const READERS: readonly Role[] = [...CLERKS, 'REGION_HOUSING', 'CIVIL_AFFAIRS', ...OVERSEERS];
const NOT_CIVIL = READERS.filter((role) => role !== 'CIVIL_AFFAIRS');
const AND_PARTNERS: readonly Role[] = [...READERS, 'PARTNER_SYSTEM'];
const INTAKE: readonly Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER'];
const SUPERVISORS: readonly Role[] = ['CITY_HOUSING', 'REGION_HOUSING', ...OVERSEERS];
const SCREENERS: readonly Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'];
const HEADS: readonly Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING'];
const COUNTY: readonly Role[] = ['COUNTY_HOUSING'];
const RENT_READERS: readonly Role[] = [...HEADS, 'REGION_HOUSING', ...OVERSEERS];
const TERMS = 'purpose: "ADMISSION_REVIEW", sources: ["property"], noticeVersion: "1", validUntil: "2099-12-31"';
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Acts are asked so that the record they name, once found, stops them: they change nothing. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  household: {
    text: `household(id: $household) { id fileNumber members { id } cases { id } letters { id } }`,
    ...{ roles: AND_PARTNERS, within: 'shown', beyond: 'NOT_FOUND id' },
  },
  person: {
    text: `person(id: $person) { id name idNumber }`,
    ...{ roles: AND_PARTNERS, within: 'shown', beyond: 'NOT_FOUND id' },
  },
  letter: {
    text: `letter(id: $letter) { id members { person { id } } household { id } }`,
    ...{ roles: AND_PARTNERS, within: 'shown', beyond: 'NOT_FOUND id' },
  },
  crossCheck: {
    text: `crossCheck(id: $crossCheck) { id households { nodes { household { id } } } }`,
    ...{ roles: AND_PARTNERS, within: 'shown', beyond: 'NOT_FOUND id' },
  },
  accessesTo: {
    text: `accessesTo(person: $person) { nodes { id } }`,
    ...{ roles: [...OVERSEERS, 'APPLICANT_SELF'], within: 'shown', beyond: 'NOT_FOUND person' },
  },
  households: {
    text: `households(region: $region) { nodes { id } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  identityMatches: {
    text: `identityMatches(region: $region) { nodes { id persons { id name } } }`,
    ...{ roles: [...HEADS, 'REGION_HOUSING'], within: 'shown', beyond: 'empty' },
  },
  overdueAnswers: {
    text: `overdueAnswers(region: $region) { nodes { queryId household { id } } }`,
    ...{ roles: [...HEADS, 'REGION_HOUSING', ...OVERSEERS], within: 'shown', beyond: 'empty' },
  },
  evidenceTasks: {
    text: `evidenceTasks(region: $region) { nodes { id household { id } members { id } } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  annualReviews: {
    text: `annualReviews(region: $region, year: 2026) { nodes { id household { id } } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  exitCases: {
    text: `exitCases(region: $region) { nodes { id household { id } } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  detectionFindings: {
    text: `detectionFindings(region: $region) { nodes { id household { id } } }`,
    ...{ roles: [...HEADS, 'REGION_HOUSING', ...OVERSEERS], within: 'shown', beyond: 'empty' },
  },
  inspections: {
    text: `inspections(region: $region) { nodes { id household { id } } }`,
    ...{ roles: NOT_CIVIL, within: 'shown', beyond: 'empty' },
  },
  changes: {
    text: `changes(region: $region) { nodes { id household { id } } }`,
    ...{ roles: [...HEADS, 'REGION_HOUSING', ...OVERSEERS], within: 'shown', beyond: 'empty' },
  },
  /* Counts of what lies in one's own region: test/journeys/change-watch. */
  changeWatch: {
    text: `changeWatch(region: $region) { households }`,
    ...{ roles: [...HEADS, 'REGION_HOUSING', ...OVERSEERS], within: 'shown', beyond: 'shown' },
  },
  /* Counts of what lies in one's own region: test/journeys/annual-review. */
  signalRecord: {
    text: `signalRecord(region: $region) { signal confirmed }`,
    ...{ roles: NOT_CIVIL, within: 'shown', beyond: 'shown' },
  },
  reviewCampaign: {
    text: `reviewCampaign(region: $region, year: 2026) { id summary { secured } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'NOT_FOUND region' },
  },
  application: {
    text: `application(id: $application) { id household { id } steps { id } publicities { id } documents { id } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'NOT_FOUND id' },
  },
  applications: {
    text: `applications(region: $region) { nodes { id household { id } } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  waitingListEntry: {
    text: `waitingListEntry(id: $entry) { id household { id } steps { id } exceptions { id } factors { points } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'NOT_FOUND id' },
  },
  waitingList: {
    text: `waitingList(region: $region) { nodes { id household { id } } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  dwellingFile: {
    text: `dwellingFile(dwelling: $dwelling) { id entries { id } completeness { present } related { id } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'NOT_FOUND dwelling' },
  },
  archiveEntries: {
    text: `archiveEntries(region: $region) { nodes { id fileId steps { id } } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  archiveFindings: {
    text: `archiveFindings(region: $region) { nodes { subjectId } }`,
    ...{ roles: ['COUNTY_HOUSING', ...SUPERVISORS], within: 'shown', beyond: 'empty' },
  },
  procedureFindings: {
    text: `procedureFindings(region: $region) { nodes { applicationId lacks } }`,
    ...{ roles: ['COUNTY_HOUSING', ...SUPERVISORS], within: 'shown', beyond: 'empty' },
  },
  allocationProcedures: {
    text: `allocationProcedures(region: $region) { nodes { id legalBasis { title } } }`,
    ...{ roles: ['COUNTY_HOUSING', ...SUPERVISORS], within: 'shown', beyond: 'empty' },
  },
  allocationBatches: {
    text: `allocationBatches(region: $region) { nodes { id procedure { id } steps { id } checks { outcome } } }`,
    ...{ roles: ['COUNTY_HOUSING', ...SUPERVISORS], within: 'shown', beyond: 'empty' },
  },
  supervisionMatters: {
    text: `supervisionMatters(region: $region) { nodes { id applicationId } }`,
    ...{ roles: ['COUNTY_HOUSING', ...SUPERVISORS, 'CIVIL_AFFAIRS'], within: 'shown', beyond: 'empty' },
  },
  petitions: {
    text: `petitions(region: $region) { nodes { id } }`,
    ...{ roles: ['COUNTY_HOUSING', ...SUPERVISORS], within: 'shown', beyond: 'empty' },
  },
  approvalPublicities: {
    text: `approvalPublicities(region: $region) { nodes { id allotmentId } }`,
    ...{ roles: ['COUNTY_HOUSING', ...SUPERVISORS], within: 'shown', beyond: 'empty' },
  },
  /* The partners of these tests were granted another purpose. */
  securityStatus: {
    text: `securityStatus(person: $person) { secured }`,
    ...{ roles: ['PARTNER_SYSTEM'], within: 'GRANT_NOT_IN_FORCE', beyond: 'GRANT_NOT_IN_FORCE' },
  },
  supervisionFindings: {
    text: `supervisionFindings(region: $region) { nodes { recordId finding } }`,
    ...{ roles: ['COUNTY_HOUSING', ...SUPERVISORS], within: 'shown', beyond: 'empty' },
  },
  spotChecks: {
    text: `spotChecks(region: $region) { nodes { id files { fileId } rates { rate } } }`,
    ...{ roles: ['COUNTY_HOUSING', ...SUPERVISORS], within: 'shown', beyond: 'empty' },
  },
  waitingExceptions: {
    text: `waitingExceptions(region: $region) { nodes { id entryId } }`,
    ...{ roles: SUPERVISORS, within: 'shown', beyond: 'empty' },
  },
  notice: {
    text: `notice(id: $notice) { id household { id } steps { id } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'NOT_FOUND id' },
  },
  notices: {
    text: `notices(region: $region) { nodes { id household { id } } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  overdueNotices: {
    text: `overdueNotices(region: $region) { nodes { id household { id } } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  waitingDifferences: {
    text: `waitingDifferences(region: $region) { nodes { id entryId } }`,
    ...{ roles: SUPERVISORS, within: 'shown', beyond: 'empty' },
  },
  allotments: {
    text: `allotments(region: $region) { nodes { id } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  contracts: {
    text: `contracts(region: $region) { nodes { id occupancy { id } } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  tenancySteps: {
    text: `tenancySteps(of: $allotment) { id note }`,
    ...{ roles: READERS, within: 'shown', beyond: 'NOT_FOUND of' },
  },
  rentEntries: {
    text: `rentEntries(contract: $contract) { id amountFen }`,
    ...{ roles: RENT_READERS, within: 'shown', beyond: 'NOT_FOUND contract' },
  },
  arrears: {
    text: `arrears(region: $region) { nodes { contractId owedFen } }`,
    ...{ roles: RENT_READERS, within: 'shown', beyond: 'empty' },
  },
  violations: {
    text: `violations(region: $region) { nodes { householdId investigation } }`,
    ...{ roles: NOT_CIVIL, within: 'shown', beyond: 'empty' },
  },
  /* Counts of counties; out of scope there are none: test/detections. */
  rectifications: {
    text: `rectifications(region: $region) { regionCode found }`,
    ...{ roles: [...HEADS, 'REGION_HOUSING', ...OVERSEERS], within: 'shown', beyond: 'shown' },
  },
  /* Sums of months; out of scope there are none. */
  treasury: {
    text: `treasury(region: $region, year: 2026) { month receivedFen }`,
    ...{ roles: [...RENT_READERS, 'FINANCE'], within: 'shown', beyond: 'shown' },
  },
  contractTemplates: {
    text: `contractTemplates(region: $region) { id }`,
    ...{ roles: READERS, within: 'shown', beyond: 'shown' },
  },
  dwellings: {
    text: `dwellings(region: $region) { nodes { id steps { id } } }`,
    ...{ roles: READERS, within: 'shown', beyond: 'empty' },
  },
  /* Public knowledge, and the log's tree, which holds hashes. */
  formTemplates: { text: `formTemplates(region: $region) { id }`, roles: READERS, within: 'shown', beyond: 'shown' },
  region: { text: `region(code: $region) { name }`, roles: ROLES, within: 'shown', beyond: 'shown' },
  regions: { text: `regions(parent: "15") { name }`, roles: ROLES, within: 'shown', beyond: 'shown' },
  purposes: { text: 'purposes { code }', roles: ROLES, within: 'shown', beyond: 'shown' },
  parameters: { text: `parameters(region: $region) { code }`, roles: ROLES, within: 'shown', beyond: 'shown' },
  approvedAllocationProcedures: {
    text: `approvedAllocationProcedures(region: $region) { nodes { version } }`,
    ...{ roles: ROLES, within: 'empty', beyond: 'empty' },
  },
  approvedHouseholds: {
    text: `approvedHouseholds(region: $region) { nodes { rowNumber } }`,
    ...{ roles: ROLES, within: 'empty', beyond: 'empty' },
  },
  registeredObjects: {
    text: `registeredObjects(region: $region) { nodes { rowNumber } }`,
    ...{ roles: ROLES, within: 'empty', beyond: 'empty' },
  },
  auditHead: { text: 'auditHead { size }', roles: OVERSEERS, within: 'empty', beyond: 'empty' },
  inclusionProof: {
    text: `inclusionProof(entryId: "1") { position }`,
    ...{ roles: OVERSEERS, within: 'NOT_FOUND entryId', beyond: 'NOT_FOUND entryId' },
  },
  consistencyProof: {
    text: 'consistencyProof(from: 1, to: 2) { fromRoot }',
    ...{ roles: OVERSEERS, within: 'INVALID_INPUT to', beyond: 'INVALID_INPUT to' },
  },
};

export const ACTIONS: Readonly<Record<string, Operation>> = {
  openCase: {
    text: `openCase(input: { householdId: $household, kind: RE_CHECK, programme: LOW_RENT, applicantId: "${NOBODY}" }) { id }`,
    ...{ roles: CLERKS, within: 'INVALID_INPUT applicantId', beyond: 'NOT_FOUND householdId' },
  },
  barReapplication: {
    text: `barReapplication(input: { householdId: $household, personId: "${NOBODY}", ground: FRAUD, returnedOn: "2026-10-01", documentNumber: "1" }) { id }`,
    ...{ roles: HEADS, within: 'INVALID_INPUT personId', beyond: 'NOT_FOUND householdId' },
  },
  recordAdmissionGround: {
    text: `recordAdmissionGround(input: { entitlementId: $entitlement, ground: OTHER }) { id }`,
    ...{ roles: COUNTY, within: 'shown', beyond: 'NOT_FOUND entitlementId' },
  },
  liftReapplicationBar: {
    text: `liftReapplicationBar(id: $liftedBar, documentNumber: "1") { id }`,
    ...{ roles: ['CITY_HOUSING', 'REGION_HOUSING'], within: 'NOT_FOUND id', beyond: 'NOT_FOUND id' },
  },
  /* Settled so already. */
  reviewIdentityMatch: {
    text: `reviewIdentityMatch(id: $match, verdict: SAME, reason: "x") { id }`,
    ...{ roles: [...HEADS, 'REGION_HOUSING'], within: 'ILLEGAL_MOVE id', beyond: 'NOT_FOUND id' },
  },
  closeCase: {
    text: `closeCase(caseId: $closedCase) { id }`,
    ...{ roles: HEADS, within: 'CASE_CLOSED caseId', beyond: 'NOT_FOUND caseId' },
  },
  importHouseholds: {
    text: `importHouseholds(region: $region, csv: "x") { rows }`,
    ...{ roles: HEADS, within: 'INVALID_INPUT csv', beyond: 'NOT_FOUND region' },
  },
  /* Refused, and read by the caller in another version than the last. */
  startApplication: {
    text: `startApplication(caseId: $closedCase) { id }`,
    ...{ roles: INTAKE, within: 'CASE_CLOSED caseId', beyond: 'NOT_FOUND caseId' },
  },
  publishFormTemplate: {
    text: `publishFormTemplate(input: { region: "4503", title: "x", documentNumber: "1", validFrom: "2026-01-01", fields: [], documents: [] }) { id }`,
    ...{ roles: ['CITY_HOUSING'], within: 'FORBIDDEN region', beyond: 'FORBIDDEN region' },
  },
  draftAllocationProcedure: {
    text: `draftAllocationProcedure(input: { region: "4503", title: "x", text: "x", legalBasis: [], steps: [] }) { id }`,
    ...{ roles: HEADS, within: 'FORBIDDEN region', beyond: 'FORBIDDEN region' },
  },
  ...onOldAllocation('Procedure', 'edition', ['submitAllocationProcedure']),
  ...onOldAllocation(
    ...(['Procedure', 'edition', ['recordProcedureApproval']] as const),
    'approvingBody: "x", documentNumber: "1", approvedOn: "2026-01-01", validFrom: "2026-01-01"',
  ),
  ...onOldAllocation('Procedure', 'edition', ['openAllocationBatch'], 'name: "x"'),
  ...onOldAllocation('Batch', 'version', ['recordAllocationStep'], 'step: DRAW'),
  ...onOldAllocation('Batch', 'version', ['closeAllocationBatch']),
  recordDwelling: {
    text: `recordDwelling(input: { region: $region, unitCode: "x", project: "x", address: "x", programme: LOW_RENT, unitType: "x", areaCm2: 1, areaKind: GROSS, owner: "x", manager: "x", state: PLANNED }) { id }`,
    ...{ roles: HEADS, within: 'INVALID_INPUT unitCode', beyond: 'NOT_FOUND region' },
  },
  moveDwelling: {
    text: `moveDwelling(input: { dwellingId: $dwelling, version: 8, step: START }) { id }`,
    ...{ roles: HEADS, within: 'STALE_VERSION version', beyond: 'NOT_FOUND dwellingId' },
  },
  recordLeaseOperation: {
    text: `recordLeaseOperation(input: { dwellingId: $dwelling, kind: RENT, onDay: "2026-10-01", summary: "x", doneBy: "x" }) { id }`,
    ...{ roles: HEADS, within: 'INVALID_INPUT kind', beyond: 'NOT_FOUND dwellingId' },
  },
  recordDwellingDealing: {
    text: `recordDwellingDealing(input: { dwellingId: $dwelling, kind: TRADE, answer: NONE, handlingBody: "x", onDay: "2026-10-01" }) { id }`,
    ...{ roles: HEADS, within: 'shown', beyond: 'NOT_FOUND dwellingId' },
  },
  offerDwelling: {
    text: `offerDwelling(input: { entryId: $entry, dwellingId: $dwelling, reason: "x", documentNumber: "1" }) { id }`,
    ...{ roles: HEADS, within: 'ILLEGAL_MOVE entryId', beyond: 'NOT_FOUND entryId' },
  },
  publishContractTemplate: {
    text: `publishContractTemplate(input: { region: "4503", kind: LEASE, title: "x", documentNumber: "1", validFrom: "2026-01-01", clauses: [] }) { id }`,
    ...{ roles: ['CITY_HOUSING'], within: 'FORBIDDEN region', beyond: 'FORBIDDEN region' },
  },
  drawContract: {
    text: `drawContract(input: { allotmentId: $allotment, partyKind: OWNER, party: "x", startsOn: "2026-10-01", endsOn: "2027-10-01" }) { id }`,
    ...{ roles: COUNTY, within: 'ILLEGAL_MOVE allotmentId', beyond: 'NOT_FOUND allotmentId' },
  },
  ...onOldTenancy('allotment', ['acceptDwelling'], HEADS),
  ...onOldTenancy('allotment', ['declineDwelling'], HEADS, 'reason: "x"'),
  ...onOldTenancy('allotment', ['voidAllotment'], HEADS, 'reason: "x", documentNumber: "1"'),
  ...onOldTenancy('allotment', ['handOverDwelling'], COUNTY),
  ...onOldTenancy('contract', ['askRenewal'], COUNTY),
  ...onOldTenancy('contract', ['withdrawContract'], COUNTY, 'reason: "x"'),
  ...onOldTenancy('contract', ['signContract', 'fileContract', 'completePurchase'], COUNTY, 'documentNumber: "1"'),
  ...onOldTenancy('contract', ['terminateContract'], COUNTY, 'documentNumber: "1", clauseId: "1", reason: "x"'),
  ...onOldTenancy('contract', ['renewContract'], COUNTY, 'partyKind: OWNER, party: "x", endsOn: "2027-10-01"'),
  ...onOldTenancy('occupancy', ['recordMoveIn', 'recordVacation'], COUNTY),
  ...onOldTenancy('exit', ['chargeMarketRent'], COUNTY),
  ...onOldTenancy('exit', ['hearExit'], COUNTY, 'record: "x"'),
  ...onOldTenancy('exit', ['orderExit'], COUNTY, 'documentNumber: "1", clauseId: "1", leaveBy: "2099-01-01"'),
  ...onOldTenancy('exit', ['grantRelocation'], COUNTY, 'until: "2099-01-01"'),
  ...onOldTenancy('exit', ['sueForExit'], COUNTY, 'documentNumber: "1"'),
  ...onOldTenancy('exit', ['completeExit'], COUNTY, 'outcome: RECOVERY'),
  ...onReceipt(['recordPayment', 'returnDeposit', 'recordPriceDifference'], 'ILLEGAL_MOVE contractId'),
  ...onReceipt(['takeDeposit'], 'INVALID_INPUT amountFen'),
  remitRent: {
    text: `remitRent(input: { region: $region, month: "2026-10-01", amountFen: 1, documentNumber: "1" }) { month }`,
    ...{ roles: COUNTY, within: 'INVALID_INPUT amountFen', beyond: 'NOT_FOUND region' },
  },
  closeViolation: {
    text: `closeViolation(input: { violationId: $violation, investigation: "x", decision: CORRECTED, documentNumber: "1", decidedOn: "2026-10-01" }) { id }`,
    ...{ roles: COUNTY, within: 'ILLEGAL_MOVE violationId', beyond: 'NOT_FOUND violationId' },
  },
  ...onOldVersion(['fillApplication'], INTAKE, 'entries: [{ key: "x", value: "1" }]'),
  ...onOldVersion(['submitApplication', 'acceptApplication'], INTAKE),
  ...onOldVersion(['returnApplication'], INTAKE, 'items: ["x"]'),
  ...onOldVersion(['withdrawApplication'], INTAKE, 'reason: "x"'),
  ...onOldVersion(['appealRefusal'], INTAKE, 'grounds: "x"'),
  ...onOldVersion(
    ['giveOpinion'],
    [...HEADS, 'CIVIL_AFFAIRS'],
    'agency: CIVIL_AFFAIRS, opinion: AGREES, documentNumber: "1"',
  ),
  ...onOldVersion(['passReview'], CLERKS, 'opinion: "x"'),
  ...onOldVersion(['rejectApplication'], CLERKS, 'reasons: "x"'),
  ...onOldVersion(['approveApplication'], HEADS),
  ...onOldVersion(['revokeApproval'], HEADS, 'reasons: "x", documentNumber: "1"'),
  ...onOldVersion(['decideAppeal'], ['CITY_HOUSING', 'REGION_HOUSING'], 'upheld: true, reasons: "x"'),
  ...onOldVersion(['postPublicity'], CLERKS, 'place: "x"', 'ILLEGAL_MOVE applicationId'),
  ...onOldVersion(['clearPublicity'], CLERKS, '', 'ILLEGAL_MOVE applicationId'),
  ...onOldVersion(['sendBackApplication'], CLERKS, 'reason: "x"', 'ILLEGAL_MOVE applicationId'),
  /* The matter is closed, with its opinion; the petition is carried out. */
  openSupervisionMatter: {
    text: `openSupervisionMatter(input: { applicationId: $application, documentNumber: " " }) { id }`,
    ...{ roles: HEADS, within: 'INVALID_INPUT documentNumber', beyond: 'NOT_FOUND applicationId' },
  },
  addAssistingDepartment: {
    text: `addAssistingDepartment(matterId: $matter) { id }`,
    ...{ roles: HEADS, within: 'ILLEGAL_MOVE matterId', beyond: 'NOT_FOUND matterId' },
  },
  giveAssistingOpinion: {
    text: `giveAssistingOpinion(input: { matterId: $matter, opinion: AGREES, documentNumber: "1" }) { id }`,
    ...{ roles: ['CIVIL_AFFAIRS'], within: 'ILLEGAL_MOVE matterId', beyond: 'NOT_FOUND matterId' },
  },
  closeSupervisionMatter: {
    text: `closeSupervisionMatter(input: { matterId: $matter, documentNumber: "1" }) { id }`,
    ...{ roles: HEADS, within: 'ILLEGAL_MOVE matterId', beyond: 'NOT_FOUND matterId' },
  },
  receivePetition: {
    text: `receivePetition(input: { region: $region, kind: REPORT, registerNumber: " ", receivedOn: "2026-10-01" }) { id }`,
    ...{ roles: HEADS, within: 'INVALID_INPUT registerNumber', beyond: 'NOT_FOUND region' },
  },
  decidePetition: {
    text: `decidePetition(input: { petitionId: $petition, decision: NOT_ESTABLISHED, documentNumber: "1", decidedOn: "2026-10-01" }) { id }`,
    ...{ roles: HEADS, within: 'ILLEGAL_MOVE petitionId', beyond: 'NOT_FOUND petitionId' },
  },
  implementPetition: {
    text: `implementPetition(input: { petitionId: $petition, documentNumber: "1", implementedOn: "2026-10-01" }) { id }`,
    ...{ roles: HEADS, within: 'ILLEGAL_MOVE petitionId', beyond: 'NOT_FOUND petitionId' },
  },
  recordApprovalPublicity: {
    text: `recordApprovalPublicity(input: { allotmentIds: [$allotment], place: "x", publishedOn: "2026-01-01", documentNumber: "1" }) { id }`,
    ...{ roles: HEADS, within: 'ILLEGAL_MOVE allotmentIds', beyond: 'NOT_FOUND allotmentIds' },
  },
  verifyDocument: {
    text: `verifyDocument(input: { documentId: $document, issuedBy: "x", result: CONFIRMED, checkedAgainst: "x" }) { id }`,
    ...{ roles: ['STREET_OFFICER', ...HEADS], within: 'shown', beyond: 'NOT_FOUND documentId' },
  },
  withdrawDocument: {
    text: `withdrawDocument(input: { documentId: $document, reason: "x" }) { id }`,
    ...{ roles: INTAKE, within: 'ILLEGAL_MOVE applicationId', beyond: 'NOT_FOUND documentId' },
  },
  markNoticeRead: {
    text: `markNoticeRead(input: { noticeId: $notice, version: 1, documentNumber: "1" }) { id }`,
    ...{ roles: ['APPLICANT_SELF', ...CLERKS], within: 'STALE_VERSION version', beyond: 'NOT_FOUND noticeId' },
  },
  deliverNoticeOnPaper: {
    text: `deliverNoticeOnPaper(input: { noticeId: $notice, version: 1, documentNumber: "1" }) { id }`,
    ...{ roles: CLERKS, within: 'STALE_VERSION version', beyond: 'NOT_FOUND noticeId' },
  },
  ...onOldPlace(['inviteFromQueue'], 'batch: "x"'),
  ...onOldPlace(['registerForBatch']),
  ...onOldPlace(['declineInvitation', 'suspendInQueue', 'resumeInQueue'], 'reason: "x"'),
  ...onOldPlace(['restoreToQueue', 'removeFromQueue'], 'reason: "x", documentNumber: "1"'),
  ...onOldPlace(['moveInQueue'], 'reason: "x", documentNumber: "1", toRank: 1'),
  fileArchiveEntry: {
    text: `fileArchiveEntry(input: { householdId: $household, section: TITLE, title: "x", validFrom: "2026-01-01" }) { id }`,
    ...{ roles: HEADS, within: 'INVALID_INPUT section', beyond: 'NOT_FOUND subject' },
  },
  correctArchiveEntry: {
    text: `correctArchiveEntry(input: { entryId: $archiveEntry, title: "x", reason: "x", validFrom: "2026-01-02", validTo: "2026-01-01" }) { id }`,
    ...{ roles: HEADS, within: 'INVALID_INPUT validTo', beyond: 'NOT_FOUND entryId' },
  },
  arrangeArchiveEntry: {
    text: `arrangeArchiveEntry(entryId: $filedEntry) { id }`,
    ...{ roles: HEADS, within: 'ILLEGAL_MOVE entryId', beyond: 'NOT_FOUND entryId' },
  },
  shelveArchiveEntry: {
    text: `shelveArchiveEntry(entryId: $archiveEntry) { id }`,
    ...{ roles: HEADS, within: 'ILLEGAL_MOVE entryId', beyond: 'NOT_FOUND entryId' },
  },
  drawSpotCheck: {
    text: `drawSpotCheck(input: { region: $region, year: 2026, size: 0, seed: "x" }) { id }`,
    ...{ roles: ['CITY_HOUSING', 'REGION_HOUSING'], within: 'INVALID_INPUT size', beyond: 'NOT_FOUND region' },
  },
  recordSpotCheck: {
    text: `recordSpotCheck(input: { checkId: $spotCheck, place: 1, found: IN_ORDER }) { place }`,
    ...{ roles: ['CITY_HOUSING', 'REGION_HOUSING'], within: 'ILLEGAL_MOVE checkId', beyond: 'NOT_FOUND checkId' },
  },
  proposeArchiveDisposal: {
    text: `proposeArchiveDisposal(input: { fileId: $archiveFile, documentNumber: "1" }) { id }`,
    ...{ roles: HEADS, within: 'ILLEGAL_MOVE fileId', beyond: 'NOT_FOUND fileId' },
  },
  confirmArchiveDisposal: {
    text: `confirmArchiveDisposal(disposalId: $disposal) { id }`,
    ...{ roles: HEADS, within: 'ILLEGAL_MOVE disposalId', beyond: 'NOT_FOUND disposalId' },
  },
  fileObjection: {
    text: `fileObjection(input: { publicityId: $publicity, statement: "x" }) { id }`,
    ...{ roles: CLERKS, within: 'PUBLICITY_OVER publicityId', beyond: 'NOT_FOUND publicityId' },
  },
  answerObjection: {
    text: `answerObjection(input: { objectionId: $objection, found: ESTABLISHED, answer: "x" }) { id }`,
    ...{ roles: CLERKS, within: 'ILLEGAL_MOVE objectionId', beyond: 'NOT_FOUND objectionId' },
  },
  askToOpenObjector: {
    text: `askToOpenObjector(input: { objectionId: $objection, documentNumber: "1" }) { id }`,
    ...{ roles: SCREENERS, within: 'ILLEGAL_MOVE objectionId', beyond: 'NOT_FOUND objectionId' },
  },
  openObjector: {
    text: `openObjector(id: $opening) { opening { id } }`,
    ...{ roles: SCREENERS, within: 'ILLEGAL_MOVE id', beyond: 'NOT_FOUND id' },
  },
  tellObjector: {
    text: `tellObjector(id: $opening) { id }`,
    ...{ roles: SCREENERS, within: 'ILLEGAL_MOVE id', beyond: 'NOT_FOUND id' },
  },
  decide: {
    text: `decide(caseId: $closedCase, report: "x", verdict: APPROVE, reason: "x") { id }`,
    ...{ roles: HEADS, within: 'CASE_CLOSED caseId', beyond: 'NOT_FOUND caseId' },
  },
  addEvidence: {
    text: `addEvidence(input: { caseId: $closedCase, rule: "RR-07", documentKind: VISIT, documentNumber: "1", issuedBy: "x",
      validUntil: "2099-12-31", note: "x" }) { id }`,
    ...{ roles: CLERKS, within: 'CASE_CLOSED caseId', beyond: 'NOT_FOUND caseId' },
  },
  confirmEvidence: {
    text: `confirmEvidence(id: $closedEvidence) { id }`,
    ...{ roles: HEADS, within: 'CASE_CLOSED caseId', beyond: 'NOT_FOUND id' },
  },
  rejectEvidence: {
    text: `rejectEvidence(id: $closedEvidence, reason: "x") { id }`,
    ...{ roles: HEADS, within: 'CASE_CLOSED caseId', beyond: 'NOT_FOUND id' },
  },
  withdrawEvidence: {
    text: `withdrawEvidence(id: $closedEvidence, reason: "x") { id }`,
    ...{ roles: CLERKS, within: 'CASE_CLOSED caseId', beyond: 'NOT_FOUND id' },
  },
  contestFact: {
    text: `contestFact(input: { caseId: $closedCase, rule: "RR-03", source: "housing", member: "${NOBODY}", claimed: "x", reason: "x" }) { id }`,
    ...{ roles: CLERKS, within: 'CASE_CLOSED caseId', beyond: 'NOT_FOUND caseId' },
  },
  withdrawContest: {
    text: `withdrawContest(id: $closedContest, reason: "x") { id }`,
    ...{ roles: CLERKS, within: 'CASE_CLOSED caseId', beyond: 'NOT_FOUND id' },
  },
  /* Their year is none in which a campaign can be opened, and their review is over. */
  openReviewCampaign: {
    text: `openReviewCampaign(input: { region: $region, year: 2001 }) { id }`,
    ...{ roles: HEADS, within: 'INVALID_INPUT year', beyond: 'NOT_FOUND region' },
  },
  checkReviews: {
    text: `checkReviews(input: { region: $region, year: 2001 })`,
    ...{ roles: HEADS, within: 'NOT_FOUND year', beyond: 'NOT_FOUND region' },
  },
  declareForReview: {
    text: `declareForReview(input: { reviewId: $review, declaredOn: "2026-10-01" }) { id }`,
    ...{ roles: CLERKS, within: 'ILLEGAL_MOVE reviewId', beyond: 'NOT_FOUND reviewId' },
  },
  exemptFromReview: {
    text: `exemptFromReview(input: { reviewId: $review, reason: "x", documentNumber: "1" }) { id }`,
    ...{ roles: ['COUNTY_HOUSING'], within: 'ILLEGAL_MOVE', beyond: 'NOT_FOUND reviewId' },
  },
  consultOnReview: {
    text: `consultOnReview(input: { reviewId: $review, report: "x", agency: CIVIL_AFFAIRS, opinion: AGREES, answeredOn: "2026-10-01", documentNumber: "1" }) { id }`,
    ...{ roles: ['COUNTY_HOUSING', 'CIVIL_AFFAIRS'], within: 'REPORT_STALE report', beyond: 'NOT_FOUND reviewId' },
  },
  hearReview: {
    text: `hearReview(input: { reviewId: $review, report: "x", heardOn: "2026-10-01", attended: true, record: "x" }) { id }`,
    ...{ roles: ['STREET_OFFICER', 'COUNTY_HOUSING'], within: 'REPORT_STALE report', beyond: 'NOT_FOUND reviewId' },
  },
  decideReview: {
    text: `decideReview(input: { reviewId: $review, report: "x", outcome: CONTINUE, reason: "x" }) { id }`,
    ...{ roles: ['COUNTY_HOUSING'], within: 'REPORT_STALE report', beyond: 'NOT_FOUND reviewId' },
  },
  executeReview: {
    text: `executeReview(reviewId: $review) { id }`,
    ...{ roles: ['COUNTY_HOUSING'], within: 'ILLEGAL_MOVE reviewId', beyond: 'NOT_FOUND reviewId' },
  },
  recordSignal: {
    text: `recordSignal(input: { householdId: $household, kind: SUBLET, signal: VISIT, seenFrom: "2026-10-01" }) { id }`,
    ...{ roles: CLERKS, within: 'ALREADY_WATCHED kind', beyond: 'NOT_FOUND householdId' },
  },
  closeInspection: {
    text: `closeInspection(input: { inspectionId: $inspection, result: FALSE_ALARM, use: IDLE, inspectedOn: "2026-09-30", record: "x" }) { id }`,
    ...{
      roles: ['STREET_OFFICER', 'COUNTY_HOUSING'],
      within: 'INVALID_INPUT inspectedOn',
      beyond: 'NOT_FOUND inspectionId',
    },
  },
  notifyOfChange: {
    text: `notifyOfChange(input: { changeId: $change, notifiedOn: "2026-10-01" }) { id }`,
    ...{ roles: ['COUNTY_HOUSING'], within: 'INVALID_INPUT notifiedOn', beyond: 'NOT_FOUND changeId' },
  },
  replyToChange: {
    text: `replyToChange(input: { changeId: $change, repliedOn: "2026-10-01", reply: "x" }) { id }`,
    ...{ roles: ['COUNTY_HOUSING'], within: 'ILLEGAL_MOVE changeId', beyond: 'NOT_FOUND changeId' },
  },
  closeChange: {
    text: `closeChange(input: { changeId: $change, outcome: MISTAKEN, note: "x" }) { id }`,
    ...{ roles: ['COUNTY_HOUSING'], within: 'ILLEGAL_MOVE changeId', beyond: 'NOT_FOUND changeId' },
  },
  draftLetter: {
    text: `draftLetter(input: { caseId: $closedCase, ${TERMS} }) { id }`,
    ...{ roles: CLERKS, within: 'CASE_CLOSED caseId', beyond: 'NOT_FOUND caseId' },
  },
  signLetter: {
    text: `signLetter(input: { letterId: $endedLetter, personId: "${NOBODY}", signature: SELF }) { id }`,
    ...{ roles: CLERKS, within: 'LETTER_ENDED letterId', beyond: 'NOT_FOUND letterId' },
  },
  registerLetter: {
    text: `registerLetter(input: { caseId: $closedCase, ${TERMS}, signedOn: "2026-10-01",
      members: [{ personId: "${NOBODY}", signature: SELF }] }) { id }`,
    ...{ roles: CLERKS, within: 'CASE_CLOSED caseId', beyond: 'NOT_FOUND caseId' },
  },
  endLetter: {
    text: `endLetter(letterId: $endedLetter, reason: WITHDRAWN) { id }`,
    ...{ roles: CLERKS, within: 'LETTER_ENDED letterId', beyond: 'NOT_FOUND letterId' },
  },
  mintPurposeToken: {
    text: `mintPurposeToken(caseId: $openCase, letterId: $letter)`,
    roles: ['STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING', 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'],
    ...{ within: 'shown', beyond: 'PURPOSE_DEAD x-purpose' },
  },
  requestCrossCheck: {
    text: `requestCrossCheck(input: { clientKey: "k", purpose: "ADMISSION_REVIEW", households: [$closedHousehold] }) { id }`,
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'],
    ...{ within: 'CASE_CLOSED households.0', beyond: 'NOT_FOUND households.0' },
  },
};

export const FOLLOWING: Operation = {
  text: 'crossCheckProgress(id: $crossCheck) { id state }',
  ...{ roles: AND_PARTNERS, within: 'shown', beyond: 'NOT_FOUND id' },
};

export type Kind = 'query' | 'mutation' | 'subscription';

/** One document of some operations; what they name comes as variables. */
export function documentOf(kind: Kind, operations: readonly { readonly text: string }[]): string {
  const body = operations.map(({ text }) => text).join(' ');
  const used = [...new Set([...body.matchAll(/\$(\w+)/g)].map(([, name]) => name!))];
  const head = used.map((name) => `$${name}: ${name === 'region' ? 'String!' : 'ID!'}`).join(', ');
  return `${kind} ${head && `(${head})`} { ${body} }`;
}

/** Verbs of an application that say a version which is not its last. */
function onOldVersion(
  verbs: readonly string[],
  roles: readonly Role[],
  more = '',
  within = 'STALE_VERSION version',
): Record<string, Operation> {
  const text = (verb: string) => `${verb}(input: { applicationId: $application, version: 1, ${more} }) { id }`;
  return Object.fromEntries(
    verbs.map((verb) => [verb, { text: text(verb), roles, within, beyond: 'NOT_FOUND applicationId' }]),
  );
}

/** The same of an allotment, a contract, an occupancy or an exit. */
function onOldTenancy(
  noun: string,
  verbs: readonly string[],
  roles: readonly Role[],
  more = '',
): Record<string, Operation> {
  const text = (verb: string) => `${verb}(input: { ${noun}Id: $${noun}, version: 1, ${more} }) { id }`;
  const met = { roles, within: 'STALE_VERSION version', beyond: `NOT_FOUND ${noun}Id` };
  return Object.fromEntries(verbs.map((verb) => [verb, { text: text(verb), ...met }]));
}

/** A procedure or batch as it stood before. */
function onOldAllocation(
  noun: 'Procedure' | 'Batch',
  seen: string,
  verbs: readonly string[],
  more = '',
): Record<string, Operation> {
  const field = `${noun.toLowerCase()}Id`;
  const text = (verb: string) => `${verb}(input: { ${field}: $allocation${noun}, ${seen}: 8, ${more} }) { id }`;
  const met = { roles: HEADS, within: `STALE_VERSION ${seen}`, beyond: `NOT_FOUND ${field}` };
  return Object.fromEntries(verbs.map((verb) => [verb, { text: text(verb), ...met }]));
}

/** Money about a contract that is over, of which nothing is due. */
function onReceipt(verbs: readonly string[], within: string): Record<string, Operation> {
  const receipt = 'amountFen: 1, receivedOn: "2026-10-01", documentNumber: "r"';
  const text = (verb: string) => `${verb}(input: { contractId: $contract, ${receipt} }) { id }`;
  const met = { roles: COUNTY, within, beyond: 'NOT_FOUND contractId' };
  return Object.fromEntries(verbs.map((verb) => [verb, { text: text(verb), ...met }]));
}

/** The same of somebody's place in the queue. */
function onOldPlace(verbs: readonly string[], more = ''): Record<string, Operation> {
  const text = (verb: string) => `${verb}(input: { entryId: $entry, version: 1, ${more} }) { id }`;
  const met = { roles: HEADS, within: 'STALE_VERSION version', beyond: 'NOT_FOUND entryId' };
  return Object.fromEntries(verbs.map((verb) => [verb, { text: text(verb), ...met }]));
}
