import { AllocationBatch } from './allocation/allocation-batch';
import { AllocationProcedure } from './allocation/allocation-procedure';
import { AllocationBatchStep } from './allocation/batch-step';
import { Application } from './admission/application';
import { ApplicationStep } from './admission/application-step';
import { ApplicationDocument } from './admission/document';
import { FormTemplate } from './admission/form-template';
import { Objection } from './admission/objection';
import { ObjectorOpening } from './admission/objector-opening';
import { Publicity } from './admission/publicity';
import { ArchiveDisposal } from './archive/archive-disposal';
import { ArchiveEntry } from './archive/archive-entry';
import { ArchiveFile } from './archive/archive-file';
import { ArchiveStep } from './archive/archive-step';
import { SpotCheck, SpotCheckFile } from './archive/spot-check';
import { ApprovedAllocationProcedure } from './disclosure/approved-allocation-procedure';
import { ApprovedHousehold } from './disclosure/approved-household';
import { Publication } from './disclosure/publication';
import { RegisteredObject } from './disclosure/registered-object';
import { Case } from './housing/case';
import { Entitlement } from './housing/entitlement';
import { Household } from './housing/household';
import { HouseholdMember } from './housing/household-member';
import { IdentityMatch } from './housing/identity-match';
import { Person } from './housing/person';
import { ReapplyBar } from './housing/reapply-bar';
import { Region } from './housing/region';
import { Notice } from './notice/notice';
import { NoticeStep } from './notice/notice-step';
import { AnnualReview } from './review/annual-review';
import { Change } from './review/change';
import { DetectionFinding } from './review/detection-finding';
import { ExitCase } from './review/exit-case';
import { Inspection } from './review/inspection';
import { ReviewCampaign } from './review/review-campaign';
import { ReviewStep } from './review/review-step';
import { Violation } from './review/violation';
import { Answer } from './sharing/answer';
import { CrossCheck } from './sharing/cross-check';
import { CrossCheckHousehold } from './sharing/cross-check-household';
import { Decision } from './sharing/decision';
import { Evaluation } from './sharing/evaluation';
import { EvidenceTask } from './sharing/evidence-task';
import { FactContest } from './sharing/fact-contest';
import { Letter } from './sharing/letter';
import { LetterMember } from './sharing/letter-member';
import { Parameter } from './sharing/parameter';
import { PaperEvidence } from './sharing/paper-evidence';
import { Partner } from './sharing/partner';
import { PartnerDocument } from './sharing/partner-document';
import { Purpose } from './sharing/purpose';
import { ReadEntry } from './sharing/read-entry';
import { Report } from './sharing/report';
import { SharingGrant } from './sharing/sharing-grant';
import { WriteEntry } from './sharing/write-entry';
import { ApprovalPublicity } from './supervision/approval-publicity';
import { DwellingDealing } from './supervision/dwelling-dealing';
import { Petition } from './supervision/petition';
import { SupervisionMatter } from './supervision/supervision-matter';
import { Allotment } from './tenancy/allotment';
import { Contract } from './tenancy/contract';
import { ContractRent } from './tenancy/contract-rent';
import { ContractTemplate } from './tenancy/contract-template';
import { Dwelling } from './tenancy/dwelling';
import { DwellingStep } from './tenancy/dwelling-step';
import { LeaseOperation } from './tenancy/lease-operation';
import { Occupancy } from './tenancy/occupancy';
import { RentEntry } from './tenancy/rent-entry';
import { TenancyStep } from './tenancy/tenancy-step';
import { WaitingDifference } from './waiting/waiting-difference';
import { WaitingException } from './waiting/waiting-exception';
import { WaitingListEntry } from './waiting/waiting-list-entry';
import { WaitingStep } from './waiting/waiting-step';

/** The nouns that have a table. A new noun is a line here. */
export const entities = [
  ...[Region, Household, Person, HouseholdMember, Case, Entitlement, ReapplyBar, IdentityMatch],
  ...[Purpose, Partner, SharingGrant, PartnerDocument, Parameter, Letter, LetterMember],
  ...[Answer, CrossCheck, CrossCheckHousehold, Evaluation, Report, EvidenceTask, Decision, ReadEntry, WriteEntry],
  ...[ReviewCampaign, AnnualReview, ReviewStep, ExitCase, Inspection, Violation, Change, DetectionFinding],
  ...[FormTemplate, Application, ApplicationStep, Publicity, Objection, ObjectorOpening, ApplicationDocument],
  ...[WaitingListEntry, WaitingStep, WaitingException, WaitingDifference],
  ...[ArchiveFile, ArchiveEntry, ArchiveStep, SpotCheck, SpotCheckFile, ArchiveDisposal],
  ...[Dwelling, DwellingStep, Allotment, ContractTemplate, Contract, ContractRent, Occupancy, TenancyStep, RentEntry],
  ...[LeaseOperation, AllocationProcedure, AllocationBatch, AllocationBatchStep],
  ...[SupervisionMatter, Petition, DwellingDealing, ApprovalPublicity],
  ...[Notice, NoticeStep],
  ...[PaperEvidence, FactContest, Publication, RegisteredObject, ApprovedAllocationProcedure, ApprovedHousehold],
];
