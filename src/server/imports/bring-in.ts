import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { Role } from '../../access/viewer';
import type { Encoding } from '../../bulk/csv';
import type { ImportKind } from '../../commands/begin-import';
import type { RequestContext } from '../../context';
import { HubError } from '../../errors';
import { importFile, type ImportFile } from '../../jobs/bulk/import-file';
import { INTAKE, REGISTRARS } from '../../../resolvers/housing/permissions';
import { bodyOf } from '../files/upload';
import type { Admission } from '../limits/admission';
import { Report } from './report';
import { withTable } from './with-table';

/** Who may do by a file what it may do one by one. */
const MAY: Readonly<Record<ImportKind, readonly Role[]>> = { APPLICATIONS: INTAKE, HOUSEHOLDS: REGISTRARS };
const ENCODINGS: readonly string[] = ['utf-8', 'gb18030'] satisfies Encoding[];

/**
 * A table on its way into the records, as `hub import` brings it: nothing of it stays in clear, whenever the process ends. Resolves with its
 * report once the first rows have landed; before that, the whole of it may be refused. Errors: FORBIDDEN, INVALID_INPUT, UNKNOWN_REGION,
 * NOT_FOUND, FILE_TOO_LARGE, OVERLOADED.
 */
export async function bringIn(
  ctx: RequestContext,
  places: Admission,
  { query, raw }: FastifyRequest,
): Promise<Readable> {
  const { config, log } = ctx.hub;
  const file = askedIn(query);
  if (!MAY[file.kind].includes(ctx.viewer.role)) throw new HubError('FORBIDDEN');
  places.refuseFull();
  const report = new Report({ requestId: ctx.requestId, log }, config.LIMIT_REQUEST_SECONDS * 1000);
  const work = withTable(config.dataDir, bodyOf(raw, config.LIMIT_FILE_BYTES), (path) =>
    places.admit(() => importFile(ctx, { ...file, path }, report)),
  );
  work.then(
    (done) => report.end({ done }),
    (error: unknown) => report.fail(error),
  );
  await Promise.race([report.begun, work]);
  return report.lines;
}

/** What is said of it, each once. Error: INVALID_INPUT. */
function askedIn(query: unknown): Omit<ImportFile, 'path'> {
  const given = query as Readonly<Record<string, unknown>>;
  const text = (name: string, usual?: string): string => {
    const value = given[name] ?? usual;
    if (typeof value !== 'string') throw new HubError('INVALID_INPUT', name, '须给出一次');
    return value;
  };
  const oneOf = (name: string, known: readonly string[], usual?: string): string => {
    const value = text(name, usual);
    if (!known.includes(value)) throw new HubError('INVALID_INPUT', name, `须为 ${known.join('、')} 之一`);
    return value;
  };
  return {
    kind: oneOf('kind', Object.keys(MAY)) as ImportKind,
    encoding: oneOf('encoding', ENCODINGS, 'utf-8') as Encoding,
    ...{ region: text('region'), source: text('source', 'paper') },
  };
}
