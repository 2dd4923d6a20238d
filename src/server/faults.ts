import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { FAULTS, HubError, type FaultCode } from '../errors';
import type { Logger } from '../log';
import { asRefusal } from '../store/refusals';

/** Where a fault is told of. */
export interface Occasion {
  readonly requestId: string;
  readonly log: Logger;
}

const isFaultCode = (code: unknown): code is FaultCode => typeof code === 'string' && code in FAULTS;

/** A document that does not parse, does not fit the schema or asks too much. */
export class RefusedDocument extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('refused document');
  }
}

/** A fault of an execution as clients see it; what is not in the catalogue shows nothing of itself. */
export const presentError = (error: Error, occasion: Occasion): GraphQLFormattedError =>
  shaped(error, ofCatalogue(error) ?? ofExecution(error, occasion), occasion.requestId);

/** A fault found before any execution: it is the asker's. */
export const presentRefusal = (error: GraphQLError, requestId: string): GraphQLFormattedError =>
  shaped(error, ofCatalogue(error) ?? ofGraphql(error), requestId);

function shaped(error: Error, { message, ...extensions }: Said, requestId: string): GraphQLFormattedError {
  const { locations, path } = error as GraphQLError;
  return {
    message,
    ...(locations?.length ? { locations } : {}),
    ...(path ? { path } : {}),
    extensions: { ...extensions, requestId },
  };
}

interface Said {
  readonly message: string;
  readonly code: FaultCode;
  readonly field?: string;
  readonly remedy: string;
}

function ofCatalogue(error: Error): Said | undefined {
  const { code, field } = ((error as GraphQLError).extensions ?? {}) as { code?: unknown; field?: string };
  if (!isFaultCode(code)) return undefined;
  if (error.message.startsWith(FAULTS[code].message)) return { ...said(code, field), message: error.message };
  return said(code, variableIn(error.message) ?? field, refusalIn(error)?.detail);
}

/** graphql wraps a scalar's refusal in words of its own, which quote the value: what is ours is inside. */
function refusalIn(error: unknown): HubError | undefined {
  if (error instanceof HubError) return error;
  return error instanceof GraphQLError ? refusalIn(error.originalError) : undefined;
}

function ofExecution(error: Error, { requestId, log }: Occasion): Said {
  const cause = (error as GraphQLError).originalError ?? error;
  if (cause instanceof ArgumentValidationError)
    return said('INVALID_INPUT', cause.extensions.validationErrors[0]?.property);
  return said(told(cause, { requestId, log }).code);
}

/** What is told of an error that no resolver meant: that the database is away, or nothing of it. */
export function told(cause: unknown, { requestId, log }: Occasion): HubError {
  const known = asRefusal(cause);
  if (!(known instanceof HubError)) log.error({ err: cause, requestId }, 'a request failed');
  else if (known !== cause) log.warn({ err: cause, requestId }, 'the database does not answer');
  return known instanceof HubError ? known : new HubError('INTERNAL');
}

function said(code: FaultCode, field?: string, detail?: string): Said {
  const { message, remedy } = FAULTS[code];
  return { message: detail ? `${message}：${detail}` : message, code, ...(field ? { field } : {}), remedy };
}

const VARIABLE = /^Variable "\$(\w+)"(?:.*? at "\w+\.?([\w.[\]]*)")?/s;

/** 'input.submittedOn', where graphql speaks of a variable and of a place in its value. */
function variableIn(message: string): string | undefined {
  const [, variable, place] = VARIABLE.exec(message) ?? [];
  return variable && [variable, place].filter(Boolean).join('.');
}

/** Faults that graphql itself finds: in a variable's value, or in the document. */
function ofGraphql({ message }: GraphQLError): Said {
  const variable = variableIn(message);
  if (!variable || /is never used|is not defined/.test(message))
    return said('INVALID_QUERY', undefined, withoutValues(message));
  return said('INVALID_INPUT', variable);
}

const NAME = /^"[$@]?[A-Za-z_][\w.!]*"$/;

/** Messages of graphql quote what was written; a quoted value may be a person's. Names of the schema stay. */
const withoutValues = (message: string): string =>
  message
    .replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => (NAME.test(quoted) || /^"\[/.test(quoted) ? quoted : '"…"'))
    .replace(/\d{6,}[Xx]?/g, '…');

/** HTTP status of a whole refusal. */
export const statusOf = (code: unknown): number => (isFaultCode(code) ? FAULTS[code].http : 500);

/** The body of a request refused before any execution. */
export function refusalBody(error: HubError, requestId: string): { errors: GraphQLFormattedError[] } {
  const { code, field, message } = error;
  return {
    errors: [{ message, extensions: { code, ...(field ? { field } : {}), remedy: FAULTS[code].remedy, requestId } }],
  };
}
