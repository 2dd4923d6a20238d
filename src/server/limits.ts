import {
  Kind,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  type GraphQLType,
  type IntValueNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { PAGE_DEFAULT, PAGE_MAX } from '../../schema/page';
import { HubError } from '../errors';

/** What one request may ask for at most. Cost is the number of field values it could yield. */
export const LIMITS = { tokens: 4000, depth: 14, aliases: 60, cost: 100_000 } as const;

/** A list without `first` (members, cases, units): how long it is taken to be. */
const SHORT_LIST = 5;

type Variables = Readonly<Record<string, unknown>>;

interface Weight {
  readonly cost: number;
  readonly depth: number;
  readonly aliases: number;
}

interface Weighing {
  readonly schema: GraphQLSchema;
  readonly variables: Variables;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Each fragment is weighed once, however often it is spread: a chain of doublings must not cost us time. */
  readonly weighed: Map<string, Weight>;
}

/** Throws QUERY_TOO_COSTLY, or PAGE_TOO_LARGE where a `first` is out of range. Introspection is not counted. */
export function refuseCostly(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): void {
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const root = schema.getRootType(operation.operation);
  if (!root) throw new HubError('INVALID_QUERY');
  const { cost, depth, aliases } = weigh(operation.selectionSet, root, {
    schema,
    variables,
    fragments,
    weighed: new Map(),
  });
  if (depth > LIMITS.depth)
    throw new HubError('QUERY_TOO_COSTLY', undefined, `嵌套 ${depth} 层，至多 ${LIMITS.depth} 层`);
  if (aliases > LIMITS.aliases) throw new HubError('QUERY_TOO_COSTLY', undefined, `别名超过 ${LIMITS.aliases} 个`);
  if (cost > LIMITS.cost) throw new HubError('QUERY_TOO_COSTLY', undefined, `至多可能返回 ${LIMITS.cost} 个字段值`);
}

function weigh(set: SelectionSetNode, type: GraphQLType, weighing: Weighing): Weight {
  let [cost, depth, aliases] = [0, 0, 0];
  for (const node of set.selections) {
    const part = node.kind === Kind.FIELD ? weighField(node, type, weighing) : weighFragment(node, type, weighing);
    cost += part.cost;
    aliases += part.aliases;
    depth = Math.max(depth, part.depth);
  }
  return { cost, depth, aliases };
}

type Spread = Exclude<SelectionSetNode['selections'][number], FieldNode>;

function weighFragment(node: Spread, type: GraphQLType, weighing: Weighing): Weight {
  const { schema, fragments, weighed } = weighing;
  const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value)!;
  const condition = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : undefined;
  const known = node.kind === Kind.FRAGMENT_SPREAD ? weighed.get(node.name.value) : undefined;
  const weight = known ?? weigh(fragment.selectionSet, condition ?? type, weighing);
  if (node.kind === Kind.FRAGMENT_SPREAD) weighed.set(node.name.value, weight);
  return weight;
}

function weighField(node: FieldNode, parent: GraphQLType, weighing: Weighing): Weight {
  const own = node.alias ? 1 : 0;
  const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
  if (!field || !('args' in field) || !node.selectionSet) return { cost: 1, depth: 1, aliases: own };
  const type = getNamedType(field.type);
  const below = isCompositeType(type) ? weigh(node.selectionSet, type, weighing) : { cost: 0, depth: 0, aliases: 0 };
  return {
    cost: 1 + times(node, field, weighing.variables) * below.cost,
    depth: below.depth + 1,
    aliases: below.aliases + own,
  };
}

/** How often the fields below can come: a page's size counts on the connection, whose own lists then count once. */
function times(node: FieldNode, field: GraphQLField<unknown, unknown>, variables: Variables): number {
  if (field.args.some(({ name }) => name === 'first')) return pageOf(node, variables);
  const inConnection = field.name === 'nodes' || field.name === 'edges';
  return isListType(getNullableType(field.type)) && !inConnection ? SHORT_LIST : 1;
}

function pageOf(node: FieldNode, variables: Variables): number {
  const value = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
  if (!value || value.kind === Kind.NULL) return PAGE_DEFAULT;
  const first = value.kind === Kind.VARIABLE ? variables[value.name.value] : Number((value as IntValueNode).value);
  if (typeof first !== 'number') return PAGE_MAX; // the variable's own default may be anything
  if (first < 1 || first > PAGE_MAX) throw new HubError('PAGE_TOO_LARGE', 'first');
  return first;
}
