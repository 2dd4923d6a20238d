import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { documentName, handInDocument, refuseBeyondHandingIn } from '../../commands/hand-in-document';
import type { Hub, RequestContext } from '../../context';
import { HubError } from '../../errors';
import { recordId } from '../../../resolvers/identifier';
import { loadApplication } from '../../../resolvers/housing/admission/application-rows';
import { inspect } from '../../store/files/inspect';
import { forgetFile, keepFile, wholeFile } from '../../store/files/sealed-files';
import { DocumentKind, type DocumentScan } from '../../../schema/admission/document';
import type { Admission } from '../limits/admission';
import { bodyOf } from './upload';

interface Handed {
  readonly applicationId: string;
  readonly kind: DocumentKind;
  readonly name: string;
}

/**
 * A file on its way to an application: sealed into the store as it comes in, looked through whole as it lies there, then written
 * down. Whatever goes wrong, nothing is left of it. Errors: INVALID_INPUT, NOT_FOUND, ILLEGAL_MOVE, FILE_TOO_LARGE, FILES_FULL,
 * FILE_TYPE_REFUSED, FILE_UNSAFE, FILE_INFECTED, FILES_SILENT, SCAN_SILENT.
 */
export async function takeIn(ctx: RequestContext, places: Admission, { query, raw }: FastifyRequest): Promise<object> {
  const { hub } = ctx;
  const handed = handedIn(query);
  const application = await loadApplication(ctx, handed.applicationId);
  if (!application) throw new HubError('NOT_FOUND', 'application');
  refuseBeyondHandingIn(application);
  const id = randomUUID();
  const file = await keepFile(hub, id, bodyOf(raw, hub.config.LIMIT_FILE_BYTES));
  try {
    const seen = await places.admit(async () => lookThrough(hub, await wholeFile(hub, file)));
    const { kind, contentType, bytes, sha256, scan, takenOn } = await handInDocument(ctx, { ...handed, ...seen, file });
    return { id, kind, contentType, bytes, sha256, scan, takenOn };
  } catch (error) {
    if (isRefusal(error)) await forgetFile(hub, id);
    throw error;
  }
}

/** By what it is first: the scanner is asked about what would be taken. */
async function lookThrough({ scanner }: Hub, content: Buffer): Promise<{ contentType: string; scan: DocumentScan }> {
  const { contentType } = await inspect(content);
  return { contentType, scan: await scanner.scan(content) };
}

/** It has no record, then. Of a database that went away nobody knows what it still wrote: `sweep-files` looks when it is back. */
const isRefusal = (error: unknown): boolean => error instanceof HubError && error.code !== 'NOT_READY';

const KINDS: readonly string[] = Object.values(DocumentKind);

/** What is said of it: each once. Errors: INVALID_INPUT, NOT_FOUND. */
function handedIn(query: unknown): Handed {
  const { application, kind, name } = query as Readonly<Record<string, unknown>>;
  const text = (given: unknown, field: string): string => {
    if (typeof given !== 'string') throw new HubError('INVALID_INPUT', field, '须给出一次');
    return given;
  };
  const applicationId = recordId(text(application, 'application'), 'application');
  if (!KINDS.includes(text(kind, 'kind'))) throw new HubError('INVALID_INPUT', 'kind', `须为 ${KINDS.join('、')} 之一`);
  return { applicationId, kind: kind as DocumentKind, name: documentName(text(name, 'name')) };
}
