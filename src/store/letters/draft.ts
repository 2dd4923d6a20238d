import type { EntityManager } from '@mikro-orm/postgresql';
import type { Case } from '../../../schema/housing/case';
import { Letter, LetterState } from '../../../schema/sharing/letter';
import { newId } from '../../access/new-id';
import type { LetterTerms } from './terms';

/** A drafted letter of a case; its members refer to it, so it is written at once. */
export async function draftOf(
  em: EntityManager,
  { id: caseId, householdId, regionCode }: Case,
  terms: LetterTerms,
  { signedOn, subject }: { readonly signedOn: string | null; readonly subject: string },
): Promise<Letter> {
  const { purpose, sources, noticeVersion, validUntil } = terms;
  const letter = em.create(Letter, {
    ...{ id: newId(), regionCode, householdId, caseId, purposeCode: purpose, sources: [...sources] },
    ...{ noticeVersion: noticeVersion.trim(), signedOn, validUntil, endedOn: null, endReason: null },
    ...{ state: LetterState.DRAFTED, registeredBy: subject },
  });
  await em.persist(letter).flush();
  return letter;
}
