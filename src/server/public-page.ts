import { hash } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import { type ExecutionResult } from 'graphql';
import type { Hub } from '../context';
import type { Page } from '../store/page-cache';
import { RefusedDocument } from './faults';
import type { PublicQuestion } from './public-question';

/** Answers a question of the public and keeps the page. Throws what the document's resolvers throw; faults are not kept. */
export async function makePage(hub: Hub, { document, variables, key }: PublicQuestion): Promise<Page> {
  const { drops } = hub.pages;
  const result = (await document.compiled.query(undefined, { hub }, variables)) as ExecutionResult;
  if (result.errors) throw faultOf(result.errors);
  const body = Buffer.from(JSON.stringify({ data: result.data }));
  const page = { body, etag: `"${hash('sha256', body, 'base64url').slice(0, 22)}"` };
  if (hub.pages.drops === drops) hub.pages.put(key, page);
  return page;
}

function faultOf(errors: readonly GraphQLError[]): Error {
  const [first] = errors;
  return first?.originalError ?? new RefusedDocument(errors);
}
