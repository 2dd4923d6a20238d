import type { FastifyReply } from 'fastify';
import { DocumentScan } from '../../../schema/admission/document';
import type { RequestContext } from '../../context';
import { HubError } from '../../errors';
import { recordId } from '../../../resolvers/identifier';
import { fileOf } from '../../../resolvers/housing/admission/document-rows';
import { extensionOf } from '../../store/files/inspect';
import { wholeFile } from '../../store/files/sealed-files';
import type { Admission } from '../limits/admission';

/** Never shown in the hub's own name: kept by whoever asked, under a name of ours, and by nobody between. */
const SAFE = { 'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'no-store' } as const;

/**
 * A file to whoever may open it; the look at it is written down first, and not a byte is sent of one that is not what was handed in,
 * or that came before there was a scanner until the scanner knows nothing against it. Errors: NOT_FOUND, FILE_BROKEN, FILES_SILENT,
 * FILE_INFECTED, SCAN_SILENT.
 */
export async function handOut(
  ctx: RequestContext,
  places: Admission,
  given: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const id = recordId(given);
  const found = await fileOf(ctx, id);
  if (!found) throw new HubError('NOT_FOUND', 'id');
  const content = await places.admit(async () => {
    const whole = await wholeFile(ctx.hub, found);
    if (found.scan === DocumentScan.NOT_SCANNED) await ctx.hub.scanner.scan(whole);
    return whole;
  });
  reply.headers(SAFE).header('content-disposition', `attachment; filename="${id}.${extensionOf(found.contentType)}"`);
  return reply.type(found.contentType).send(content);
}
