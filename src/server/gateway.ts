import { isAsyncIterable } from '@graphql-tools/utils';
import {
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationTypeNode,
} from 'graphql';
import type { RequestContext } from '../context';
import type { Logger } from '../log';
import { chosenOperation, makeDocuments } from './documents';
import { RefusedDocument, presentError } from './faults';
import { openGraph } from './graph';
import type { Limits } from '../limits';
import { refuseCostly } from './limits/cost';
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

/** A question within the limits, ready to be planned. */
export interface Checked {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly operationType: OperationTypeNode;
  readonly variables: Record<string, unknown>;
}

export interface Gateway {
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
  /** To check it takes no time worth a turn of its own. */
  knows(question: Question): boolean;
  /** Nothing is executed, and nobody asked. Throws HubError or RefusedDocument. */
  check(question: Question): Checked;
  /** Answers; a stream for subscriptions. Throws RefusedDocument where variables do not fit: nothing was executed. */
  run(checked: Checked, context: RequestContext): Promise<Reply>;
}

/** The one door for officers and partners: limits, then plan, then the subgraphs, wherever they run. */
export async function openGateway(
  supergraphSdl: string,
  subgraphs: ReadonlyMap<string, SubgraphExecutor>,
  { log, limits }: { log: Logger; limits: Limits },
): Promise<Gateway> {
  const graph = await openGraph(supergraphSdl, subgraphs, log);
  const documents = makeDocuments(graph.schema, limits);
  return {
    schema: graph.schema,
    knows: ({ query }) => documents.knows(query),
    check({ query, operationName, variables: given }) {
      const variables = given ?? {};
      const prepared = documents.prepared(query);
      const operation = chosenOperation(prepared, operationName);
      const { document } = prepared;
      refuseCostly(graph.schema, document, operation, variables, limits);
      return { document, variables, operationName: operation.name?.value, operationType: operation.operation };
    },
    async run(checked, context) {
      const result = await graph.run({ ...checked, context }).catch(refuseVariables);
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
