import { execute, parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { subgraphs } from '../../../resolvers';
import type { RequestContext } from '../../../src/context';
import { makeSubgraph } from '../../../src/server/subgraph';
import { NOW } from '../../commands/support/office';

/** One of the hub's own subgraphs as the server makes it: guarded, masked, with `_entities`. */
export function ownSubgraph(name: string): GraphQLSchema {
  const parts = subgraphs.find((subgraph) => subgraph.name === name)!;
  return makeSubgraph(parts, { now: () => NOW, maskOf: () => 'STRICT_6_1' }).schema;
}

type Variables = Record<string, unknown>;
export type Answered = ExecutionResult<Record<string, unknown>>;

/** Asks a subgraph; `jit` runs the document compiled, as the product does with registered ones. */
export async function ask(
  schema: GraphQLSchema,
  ctx: RequestContext,
  source: string,
  variables: Variables = {},
  jit = false,
): Promise<Answered> {
  const document = parse(source);
  const wrong = validate(schema, document);
  if (wrong.length > 0) throw wrong[0]!;
  if (!jit) return (await execute({ schema, document, contextValue: ctx, variableValues: variables })) as Answered;
  const compiled = compileQuery(schema, document);
  if (!isCompiledQuery(compiled)) throw new Error('not compiled');
  return (await compiled.query({}, ctx, variables)) as Answered;
}

/** Codes of the errors of an answer. */
export const codesOf = ({ errors = [] }: Answered): unknown[] => errors.map(({ extensions }) => extensions.code);
