import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { standingFinding, standingReport } from '../store/case-report';
import { openCaseOf } from '../store/letters/terms';
import { waivable } from '../store/paper-evidence';
import { DOCUMENT_NUMBER } from '../store/paper';
import { inUnit } from '../store/unit';
import { HouseholdMember } from '../../schema/housing/household-member';
import { isDate } from '../../schema/scalars';
import type { ReportFinding } from '../../schema/sharing/report-body';
import { PaperEvidence, PaperState, type PaperKind } from '../../schema/sharing/paper-evidence';

export interface AddEvidence {
  readonly caseId: string;
  /** Code of the rule whose finding it is to pass. */
  readonly rule: string;
  /** Whom the document is about; the household when left out. */
  readonly member?: string | null;
  readonly documentKind: PaperKind;
  readonly documentNumber: string;
  readonly issuedBy: string;
  /** 'YYYY-MM-DD', the last day on which it counts; not before today. */
  readonly validUntil: string;
  readonly note: string;
}

/** May a person settle it by paper? A FAIL never, in doubt or not. */
const isOpen = ({ outcome, contests = [] }: ReportFinding): boolean =>
  ['INCONCLUSIVE', 'CONTRADICTION', 'CONFLICT'].includes(outcome) ||
  (outcome === 'IN_DOUBT' && contests.every(({ recorded }) => recorded !== 'FAIL'));

/**
 * 提交人工证据: counts for nothing until another person confirms it. Errors: NOT_FOUND, CASE_CLOSED, INVALID_INPUT naming the field,
 * PROHIBITION_NOT_WAIVABLE, EVIDENCE_NOT_CALLED_FOR.
 */
export async function addEvidence(ctx: RequestContext, input: AddEvidence): Promise<PaperEvidence> {
  const { caseId, rule, documentKind, validUntil } = input;
  const member = input.member ?? null;
  const addedAt = ctx.hub.now();
  const today = beijingDay(addedAt);
  const written = textsOf(input, today);
  const { about } = waivable(ctx.hub.engine.rules, rule);
  const { subject: addedBy, role: addedRole, office: addedOffice } = ctx.viewer;
  return inUnit(ctx, 'addEvidence', async (em, client) => {
    const { regionCode, householdId, applicantId } = await openCaseOf(em, caseId);
    await standingReport(client, caseId, today); // none newer comes between
    const finding = await standingFinding(client, caseId, rule);
    if (!finding || !isOpen(finding)) throw new HubError('EVIDENCE_NOT_CALLED_FOR', 'rule');
    const persons = await spokenFor(em, householdId, member);
    if (member && about === 'APPLICANT' && member !== applicantId)
      throw new HubError('INVALID_INPUT', 'member', '该规则只涉及申请人');
    const alive = { caseId, rule, member, state: { $in: [PaperState.PROPOSED, PaperState.CONFIRMED] } };
    if (await em.count(PaperEvidence, alive)) throw new HubError('EVIDENCE_NOT_CALLED_FOR', 'rule');
    const paper = em.create(PaperEvidence, {
      ...{ id: randomUUID(), regionCode, householdId, caseId, rule, member, persons, documentKind, validUntil },
      ...{ ...written, state: PaperState.PROPOSED, addedAt, addedBy, addedRole, addedOffice },
      ...{ settledAt: null, settledBy: null, settledRole: null, settledOffice: null },
      ...{ endedAt: null, endedBy: null, reason: null },
    });
    await em.persist(paper).flush();
    return Object.assign(paper, { personId: member ?? applicantId });
  });
}

/** What is written down in words. Error: INVALID_INPUT naming the field, the last day among them. */
function textsOf({ validUntil, documentNumber, issuedBy, note }: AddEvidence, today: string) {
  if (!isDate(validUntil) || validUntil < today)
    throw new HubError('INVALID_INPUT', 'validUntil', '须为不早于今日的日期');
  return {
    documentNumber: freeText(documentNumber, 'documentNumber', DOCUMENT_NUMBER),
    issuedBy: freeText(issuedBy, 'issuedBy', DOCUMENT_NUMBER),
    note: freeText(note, 'note'),
  };
}

/** The member, or all who are members now. Error: INVALID_INPUT where the member is none. */
async function spokenFor(em: EntityManager, householdId: string, member: string | null): Promise<string[]> {
  const seats = await em.find(HouseholdMember, { householdId, until: null, ...(member ? { personId: member } : {}) });
  if (seats.length === 0) throw new HubError('INVALID_INPUT', 'member', '须为该家庭的在册成员');
  return [...new Set(seats.map(({ personId }) => personId))].sort();
}
