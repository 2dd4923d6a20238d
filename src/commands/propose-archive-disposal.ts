import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { onArchive } from '../store/archive/material';
import { DOCUMENT_NUMBER } from '../store/paper';
import { ArchiveDisposal } from '../../schema/archive/archive-disposal';
import { ArchiveFile } from '../../schema/archive/archive-file';

export interface ProposeArchiveDisposal {
  readonly fileId: string;
  readonly documentNumber: string;
}

/** 提请销毁 what a file says of persons; another person confirms it. Errors: NOT_FOUND, ILLEGAL_MOVE (proposed already), INVALID_INPUT. */
export async function proposeArchiveDisposal(
  ctx: RequestContext,
  input: ProposeArchiveDisposal,
): Promise<ArchiveDisposal> {
  const { hub, viewer } = ctx;
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  return onArchive(ctx, 'proposeArchiveDisposal', async (em) => {
    const file = await em.findOne(ArchiveFile, { id: input.fileId });
    if (!file) throw new HubError('NOT_FOUND', 'fileId');
    const disposal = em.create(ArchiveDisposal, {
      ...{ id: randomUUID(), regionCode: file.regionCode, fileId: file.id, documentNumber },
      ...{ proposedBy: viewer.subject, proposedOn: beijingDay(hub.now()), role: viewer.role, office: viewer.office },
      ...{ confirmedBy: null, confirmedOn: null },
    });
    await em.persist(disposal).flush();
    return disposal;
  });
}
