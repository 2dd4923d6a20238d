import { usualLimits, type Limits } from '../../limits';
import { makeLog } from '../../log';
import { makeDocuments } from '../../server/documents';
import { RefusedDocument } from '../../server/faults';
import { openGraph } from '../../server/graph';
import { HubError } from '../../errors';
import { committedSupergraph } from '../committed-supergraph';

/** What keeps a text from being registered, a sentence each: it must be one operation that the gateway would run. */
export async function faultsOfDocument(text: string, limits: Limits = usualLimits): Promise<string[]> {
  const { schema } = await openGraph(committedSupergraph(), new Map(), makeLog('silent'));
  try {
    const { operations } = makeDocuments(schema, limits).prepared(text);
    return operations.length === 1 ? [] : ['it must hold exactly one operation'];
  } catch (error) {
    if (error instanceof RefusedDocument) return error.errors.map(({ message }) => message);
    if (error instanceof HubError) return [error.message];
    throw error;
  }
}
