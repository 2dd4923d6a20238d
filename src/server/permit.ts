import {
  defaultFieldResolver,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { allow, deny, rule, shield, type IRules } from 'graphql-shield';
import type { Session } from '../access/session';
import { HubError } from '../errors';

const ROOTS = ['Query', 'Mutation', 'Subscription'] as const;

const signedIn = rule()((_root, _args, session: Partial<Session>) => session.viewer !== undefined);

type Resolve = GraphQLFieldResolver<unknown, unknown>;
type Guard = (resolve: Resolve, ...given: Parameters<Resolve>) => unknown;

/** As shield makes it: of a rule, or of several joined; none of what it was told nothing about. */
type Made = Guard | { readonly resolve: Guard } | undefined;

/**
 * Root operations by the table, denied where it is silent; of a subscription its start. Only root fields are wrapped, where
 * they stand: shield's own fallback would wrap every field, asynchronously, at 3.5 times the cost, and its middleware builds
 * each schema once more, which a start waits for. Below the roots masks and row scope stand guard.
 */
export function guardOperations(schema: GraphQLSchema, permissions: IRules): GraphQLSchema {
  const roots = ROOTS.filter((root) => schema.getType(root));
  const tree = Object.fromEntries(roots.map((root) => [root, rulesOf(permissions, schema, root)]));
  const guards = shield(tree, { fallbackError: refusal, allowExternalErrors: true }).generate(schema) as Readonly<
    Record<string, Readonly<Record<string, Made>>>
  >;
  for (const root of roots) {
    const starts = root === 'Subscription' ? 'subscribe' : 'resolve';
    for (const field of Object.values((schema.getType(root) as GraphQLObjectType).getFields())) {
      field[starts] = guarded(field[starts] ?? defaultFieldResolver, guards[root]?.[field.name]);
    }
  }
  return schema;
}

function guarded(resolve: Resolve, made: Made): Resolve {
  const guard = typeof made === 'object' ? made.resolve : made;
  if (!guard) throw new TypeError('an operation without a guard');
  return (...given) => guard(() => resolve(...given), ...given);
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
