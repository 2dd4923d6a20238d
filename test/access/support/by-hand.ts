import type { Level } from '../../../src/access/classification';
import type { Role } from '../../../src/access/viewer';

/*
 * What domain.md §2 and §8 and security.md §2 say, written down a second time: a change of a class or of the policy has to
 * be made here too. Nothing here is read from the code under test; its types only spell the words.
 */

const LEVELS_BY_HAND: Record<Level, string> = {
  personal: `IdentityMatch.reason Person.name Person.birthDate HouseholdMember.declaredName Decision.reason
    PaperEvidence.documentNumber PaperEvidence.note PaperEvidence.reason
    FactContest.claimed FactContest.reason FactContest.endReason
    ReviewStep.note ApplicationStep.note FilledField.value Objection.statement Objection.answer OpenedObjector.name OpenedObjector.contact WaitingStep.note WaitingException.reason Notice.body ArchiveMaterial.title ArchiveMaterial.place ArchiveMaterial.reason SpotCheckFile.defects TenancyStep.note RentEntry.amountFen Arrears.owedFen Violation.investigation ApplicationDocument.name ApplicationDocument.withdrawalReason Inspection.signalNote Inspection.resultNote Change.reply Change.closingNote
    CivilAffairsRecord.marriageStatus CivilAffairsRecord.spouseName CivilAffairsRecord.deceasedOn
    HouseholdRegisterRecord.nameMatch HouseholdRegisterRecord.hukouPlace HouseholdRegisterRecord.hukouKind
    HouseholdRegisterRecord.hukouSince HouseholdRegisterRecord.deceasedOn HouseholdRegisterRecord.cancelledOn
    HouseholdRegisterRecord.minorChildren`,
  identity: 'Person.idNumber CivilAffairsRecord.spouseIdNumber',
  assets: `Case.declaredIncomeFen SharedFact.value ReviewStep.amountFen Change.item Change.datedOn PropertyRecord.units PropertyRecord.ownedAreaCm2
    PropertyUnit.unitCode PropertyUnit.countyCode PropertyUnit.areaCm2 PropertyUnit.areaKind PropertyUnit.rightKind
    PropertyUnit.shareBp PropertyUnit.registeredOn
    VehicleRecord.vehicles VehicleRecord.dearestVehicleFen VehicleRecord.unpricedVehicles
    Vehicle.plate Vehicle.plateKind Vehicle.brandModel Vehicle.firstRegisteredOn Vehicle.status Vehicle.priceFen
    ProvidentFundRecord.accountStatus ProvidentFundRecord.monthsPaid ProvidentFundRecord.monthlyContributionFen
    ProvidentFundRecord.ratioBp ProvidentFundRecord.baseFen ProvidentFundRecord.lastPaidMonth`,
  welfare: `CivilAffairsRecord.allowanceClass CivilAffairsRecord.allowanceValidUntil CivilAffairsRecord.incomeClass
    CivilAffairsRecord.perHeadMonthlyFen CivilAffairsRecord.determinationValidUntil`,
};

/** 'Type.field' → how closely it is held. */
export const CLASSIFIED: ReadonlyMap<string, Level> = new Map(
  (Object.entries(LEVELS_BY_HAND) as [Level, string][]).flatMap(([level, fields]) =>
    fields
      .trim()
      .split(/\s+/)
      .map((field) => [field, level] as const),
  ),
);

const ANSWER =
  'status source sourceRecordId asOf fetchedAt coverage letterId queryId reason askedAt dueAt retryAt value';

