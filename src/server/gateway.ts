import { isAsyncIterable } from '@graphql-tools/utils';
import { GraphQLError, type ExecutionResult, type FormattedExecutionResult, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../context';
import type { Logger } from '../log';
import { chosenOperation, makeDocuments } from './documents';
import { RefusedDocument, presentError } from './faults';
import { openGraph } from './graph';
import { refuseCostly } from './limits';
import { mapped } from './stream';
import type { SubgraphExecutor } from './subgraph-executor';

/** A GraphQL request as it came. */
export interface Question {
  /** Empty where a partner system names its registered document instead. */
  readonly query: string;
  /** 'sha256:<hex>' of a registered document; of partner systems only. */
  readonly documentId?: string;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown> | null;
}

export type Reply = FormattedExecutionResult | AsyncIterableIterator<FormattedExecutionResult>;

export interface Gateway {
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
  /** Answers; a stream for subscriptions. Throws HubError or RefusedDocument where nothing was executed. */
  answer(question: Question, context: RequestContext): Promise<Reply>;
}

/** The one door for officers and partners: limits, then plan, then the subgraphs, wherever they run. */
export async function openGateway(
  supergraphSdl: string,
  subgraphs: ReadonlyMap<string, SubgraphExecutor>,
  log: Logger,
): Promise<Gateway> {
  const graph = await openGraph(supergraphSdl, subgraphs, log);
  const documents = makeDocuments(graph.schema);
  return {
    schema: graph.schema,
    async answer({ query, operationName, variables }, context) {
      const prepared = documents(query);
      const operation = chosenOperation(prepared, operationName);
      refuseCostly(graph.schema, prepared.document, operation, variables ?? {});
      const { document } = prepared;
      const run = {
        document,
        operationName: operation.name?.value,
        operationType: operation.operation,
        variables: variables ?? {},
        context,
      };
      const result = await graph.run(run).catch(refuseVariables);
      const occasion = { requestId: context.requestId, log };
      const present = (raw: ExecutionResult): FormattedExecutionResult =>
        raw.errors
          ? { data: raw.data ?? null, errors: raw.errors.map((error) => presentError(error, occasion)) }
          : { data: raw.data ?? {} }; // everything was skipped
      return isAsyncIterable(result) ? mapped(result, present) : present(result);
    },
  };
}

/** Variables that do not fit are found before anything is executed. */
function refuseVariables(error: unknown): never {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  throw errors.every((each) => each instanceof GraphQLError) ? new RefusedDocument(errors) : error;
}
