import { HubError } from '../errors';
import type { CompiledDocument } from './public-schema';

/** A question of the public: one of the documents, and values for its variables. */
export interface PublicQuestion {
  readonly document: CompiledDocument;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same for every way of writing the same question. */
  readonly key: string;
}

const PARAMETERS = ['documentId', 'variables'];

type Given = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a question by a document's hash ('sha256:<hex>' of its text) or id. Throws UNKNOWN_DOCUMENT for any other document,
 * INVALID_INPUT for a variable the document does not have, and for any other parameter: each URL is one page to a CDN.
 */
export function readPublicQuestion(documents: readonly CompiledDocument[], given: unknown): PublicQuestion {
  if (!isRecord(given)) throw new HubError('MALFORMED_REQUEST');
  const { documentId } = given;
  const document = documents.find(({ id, hash }) => id === documentId || `sha256:${hash}` === documentId);
  if (!document) throw new HubError('UNKNOWN_DOCUMENT', documentId === undefined ? 'query' : 'documentId');
  const foreign = Object.keys(given).some((name) => !PARAMETERS.includes(name));
  if (foreign) throw new HubError('INVALID_INPUT', undefined, `只有参数 ${PARAMETERS.join('、')}`);
  const values = variablesOf(given);
  const strange = Object.keys(values).some((name) => !document.variables.includes(name));
  if (strange) throw new HubError('INVALID_INPUT', 'variables', `此查询只有变量 ${document.variables.join('、')}`);
  const named = document.variables.map((name) => [name, values[name] ?? undefined] as const);
  const variables = Object.fromEntries(named.filter(([, value]) => value !== undefined));
  return { document, variables, key: `${document.id}?${JSON.stringify(variables)}` };
}

/** Variables come as an object, or as its JSON where they travel in the URL. */
function variablesOf({ variables }: Given): Given {
  const value = typeof variables === 'string' ? fromJson(variables) : (variables ?? {});
  if (!isRecord(value)) throw new HubError('MALFORMED_REQUEST', 'variables');
  return value;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HubError('MALFORMED_REQUEST', 'variables');
  }
}