/** Fields that tell nothing of a person's name, number, means or welfare: reviewed, and open to whoever reaches their type. */
export const OPEN: Readonly<Record<string, string>> = {
  Person: 'id civilAffairs partnerKey formerPartnerKey householdRegister property providentFund vehicle',
  ...{ CivilAffairsAnswer: ANSWER, HouseholdRegisterAnswer: ANSWER, PropertyAnswer: ANSWER },
  ...{ ProvidentFundAnswer: ANSWER, VehicleAnswer: ANSWER, Coverage: 'regions from to' },
  Household:
    'id regionCode fileNumber registeredOn closedOn region members cases entitlements letters evidenceTasks decisions paperEvidence factContests annualReviews applications waiting file notices',
  HouseholdMember: 'id relation since until person',
  Case: 'id kind programme submittedOn closedOn closedAs applicant',
  Entitlement: 'id programme since until',
  /* Of two persons whom its reader has both in scope. */
  IdentityMatch: 'id personId score tier model foundAt state reviewedAt reviewedBy persons explanation',
  Letter:
    'id regionCode caseId sources noticeVersion state signedOn validUntil endedOn endReason purpose household members',
  LetterMember: 'signature signedOn person signedBy',
  Region: 'code name level divisionKind parentCode validTo successorCode',
  Purpose: 'code title basis sources fields',
  /* Comes back to the officer who wrote it, and names nobody. */
  ReapplyBar: 'id ground returnedOn documentNumber liftedOn liftingDocument',
  Parameter: 'id code regionCode programme value unit documentNumber mark validFrom validTo knownFrom',
  CrossCheck: 'id purpose asOf state total done requestedAt finishedAt households',
  CrossCheckHousehold: 'state household report',
  CrossCheckProgress: 'id state total done finishedAt',
  /* Whole or not at all: CrossCheckHousehold.report is null for whoever may not see assets and welfare. */
  Report: 'at version final canonical hash signature conclusion findings sources',
  Finding:
    'rule title outcome citation observed threshold unit sentence evidence missing parameters paper contest conflict',
  FindingConflict: 'fact personId told prevails precedence',
  ConflictTold: 'source answerId value asOf',
  FindingPaper: 'id personId documentKind documentNumber issuedBy validUntil addedBy confirmedBy confirmedAt',
  Answer: 'id source status asOf reason askedAt dueAt retryAt',
  Missing: 'source personId status reason askAgainAt letter',
  SourceState: 'source asked answered states members',
  MemberAnswer: 'personId answerId status reason asOf dueAt retryAt',
  OverdueAnswer: 'queryId source agency household askedAt dueAt dueProvisional daysOverdue remindedAt',
  Access: 'id at office role subject source fields reason clause caseKind caseId persons batch',
  AuditHead: 'size root at canonical signature',
  InclusionProof: 'entryId position leafHash path head',
  ConsistencyProof: 'from to fromRoot toRoot path',
  /* A partner system gets none of it (Household.evidenceTasks is null); who the members are is a logged look. */
  EvidenceTask:
    'id caseId kind about state rules dueOn dueProvisional openedAt openedBy closedAt closedBy household members office agency',
  Decision: 'id personId caseId verdict reportHash decidedAt decidedBy role office supersededAt supersededBy',
  FindingContest: 'id source personId answerId recorded claimed filedOn contestedBy contestedAt',
  FactContest:
    `id caseId rule source personId answerId filedOn contestedAt contestedBy contestedRole contestedOffice endedAt endedBy
    endedByAnswer`.replace(/\s+/g, ' '),
  PaperEvidence:
    `id caseId rule member personId documentKind issuedBy validUntil state addedAt addedBy addedRole addedOffice
    settledAt settledBy settledRole settledOffice endedAt endedBy`.replace(/\s+/g, ' '),
  /* Counts of one's own region, which one may list one by one. */
  ReviewCampaign: 'id regionCode year openedBy office openedAt declareBy declareByProvisional complete summary',
  ReviewSummary: 'secured reviewed pending exempt notOpened overdue states',
  ReviewStateCount: 'state count',
  /* A partner system gets none of it (Household.annualReviews is null). */
  AnnualReview:
    'id regionCode year programme caseId dueOn declareBy state exemptAs outcome reportHash household steps report factors',
  ReviewFactor: 'factor outcome changed rules sentences', // of the report, for whoever may see it
  ReviewStep:
    'id personId kind at takenBy role office onDay agency opinion attended outcome conversion basis documentNumber reportHash crossCheckId inspectionId objectionsUntil effectiveOn',
  /* A partner system gets none of it (Household.applications is null). What is posted is masked. */
  Application:
    'id regionCode caseId flow state round version submittedOn receipt reviewBy household steps publicities documents form',
  ApplicationDocument:
    'id personId kind contentType bytes sha256 scan takenOn takenBy withdrawnOn withdrawnBy issuedBy checkResult checkedAgainst checkedOn checkedBy',
  FormTemplate: 'id regionCode version title documentNumber validFrom fields documents publishedAt publishedBy',
  RequiredDocument: 'kind label',
  FormField: 'key label kind required choices source fact everyone',
  ApplicationForm: 'template fields gaps',
  FilledField: 'field personId shared',
  SharedFact: 'personId asOf answerId',
  FormGap: 'kind key label',
  ApplicationStep:
    'id personId kind round at onDay takenBy role office agency opinion documentNumber reportHash publicityId',
  Publicity:
    'id round place url snapshot snapshotHash pageHash postedOn lastDay days settledOn sightings state objections',
  PublicitySighting: 'day result firstAt lastAt times',
  Objection: 'id personId filedOn takenBy state answeredOn answeredBy objectorOpenings',
  ObjectorOpening: 'id objectionId documentNumber askedBy askedAt openedBy openedAt tellBy toldOn toldBy',
  OpenedObjector: 'opening',
  /* Nor of its place in the queue (Household.waiting is null). */
  WaitingListEntry:
    'id regionCode applicationId programme enteredOn state refusals deferredUntil batch version rank overLimit household factors steps exceptions',
  WaitingFactor: 'factor known value points', // for whoever may see a report; null for others
  WaitingStep: 'id personId kind toState at onDay takenBy role office batch deferredUntil documentNumber',
  WaitingException: 'id entryId personId fromRank toRank documentNumber at onDay decidedBy role office',
  WaitingDifference: 'id entryId onDay stood computed',
  /* Nor of its file (Household.file is null). */
  ArchiveFile: 'id regionCode kind householdId dwellingId openedAt validOn knownAt entries completeness related',
  RelatedFile: 'id kind householdId dwellingId',
  ArchiveEntry:
    'id regionCode fileId seq section form subjectKind subjectId fact validFrom validTo recordedAt corrects filedBy role office onDay bodyHash hash stage erasedOn material steps',
  ArchiveMaterial: 'personId',
  ArchiveStep: 'id stage at onDay takenBy role office',
  Completeness: 'present required sections phases',
  SectionState: 'section entries required missing',
  PhaseState: 'phase reached missing',
  ArchiveFinding: 'finding kind regionCode subjectId section entryId stage person dueOn', // `person`: an account of an officer
  ProcedureFinding: 'finding regionCode applicationId stage round lacks', // what a record lacks, never what it says
  SupervisionMatter:
    'id regionCode applicationId documentNumber openedOn openedBy assisting assistingOn opinion opinionDocument opinionOn opinionBy closingDocument closedOn closedBy',
  /* By the number of a paper register: not from whom, not about whom. */
  Petition:
    'id regionCode kind registerNumber receivedOn receivedBy decision decisionDocument decidedOn decidedBy implementationDocument implementedOn implementedBy',
  /* Of an allotment by its id: that it was made public, and where. */
  ApprovalPublicity: 'id regionCode allotmentId medium place url publishedOn documentNumber recordedBy',
  SecurityStatus: 'secured programme regionCode', // to a partner whose grant names it
  SupervisionFinding: 'finding clause regionCode recordId since body source', // of records and bodies, of nobody
  SpotCheck: 'id regionCode year seed size ofFiles drawnAt drawnBy role office files rates',
  SpotCheckFile: 'checkId place regionCode fileId personId found checkedOn checkedBy',
  SpotRate: 'regionCode checked inOrder rate',
  ArchiveDisposal: 'id regionCode fileId documentNumber proposedBy proposedOn role office confirmedBy confirmedOn',
  /* Stock; who lives there is another matter. */
  Dwelling:
    'id regionCode unitCode project address programme unitType areaCm2 areaKind owner manager rentStandard raising state version recordedAt recordedBy steps operations history dealings',
  DwellingDealing: 'id kind answer handlingBody onDay documentNumber recordedBy',
  DwellingEvent: 'kind step onDay office documentNumber',
  DwellingStep: 'id kind toState at onDay takenBy role office documentNumber',
  LeaseOperation: 'kind onDay summary doneBy amountFen documentNumber',
  /* Of rounds, and of nobody in them. */
  AllocationProcedure:
    `id regionCode version edition state title text legalBasis steps draftedAt draftedBy submittedOn submittedBy approvingBody documentNumber
    approvedOn validFrom validTo approvalRecordedAt approvalRecordedBy`.replace(/\s+/g, ' '),
  LegalBasis: 'title documentNumber article',
  AllocationBatch:
    'id regionCode name procedureId state version openedOn openedAt openedBy closedOn closedBy procedure steps checks outcome',
  AllocationBatchStep: 'id step onDay at takenBy role office evidenceHash evidenceUrl correction',
  BatchCheck: 'basis step outcome reason against observedDays requiredDays rule citation',
  ApprovedAllocationProcedure:
    'regionCode version title text legalBasis steps approvingBody documentNumber approvedOn validFrom validTo',
  ContractTemplate: 'id regionCode kind version title documentNumber validFrom clauses publishedAt publishedBy',
  ContractClause: 'id group text',
  /* Of a household by its id alone: who it is, its file tells. Terms and rent come of published rates. */
  Allotment:
    'id regionCode householdId applicationId entryId dwellingId programme state version offeredOn answerBy documentNumber offeredBy',
  Contract:
    `id regionCode householdId allotmentId dwellingId programme kind templateId predecessorId partyKind party areaCm2 rentFen depositFen priceFen
    startsOn endsOn chargedFrom chargedUntil renewalAskedOn state version drawnAt drawnBy occupancy`.replace(
      /\s+/g,
      ' ',
    ),
  Occupancy: 'id regionCode householdId dwellingId allotmentId state version openedOn vacatedOn',
  TenancyStep: 'id personId noun kind toState at onDay takenBy role office documentNumber clauseId dueOn amountFen',
  RentEntry: 'id personId kind month debit credit at onDay takenBy documentNumber',
  Arrears: 'contractId personId months overLimit',
  TreasuryMonth: 'regionCode month receivedFen remittedFen toRemitFen',
  ExitStanding: 'id state vacateBy version',
  Violation:
    'id regionCode householdId inspectionId personId kind office state openedOn decision documentNumber decidedOn decidedBy',
  ExitCase: 'id regionCode reviewId ground basis openedOn vacateBy state version household',
  DetectionFinding: 'id regionCode entitlementId kind ground foundOn exitId caseId state clearedOn household',
  RegionRectification: 'regionCode found cleared open closed highEndCatalogue',
  /* Nor of what it was told (Household.notices is null). */
  Notice:
    'id regionCode personId kind basisId resultOn dueOn dueProvisional attempts toldOn paperBy state version household late suspectedGround steps',
  NoticeStep: 'id kind toState at onDay takenBy role office toldOn cause retryAt documentNumber',
  Inspection:
    'id regionCode personId kind signal seenFrom opensOn signalledBy signalledAt state useState inspectedOn inspectedBy household',
  Change:
    'id regionCode personId caseId letterId kind source seenOn queryId state notifiedOn replyBy replyByProvisional repliedOn outcome crossCheckId result closedOn closedBy household',
  ChangeWatch: 'intervalDays households watched lookedSince notAnswered paused withoutInterval open',
  SignalRecord: 'signal kind open confirmed excused falseAlarms',
  ImportReport: 'rows created unchanged refused problems',
  ImportProblem: 'row code field message remedy',
  RegisteredObject: 'rowNumber applicantName citizenIdMasked securityType registrationDate',
  ApprovedHousehold: 'rowNumber applicantName population incomeBand incomeWithheld areaBand areaWithheld',
  PageInfo: 'hasNextPage hasPreviousPage startCursor endCursor',
};

