import { freeText, maybeText } from '../access/free-text';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { documentOf, fileMaterial, onArchive } from '../store/archive/material';
import { archiveEntryOf } from '../store/archive/stage';
import { ArchiveForm, type ArchiveEntry } from '../../schema/archive/archive-entry';

/** The whole entry as it should have been, or until when it holds. */
export interface CorrectArchiveEntry {
  readonly entryId: string;
  readonly title: string;
  readonly place?: string | null;
  readonly validFrom: string;
  readonly validTo?: string | null;
  readonly reason: string;
}

const neverChanged = guardOf(clause('IM-4.8'));

/** 更正 [IM-4.8]: an entry of its own, which says which one it stands for; that one stays as it is. Errors: NOT_FOUND, STALE_VERSION (corrected already), ILLEGAL_MOVE (a fact), INVALID_INPUT. */
export async function correctArchiveEntry(ctx: RequestContext, input: CorrectArchiveEntry): Promise<ArchiveEntry> {
  const { validFrom, validTo = null } = input;
  const [title, reason] = [freeText(input.title, 'title'), freeText(input.reason, 'reason')];
  const place = maybeText(input.place, 'place');
  return onArchive(ctx, 'correctArchiveEntry', async (em, client) => {
    const was = await archiveEntryOf(em, input.entryId);
    if (was.form === ArchiveForm.FACT)
      throw neverChanged.refuse(new HubError('ILLEGAL_MOVE', 'entryId', '办理事实不作更正，请另行归入材料'));
    neverChanged.let();
    const document = await documentOf(em, was.form === ArchiveForm.ELECTRONIC ? was.subjectId : null, was);
    const { id: corrects, section, regionCode, householdId, dwellingId } = was;
    const whose = { regionCode, householdId, dwellingId };
    const material = { title, place, document, reason };
    return fileMaterial(ctx, em, client, whose, { section, validFrom, validTo, corrects, material });
  });
}
