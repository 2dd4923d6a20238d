import { connectors } from '../connectors';
import { agencySubgraph } from '../src/exchange/resolver';
import { ApprovedAllocationProcedureResolver } from './disclosure/approved-allocation-procedure';
import { ApprovedHouseholdResolver } from './disclosure/approved-household';
import { permissions as disclosurePermissions } from './disclosure/permissions';
import { RegisteredObjectResolver } from './disclosure/registered-object';
import { ApplicationResolver, ApplicationsOfHousehold } from './housing/admission/application';
import { DocumentResolver } from './housing/admission/document';
import { ApplicationFormResolver } from './housing/admission/form';
import { ProcedureResolver } from './housing/admission/procedure';
import { ObjectionResolver, PublicityResolver } from './housing/admission/publicity';
import { AllocationBatchResolver } from './housing/allocation/batch';
import { AllocationProcedureResolver } from './housing/allocation/procedure';
import { ArchiveCareResolver } from './housing/archive/care';
import { ArchiveEntryResolver, ArchiveFileResolver, FileOfHousehold } from './housing/archive/file';
import { ArchiveVerbs } from './housing/archive/verbs';
import { CaseResolver } from './housing/case';
import { HouseholdResolver } from './housing/household';
import { IdentityMatchResolver } from './housing/identity-match';
import { HouseholdMemberResolver } from './housing/household-member';
import { NoticeResolver, NoticesOfHousehold } from './housing/notice/notice';
import { permissions as housingPermissions } from './housing/permissions';
import { PersonResolver } from './housing/person';
import { ReapplyBarResolver } from './housing/reapply-bar';
import { references as housingReferences } from './housing/references';
import { RegionResolver } from './housing/region';
import { AllotmentVerbs } from './housing/tenancy/allotment-verbs';
import { ContractVerbs } from './housing/tenancy/contract-verbs';
import { SecurityStatusResolver } from './housing/security-status';
import { SupervisionResolver } from './housing/supervision/finding';
import { SupervisionMatterResolver } from './housing/supervision/matter';
import { PetitionResolver } from './housing/supervision/petition';
import { ApprovalPublicityResolver } from './housing/supervision/publicity';
import { DwellingResolver } from './housing/tenancy/dwelling';
import { ExitVerbs } from './housing/tenancy/exit-verbs';
import { OccupancyVerbs } from './housing/tenancy/occupancy-verbs';
import { RentResolver } from './housing/tenancy/rent';
import { TenancyResolver } from './housing/tenancy/tenancy';
import { WaitingListResolver, WaitingOfHousehold } from './housing/waiting/entry';
import { WaitingVerbs } from './housing/waiting/verbs';
import type { SubgraphParts } from './parts';
import { AccessResolver } from './sharing/access';
import { CrossCheckHouseholdResolver, CrossCheckResolver } from './sharing/cross-check';
import { DecisionResolver } from './sharing/decision';
import { EvidenceTaskResolver, TasksOfHousehold } from './sharing/evidence-task';
import { FactContestResolver } from './sharing/fact-contest';
import { LetterResolver, LettersOfHousehold } from './sharing/letter';
import { LetterMemberResolver } from './sharing/letter-member';
import { OverdueAnswerResolver } from './sharing/overdue-answer';
import { LogTreeResolver } from './sharing/log-tree';
import { PaperEvidenceResolver } from './sharing/paper-evidence';
import { permissions as sharingPermissions } from './sharing/permissions';
import { PurposeResolver } from './sharing/purpose';
import { references as sharingReferences } from './sharing/references';
import { ReviewCampaignResolver } from './sharing/review/campaign';
import { ChangeResolver } from './sharing/review/change';
import { DetectionResolver } from './sharing/review/detection';
import { ExitCaseResolver, InspectionResolver } from './sharing/review/inspection';
import { AnnualReviewResolver, ReviewsOfHousehold } from './sharing/review/review';
import { ViolationResolver } from './sharing/review/violation';

/** Every subgraph: the hub's own, where a resolver is a line here, and one for each agency. */
export const subgraphs: readonly SubgraphParts[] = [
  {
    name: 'housing',
    resolvers: [
      ...[HouseholdResolver, HouseholdMemberResolver, PersonResolver, CaseResolver, RegionResolver, ReapplyBarResolver],
      ...[IdentityMatchResolver, ApplicationResolver, ApplicationsOfHousehold, PublicityResolver, ObjectionResolver],
      ...[ApplicationFormResolver, DocumentResolver, ProcedureResolver, SupervisionResolver, SecurityStatusResolver],
      ...[SupervisionMatterResolver, PetitionResolver, ApprovalPublicityResolver],
      ...[WaitingListResolver, WaitingOfHousehold, WaitingVerbs],
      ...[ArchiveFileResolver, FileOfHousehold, ArchiveEntryResolver, ArchiveVerbs, ArchiveCareResolver],
      ...[DwellingResolver, TenancyResolver, AllotmentVerbs, ContractVerbs, OccupancyVerbs, RentResolver, ExitVerbs],
      ...[NoticeResolver, NoticesOfHousehold],
      ...[AllocationProcedureResolver, AllocationBatchResolver],
    ],
    orphanedTypes: [],
    references: housingReferences,
    permissions: housingPermissions,
  },
  {
    name: 'sharing',
    resolvers: [
      ...[LetterResolver, LetterMemberResolver, LettersOfHousehold, PurposeResolver],
      ...[CrossCheckResolver, CrossCheckHouseholdResolver, OverdueAnswerResolver, AccessResolver, LogTreeResolver],
      ...[EvidenceTaskResolver, TasksOfHousehold, DecisionResolver, PaperEvidenceResolver, FactContestResolver],
      ...[ReviewCampaignResolver, AnnualReviewResolver, ReviewsOfHousehold, InspectionResolver, ExitCaseResolver],
      ...[ChangeResolver, ViolationResolver, DetectionResolver],
    ],
    orphanedTypes: [],
    references: sharingReferences,
    permissions: sharingPermissions,
  },
  {
    name: 'disclosure',
    resolvers: [RegisteredObjectResolver, ApprovedAllocationProcedureResolver, ApprovedHouseholdResolver],
    orphanedTypes: [],
    references: {},
    permissions: disclosurePermissions,
  },
  ...connectors.map(agencySubgraph),
];