/**
 * What each role may read in clear of [personal, identity, assets, welfare]: Always in its region, under a live Purpose
 * that covers the person, Never.
 */
export const SEES: Record<Role, string> = {
  COMMUNITY_WORKER: 'ANNN',
  STREET_OFFICER: 'APNP',
  COUNTY_HOUSING: 'APPP',
  CITY_HOUSING: 'APPP',
  REGION_HOUSING: 'ANAA',
  CIVIL_AFFAIRS: 'APNP',
  POLICE: 'NNNN',
  FINANCE: 'NNNN',
  AUDITOR: 'ANAA',
  DISCIPLINE: 'ANAA',
  OPERATING_UNIT: 'NNNN',
  PARTNER_SYSTEM: 'ANPP',
  DASHBOARD: 'NNNN',
  APPLICANT_SELF: 'NNNN',
};

const ORDER: readonly Level[] = ['personal', 'identity', 'assets', 'welfare'];

/** May a role read a level in clear, about somebody whom a live purpose of it covers, or not? */
export function mayRead(role: Role, level: Level, covered: boolean): boolean {
  const sees = SEES[role][ORDER.indexOf(level)];
  return sees === 'A' || (sees === 'P' && covered);
}

/** How a value looks that may not be read: the first letter of a name, six digits and the last of a number, else nothing. */
export function hiddenForm(field: string, clear: unknown): unknown {
  const text = String(clear);
  if (/(^|\.)(name|declaredName|spouseName)$/.test(field)) return [...text][0]! + '*'.repeat([...text].length - 1);
  return /(idNumber|IdNumber)$/.test(field) ? `${text.slice(0, 6)}***********${text.slice(17)}` : null;
}
