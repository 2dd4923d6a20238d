import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionNode,
} from 'graphql';

type Query = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>;

/** The facts of a record that a query selects below an answer's `value`. */
export function selectedFacts(info: GraphQLResolveInfo): string[] {
  const answer = getNamedType(info.returnType) as GraphQLObjectType;
  const record = getNamedType(answer.getFields().value!.type);
  const values = fieldsBelow(info, answer.name, info.fieldNodes).filter((node) => node.name.value === 'value');
  const facts = fieldsBelow(info, record.name, values).map((node) => node.name.value);
  return [...new Set(facts)].filter((name) => name !== '__typename');
}

/** The fields selected on an object type below some fields: through fragments, aliases, @skip and @include. */
export const fieldsBelow = (query: Query, type: string, nodes: readonly FieldNode[]): FieldNode[] =>
  nodes.flatMap((node) => gather(query, type, node.selectionSet?.selections ?? []));

function gather(query: Query, type: string, selections: readonly SelectionNode[]): FieldNode[] {
  return selections.flatMap((node) => {
    if (!isIncluded(node, query)) return [];
    if (node.kind === Kind.FIELD) return [node];
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? query.fragments[node.name.value]! : node;
    return concerns(fragment.typeCondition?.name.value, type, query)
      ? gather(query, type, fragment.selectionSet.selections)
      : [];
  });
}

/** A fragment on another object type says nothing about this one; one on an interface or union does. */
const concerns = (condition: string | undefined, type: string, { schema }: Query): boolean =>
  condition === undefined || condition === type || !isObjectType(schema.getType(condition));

function isIncluded(node: SelectionNode, { variableValues }: Query): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.['if'] !== false;
}
