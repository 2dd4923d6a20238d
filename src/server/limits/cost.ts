import {
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { PAGE_DEFAULT, PAGE_MAX } from '../../../schema/page';
import type { Limits } from '../../limits';
import { introspectedRows } from './introspection';
import { OverLimit, tooCostly } from './over-limit';

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

/**
 * Throws QUERY_TOO_COSTLY, or PAGE_TOO_LARGE where a `first` is out of range. Cost is the number of rows and field values
 * that the operation could yield; each hop to another subgraph asks for no more representations than there are such rows.
 */
export function refuseCostly(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  limits: Limits,
): void {
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const root = schema.getRootType(operation.operation);
  if (!root) throw new OverLimit('LIMIT_COST', 'INVALID_QUERY');
  const given = { ...defaultsOf(operation), ...variables };
  const weighing = { schema, variables: given, fragments, weighed: new Map<string, Weight>() };
  const { cost, depth, aliases } = weigh(operation.selectionSet, root, weighing);
  const { LIMIT_DEPTH, LIMIT_ALIASES, LIMIT_COST } = limits;
  if (depth > LIMIT_DEPTH) throw tooCostly('LIMIT_DEPTH', `嵌套 ${depth} 层，至多 ${LIMIT_DEPTH} 层`);
  if (aliases > LIMIT_ALIASES) throw tooCostly('LIMIT_ALIASES', `别名超过 ${LIMIT_ALIASES} 个`);
  if (cost > LIMIT_COST) throw tooCostly('LIMIT_COST', `至多可能返回 ${LIMIT_COST} 个值`);
}

/** What variables are where the request does not say. */
const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );

function weigh(set: SelectionSetNode, type: GraphQLNamedType, weighing: Weighing): Weight {
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

const NOTHING: Weight = { cost: 0, depth: 0, aliases: 0 };

function weighFragment(node: Spread, type: GraphQLNamedType, weighing: Weighing): Weight {
  if (node.kind === Kind.INLINE_FRAGMENT)
    return weigh(node.selectionSet, conditionOf(node, weighing) ?? type, weighing);
  const { fragments, weighed } = weighing;
  const { value: name } = node.name;
  const [known, fragment] = [weighed.get(name), fragments.get(name)];
  if (known || !fragment) return known ?? NOTHING;
  weighed.set(name, NOTHING); // a subgraph's documents are not validated: one that spreads itself ends here
  const weight = weigh(fragment.selectionSet, conditionOf(fragment, weighing) ?? type, weighing);
  weighed.set(name, weight);
  return weight;
}

const conditionOf = ({ typeCondition }: InlineFragmentNode | FragmentDefinitionNode, { schema }: Weighing) =>
  typeCondition && schema.getType(typeCondition.name.value);

type AnyField = GraphQLField<unknown, unknown>;

function fieldOf(parent: GraphQLNamedType, name: string): AnyField | undefined {
  if (name === '__schema') return SchemaMetaFieldDef;
  if (name === '__type') return TypeMetaFieldDef;
  return 'getFields' in parent ? (parent.getFields()[name] as AnyField | undefined) : undefined;
}

function weighField(node: FieldNode, parent: GraphQLNamedType, weighing: Weighing): Weight {
  const own = node.alias ? 1 : 0;
  const field = fieldOf(parent, node.name.value);
  if (!field || !('args' in field) || !node.selectionSet) return { cost: 1, depth: 1, aliases: own };
  const type = getNamedType(field.type);
  const below = isCompositeType(type) ? weigh(node.selectionSet, type, weighing) : NOTHING;
  const { times, isRows } = rowsOf(node, field, parent, weighing);
  return {
    cost: 1 + times * (below.cost + (isRows ? 1 : 0)),
    /* How deep introspection goes has a rule of graphql's own. */
    depth: field === SchemaMetaFieldDef || field === TypeMetaFieldDef ? 1 : below.depth + 1,
    aliases: below.aliases + own,
  };
}

/** How often the fields below can come: a page's size counts on the connection, whose own lists then count once. */
function rowsOf(
  node: FieldNode,
  field: AnyField,
  parent: GraphQLNamedType,
  { schema, variables }: Weighing,
): { times: number; isRows: boolean } {
  const isList = isListType(getNullableType(field.type));
  if (parent.name.startsWith('__')) return { times: introspectedRows(schema, parent.name, field.name), isRows: isList };
  if (field.args.some(({ name }) => name === 'first')) return { times: pageOf(node, variables), isRows: isList };
  const inConnection = parent.name.endsWith('Connection') && (field.name === 'nodes' || field.name === 'edges');
  if (inConnection) return { times: 1, isRows: true };
  return isList
    ? { times: Math.max(SHORT_LIST, longestList(node, variables)), isRows: true }
    : { times: 1, isRows: false };
}

/** A list asked for by a list (ids, `_entities(representations)`) is as long. */
const longestList = (node: FieldNode, variables: Variables): number =>
  Math.max(0, ...(node.arguments ?? []).map(({ value }) => lengthOf(value, variables)));

function lengthOf(value: ValueNode, variables: Variables): number {
  if (value.kind === Kind.LIST) return value.values.length;
  const given = value.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
  return Array.isArray(given) ? given.length : 0;
}

function pageOf(node: FieldNode, variables: Variables): number {
  const value = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
  if (!value || value.kind === Kind.NULL) return PAGE_DEFAULT;
  const first = value.kind === Kind.VARIABLE ? variables[value.name.value] : numberIn(value);
  if (first === null || first === undefined) return PAGE_DEFAULT;
  if (typeof first !== 'number') return PAGE_MAX; // refused with the variables
  if (first < 1 || first > PAGE_MAX) throw new OverLimit('PAGE_MAX', 'PAGE_TOO_LARGE', 'first');
  return first;
}

const numberIn = (value: ValueNode): number | undefined => (value.kind === Kind.INT ? Number(value.value) : undefined);
