import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import {
  handleFederationSupergraph,
  type UnifiedGraphHandlerOpts,
  type UnifiedGraphHandlerResult,
} from '@graphql-mesh/fusion-runtime';
import { normalizedExecutor } from '@graphql-tools/executor';
import {
  buildSchema,
  getOperationAST,
  getVariableValues,
  isEnumType,
  isScalarType,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLEnumType,
  type GraphQLSchema,
  type OperationTypeNode,
} from 'graphql';
import { scalars } from '../../schema/scalars';
import type { RequestContext } from '../context';
import type { Logger } from '../log';
import type { SubgraphExecutor } from './subgraph-executor';

export interface Operation {
  readonly document: DocumentNode;
  readonly operationName?: string;
  readonly operationType: OperationTypeNode;
  readonly variables?: Record<string, unknown>;
  readonly context: RequestContext;
}

/** The supergraph, ready to answer. */
export interface Graph {
  /** What clients see: no federation machinery, no `_entities`. */
  readonly schema: GraphQLSchema;
  run(operation: Operation): Promise<ExecutionResult | AsyncIterable<ExecutionResult>>;
}

/**
 * Plans over the supergraph and has the subgraphs run the parts. The planner is Hive's in Rust; where its binary does
 * not exist (musl, Windows) the one in JavaScript answers the same, more slowly. Driven directly, without the gateway's
 * own HTTP layer, whose Request and Response cost more than the answer.
 */
export async function openGraph(
  supergraphSdl: string,
  subgraphs: ReadonlyMap<string, SubgraphExecutor>,
  log: Logger,
): Promise<Graph> {
  const { schema, executor, trouble: err, use } = await (readAhead.get(supergraphSdl) ?? planOf(supergraphSdl));
  readAhead.delete(supergraphSdl);
  if (err) log.warn({ err }, 'no Rust query planner on this machine: planning in JavaScript, more slowly');
  use(new Map([...subgraphs].flatMap(([name, execute]) => namesOf(name).map((key) => [key, execute]))));
  if (executor) return { schema, run: async (operation) => executor(operation) as ReturnType<Graph['run']> };
  return {
    schema,
    run: async (operation) => {
      refuseUnfit(schema, operation);
      const { variables, context, ...rest } = operation;
      return normalizedExecutor({ schema, variableValues: variables, contextValue: context, ...rest });
    },
  };
}

/** A plan without its subgraphs; it serves one graph. */
interface Plan {
  readonly schema: GraphQLSchema;
  readonly executor: UnifiedGraphHandlerResult['executor'];
  /** Why it is not the planner in Rust. */
  readonly trouble?: unknown;
  use(executors: ReadonlyMap<string, SubgraphExecutor>): void;
}

const readAhead = new Map<string, Promise<Plan>>();

/** Reads a supergraph before the graph over it is opened. */
export async function readSupergraph(sdl: string): Promise<void> {
  const reading = planOf(sdl);
  readAhead.set(sdl, reading);
  await reading;
}

async function planOf(sdl: string): Promise<Plan> {
  let executors: ReadonlyMap<string, SubgraphExecutor> = new Map();
  const onSubgraphExecute = (name: string, request: Parameters<SubgraphExecutor>[0]) => {
    const executor = executors.get(name);
    if (!executor) throw new TypeError(`the supergraph names an unknown subgraph ${name}`);
    const { ready } = request.context;
    return ready ? ready.then(() => executor(request)) : executor(request);
  };
  const planned = await plan({
    unifiedGraph: withScalars(buildSchema(sdl, { assumeValid: true, assumeValidSDL: true, noLocation: true })),
    getUnifiedGraphSDL: () => sdl,
    onSubgraphExecute: onSubgraphExecute as UnifiedGraphHandlerOpts['onSubgraphExecute'],
  });
  return { ...planned, use: (given) => void (executors = given) };
}

/** Throws what is wrong with the variables, as the other planner does. */
function refuseUnfit(schema: GraphQLSchema, { document, operationName, variables = {} }: Operation): void {
  const { variableDefinitions = [] } = getOperationAST(document, operationName)!;
  const { errors } = getVariableValues(schema, variableDefinitions, variables);
  if (errors) throw new AggregateError(errors);
}

/** What a client writes for a scalar of ours is read here already: no subgraph is asked with a value that does not fit. */
function withScalars(schema: GraphQLSchema): GraphQLSchema {
  for (const { name, parseValue, parseLiteral } of scalars) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
  return schema;
}

/** Of the directives of an enum's value only this one says anything of an answer, and all of them are read for every value shown. */
function forgetPlaces(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap()).filter(isEnumType))
    for (const { astNode } of type.getValues())
      if (astNode)
        Object.assign(astNode, { directives: astNode.directives?.filter(({ name }) => name.value === 'inaccessible') });
}

/** A subgraph goes by its name and by the name of its value in `join__Graph`. */
const namesOf = (name: string): string[] => [name, name.toUpperCase().replaceAll('-', '_')];

/** A supergraph of the same subgraphs, of which none has anything to ask for. */
function subgraphsAlone(supergraph: GraphQLSchema): GraphQLSchema {
  const names = (supergraph.getType('join__Graph') as GraphQLEnumType).getValues().map(({ name }) => name);
  const values = names.map((name) => `${name} @join__graph(name: "${name}", url: "")`);
  return buildSchema(
    `directive @join__graph(name: String!, url: String!) on ENUM_VALUE
    directive @join__type(graph: join__Graph!) repeatable on OBJECT
    enum join__Graph { ${values.join(' ')} }
    type Query ${names.map((name) => `@join__type(graph: ${name})`).join(' ')} { nothing: Boolean }`,
    { assumeValid: true, assumeValidSDL: true },
  );
}

async function plan(options: UnifiedGraphHandlerOpts): Promise<Omit<Plan, 'use'>> {
  try {
    const { unifiedGraph: schema, executor } = await unifiedGraphHandler(options);
    /* From here on it looks there for transforms of a subgraph alone, of which there are none: at the first question it would
       stitch all schemas together for that, which takes 70 ms and is never used. */
    Object.assign(options, { unifiedGraph: subgraphsAlone(options.unifiedGraph) });
    forgetPlaces(schema);
    return { schema, executor };
  } catch (trouble) {
    const { unifiedGraph: schema, executor } = await handleFederationSupergraph(options);
    return { schema, executor, trouble };
  }
}
