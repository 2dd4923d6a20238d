import { HubError } from '../errors';
import type { Limits } from '../limits';
import type { Question } from './gateway';
import { refuseLargeVariables } from './limits/variables';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** The GraphQL request in a JSON body, by text or by `documentId`. Throws MALFORMED_REQUEST with the member at fault, LIST_TOO_LONG or QUERY_TOO_COSTLY for its variables. */
export function readQuestion(body: unknown, limits: Limits): Question {
  if (Array.isArray(body)) throw new HubError('MALFORMED_REQUEST', undefined, '每个请求体只含一个请求，不接受批量列表');
  if (!isRecord(body)) throw new HubError('MALFORMED_REQUEST', undefined, '请求体须为 JSON 对象');
  const { documentId, operationName, variables } = body;
  const { query = isText(documentId) ? '' : undefined } = body;
  if (!isText(query) || (query.length === 0 && documentId === undefined))
    throw new HubError('MALFORMED_REQUEST', 'query');
  if (documentId !== undefined && !isText(documentId)) throw new HubError('MALFORMED_REQUEST', 'documentId');
  if (!isAbsent(operationName) && !isText(operationName)) throw new HubError('MALFORMED_REQUEST', 'operationName');
  if (!isAbsent(variables) && !isRecord(variables)) throw new HubError('MALFORMED_REQUEST', 'variables');
  refuseLargeVariables(variables ?? {}, limits);
  return { query, operationName, variables, ...(documentId === undefined ? {} : { documentId }) };
}
