import { freeText, maybeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { documentOf, fileMaterial, onArchive, subjectOf, type Subject } from '../store/archive/material';
import type { ArchiveEntry } from '../../schema/archive/archive-entry';
import type { ArchiveSection } from '../../schema/archive/sections';

export interface FileArchiveEntry extends Subject {
  readonly section: ArchiveSection;
  readonly title: string;
  /** 存放位置 of the paper. */
  readonly place?: string | null;
  /** A document that was handed in, of the same household: the material is electronic. */
  readonly documentId?: string | null;
  readonly validFrom: string;
  readonly validTo?: string | null;
}

/** 收集材料 into the file of a household or dwelling, which it opens. Errors: NOT_FOUND, INVALID_INPUT. */
export async function fileArchiveEntry(ctx: RequestContext, input: FileArchiveEntry): Promise<ArchiveEntry> {
  const { section, validFrom, validTo = null } = input;
  const title = freeText(input.title, 'title');
  const place = maybeText(input.place, 'place');
  return onArchive(ctx, 'fileArchiveEntry', async (em, client) => {
    const whose = await subjectOf(em, input);
    const document = await documentOf(em, input.documentId ?? null, whose);
    const material = { title, place, document, reason: null };
    return fileMaterial(ctx, em, client, whose, { section, validFrom, validTo, corrects: null, material });
  });
}
