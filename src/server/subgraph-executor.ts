import { execute, subscribe, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '../context';

export interface SubgraphRequest {
  readonly document: DocumentNode;
  readonly variables?: Record<string, unknown>;
  readonly operationType?: string;
  readonly context: RequestContext;
}

export type SubgraphAnswer = ExecutionResult | AsyncIterable<ExecutionResult>;
export type SubgraphExecutor = (request: SubgraphRequest) => Promise<SubgraphAnswer> | SubgraphAnswer;

interface Seen {
  times: number;
  tried?: boolean;
  compiled?: CompiledQuery;
}

const importCompiler = () => import('graphql-jit');
type Compiler = Awaited<ReturnType<typeof importCompiler>>;

/** Loads with the first document that comes back; until it is there, documents run uncompiled. */
let compiler: Compiler | undefined;
const loadCompiler = async (): Promise<void> => void (compiler ??= await importCompiler());

/** A document costs 1.3 ms and 45 kB to compile: worth it from the third time on, and for so many at once. */
const COMPILE_AT = 3;
const COMPILED_MAX = 500;

/**
 * Runs a subgraph's documents in this process. Documents are told apart by identity: the planner hands the same object
 * for the same plan, and forgets it with the plan.
 */
export function subgraphExecutor(schema: GraphQLSchema): SubgraphExecutor {
  const documents = new LRUCache<DocumentNode, Seen>({ max: COMPILED_MAX });
  return ({ document, variables, operationType, context }) => {
    if (operationType === 'subscription')
      return subscribe({ schema, document, variableValues: variables, contextValue: context });
    const compiled = compiledFor(documents, schema, document);
    if (compiled) return compiled.query(undefined, context, variables ?? {});
    return execute({ schema, document, variableValues: variables, contextValue: context });
  };
}

function compiledFor(
  documents: LRUCache<DocumentNode, Seen>,
  schema: GraphQLSchema,
  document: DocumentNode,
): CompiledQuery | undefined {
  const seen = documents.get(document) ?? { times: 0 };
  seen.times++;
  if (seen.times === 1) documents.set(document, seen);
  else if (!compiler) void loadCompiler();
  else if (seen.times >= COMPILE_AT && !seen.tried) compile(seen, compiler, schema, document);
  return seen.compiled;
}

function compile(
  seen: Seen,
  { compileQuery, isCompiledQuery }: Compiler,
  ...what: [GraphQLSchema, DocumentNode]
): void {
  const compiled = compileQuery(...what);
  if (isCompiledQuery(compiled)) seen.compiled = compiled;
  seen.tried = true;
}
