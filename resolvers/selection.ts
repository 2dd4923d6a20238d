import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isObjectType,
  Kind,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * Names of the fields that a query selects on an object type, through fragments, aliases, @skip and @include.
 * @param type the object type, where the field returns a union (`_entities`); else the field's own type.
 */
export function selectedFields(info: GraphQLResolveInfo, type = getNamedType(info.returnType).name): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const node of info.fieldNodes) gather(node.selectionSet, type, info, fields);
  return fields;
}

function gather(set: SelectionSetNode | undefined, type: string, info: GraphQLResolveInfo, into: Set<string>): void {
  for (const node of set?.selections ?? []) {
    if (!isIncluded(node, info)) continue;
    if (node.kind === Kind.FIELD) {
      into.add(node.name.value);
      continue;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? info.fragments[node.name.value] : node;
    if (fragment && concerns(fragment.typeCondition?.name.value, type, info)) gather(fragment.selectionSet, type, info, into);
  }
}

/** A fragment on another object type says nothing about this one; one on an interface or union does. */
function concerns(condition: string | undefined, type: string, info: GraphQLResolveInfo): boolean {
  return condition === undefined || condition === type || !isObjectType(info.schema.getType(condition));
}

function isIncluded(node: SelectionNode, info: GraphQLResolveInfo): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, info.variableValues)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, info.variableValues)?.['if'] !== false;
}
