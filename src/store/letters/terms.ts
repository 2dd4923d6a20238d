import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { holdsIdNumber } from '../../access/identity';
import { HubError } from '../../errors';
import { Case } from '../../../schema/housing/case';
import { isCode, isDate } from '../../../schema/scalars';
import { Purpose } from '../../../schema/sharing/purpose';

/** What a letter says before anybody signs it. */
export interface LetterTerms {
  readonly caseId: string;
  /** Code of the purpose, 'ADMISSION_REVIEW'. */
  readonly purpose: string;
  /** Agencies named in the letter: some of those the purpose names. */
  readonly sources: readonly string[];
  /** Version of the notice that is shown before signing (PIPL art. 17). */
  readonly noticeVersion: string;
  /** 'YYYY-MM-DD', the last day on which it counts; not before today. */
  readonly validUntil: string;
}

/** Throws INVALID_INPUT naming the field. */
export function refuseBadTerms({ noticeVersion, validUntil }: LetterTerms, today: string): void {
  if (!/^\P{C}{1,50}$/u.test(noticeVersion.trim()))
    throw new HubError('INVALID_INPUT', 'noticeVersion', '须载明所出示告知书的版本');
  if (holdsIdNumber(noticeVersion)) throw new HubError('INVALID_INPUT', 'noticeVersion', '不得含公民身份号码');
  if (!isDate(validUntil) || validUntil < today)
    throw new HubError('INVALID_INPUT', 'validUntil', '须为不早于今日的日期');
}

/** Throws INVALID_INPUT where the day of a signature is none, or not yet there. */
export function refuseBadSigningDay(signedOn: string, today: string): void {
  if (!isDate(signedOn) || signedOn > today) throw new HubError('INVALID_INPUT', 'signedOn', '须为不晚于今日的日期');
}

/** The open case a letter is for; it cannot be closed before the letter stands. Errors: NOT_FOUND, CASE_CLOSED. */
export async function openCaseOf(em: EntityManager, caseId: string): Promise<Case> {
  const found = await em.findOne(Case, { id: caseId }, { lockMode: LockMode.PESSIMISTIC_READ });
  if (!found) throw new HubError('NOT_FOUND', 'caseId');
  if (found.closedOn) throw new HubError('CASE_CLOSED', 'caseId');
  return found;
}

/** Errors: INVALID_INPUT for an unknown purpose or a source it does not name, LETTER_INCOMPLETE for no source. */
export async function refuseForeignSources(em: EntityManager, { purpose: code, sources }: LetterTerms): Promise<void> {
  const purpose = isCode(code) ? await em.findOne(Purpose, { code }) : null;
  if (!purpose) throw new HubError('INVALID_INPUT', 'purpose', '未登记的查询目的');
  if (sources.length === 0) throw new HubError('LETTER_INCOMPLETE', 'sources', '未载明来源');
  const foreign = sources.findIndex(
    (source, at) => !purpose.sources.includes(source) || sources.indexOf(source) !== at,
  );
  if (foreign >= 0)
    throw new HubError('INVALID_INPUT', `sources.${foreign}`, `须为下列之一且不重复：${purpose.sources.join('、')}`);
}
