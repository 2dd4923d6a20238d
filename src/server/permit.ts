import { GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { applyMiddleware, type IMiddlewareTypeMap } from 'graphql-middleware';
import { allow, deny, rule, shield, type IRules } from 'graphql-shield';
import type { Session } from '../access/session';
import { HubError } from '../errors';

const ROOTS = ['Query', 'Mutation', 'Subscription'] as const;

const signedIn = rule()((_root, _args, session: Partial<Session>) => session.viewer !== undefined);

/**
 * Root operations by the table, denied where it is silent. Only root fields are wrapped: shield's own fallback would
 * wrap every field, asynchronously, at 3.5 times the cost; below the roots masks and row scope stand guard.
 */
export function guardOperations(schema: GraphQLSchema, permissions: IRules): GraphQLSchema {
  const roots = ROOTS.filter((root) => schema.getType(root));
  const tree = Object.fromEntries(roots.map((root) => [root, rulesOf(permissions, schema, root)]));
  const middleware = shield(tree, { fallbackError: refusal, allowExternalErrors: true }).generate(
    schema,
  ) as IMiddlewareTypeMap;
  const onRoots = Object.fromEntries(roots.map((root) => [root, middleware[root]!]));
  return withoutPayloadResolvers(schema, (bare) => applyMiddleware(bare, onRoots));
}

type FieldRules = Record<string, typeof deny | typeof signedIn>;

function rulesOf(permissions: IRules, schema: GraphQLSchema, root: string): FieldRules {
  const federation: FieldRules = {};
  if (root === 'Query') federation._service = allow;
  if (root === 'Query' && schema.getType('_Entity')) federation._entities = signedIn;
  const table = (permissions as Readonly<Record<string, FieldRules | undefined>>)[root];
  return { ...table, ...federation, '*': deny };
}

function refusal(_error: unknown, _root: object, _args: object, session: object): GraphQLError {
  const { message, extensions } = new HubError('viewer' in session ? 'FORBIDDEN' : 'UNAUTHENTICATED');
  return new GraphQLError(message, { extensions });
}

/** The middleware guards a subscription's payloads where it has a resolver for them; the start is what must be guarded. */
function withoutPayloadResolvers(schema: GraphQLSchema, guard: (bare: GraphQLSchema) => GraphQLSchema): GraphQLSchema {
  const payloads = new Map<string, GraphQLFieldResolver<unknown, unknown> | undefined>();
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    payloads.set(field.name, field.resolve);
    field.resolve = undefined;
  }
  const guarded = guard(schema);
  for (const field of Object.values(guarded.getSubscriptionType()?.getFields() ?? {}))
    field.resolve = payloads.get(field.name);
  return guarded;
}
