import { clause, guardOf } from '../../clauses';
import { HubError } from '../../errors';
import { inWords, refusedBy, type Refusal } from '../in-words';

/** What the database refuses of procedures and batches, by the name of its guard, in the words of the catalogue. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  allocation_procedure_of_office: ['INVALID_INPUT', 'region', '须为盟市或旗县市区'],
  allocation_procedure_move: ['ILLEGAL_MOVE', 'procedureId'],
  allocation_procedure_stale: ['STALE_VERSION', 'edition'],
  allocation_one_draft: ['STALE_VERSION', 'edition'],
  allocation_procedure_version: ['STALE_VERSION', 'edition'],
  allocation_procedure_steps: ['INVALID_INPUT', 'steps', '须为所列环节，各一次'],
  allocation_procedure_begins: ['INVALID_INPUT', 'validFrom', '不得早于批准之日'],
  allocation_procedure_in_order: ['INVALID_INPUT', 'validFrom', '须晚于前一版施行之日，且前一版不得后批'],
  allocation_legal_basis: ['LEGAL_BASIS_MISSING', 'legalBasis'],
  allocation_same_level: ['NOT_SAME_LEVEL', 'approvingBody'],
  allocation_batch_in_force: ['PROCEDURE_NOT_IN_FORCE', 'procedureId'],
  allocation_batch_once: ['INVALID_INPUT', 'name', '本区划已有同名批次'],
  allocation_batch_stale: ['STALE_VERSION', 'version'],
  allocation_batch_version: ['STALE_VERSION', 'version'],
  allocation_batch_move: ['ILLEGAL_MOVE', 'batchId'],
  allocation_batch_closed: ['ILLEGAL_MOVE', 'batchId', '批次已结束，只更正已登记的环节'],
  allocation_step_day: ['INVALID_INPUT', 'onDay', '须在批次开启之后、不晚于今日及批次结束之日'],
  allocation_step_corrected_day: ['INVALID_INPUT', 'onDay', '更正须写明办理之日'],
  allocation_step_evidence: ['INVALID_INPUT', 'evidenceHash', '须有证明文件的 SHA-256 或所在网址'],
  allocation_step_correction: ['INVALID_INPUT', 'correction', '已登记的环节须写明更正理由，初次登记的不写'],
};

/** 有依据、经同级人民政府批准: without either nothing is submitted, approved or opened. */
const APPROVED = guardOf(clause('GX-6.2.1(1)'));
const BY_LAW = ['LEGAL_BASIS_MISSING', 'NOT_SAME_LEVEL', 'PROCEDURE_NOT_IN_FORCE'];

/** A refusal in the words of the catalogue; any other error as it came. */
export function toldOfAllocation(error: unknown): unknown {
  const told = inWords(error, REFUSALS);
  return refusedBy(error) && told instanceof HubError && BY_LAW.includes(told.code) ? APPROVED.refuse(told) : told;
}

/** To be told once the database has let it through. */
export const restsOnApproval = (): void => APPROVED.let();
