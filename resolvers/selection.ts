import { getNamedType, type GraphQLObjectType, type GraphQLResolveInfo } from 'graphql';
import { fieldsBelow } from '../src/exchange/selection';

/**
 * Names of the fields that a query selects on an object type, through fragments, aliases, @skip and @include.
 * @param type the object type, where the field returns a union (`_entities`); else the field's own type.
 */
export const selectedFields = (
  info: GraphQLResolveInfo,
  type = getNamedType(info.returnType).name,
): ReadonlySet<string> => new Set(fieldsBelow(info, type, info.fieldNodes).map((node) => node.name.value));

/**
 * Names of the fields that a query selects at the end of a path of fields below a type. Undefined where a field of the path
 * is not selected, or under several names: each may want something else.
 * @param type the object type that has the first field of the path
 */
export function selectedThrough(
  info: GraphQLResolveInfo,
  type: string,
  path: readonly string[],
): ReadonlySet<string> | undefined {
  let [at, nodes] = [info.schema.getType(type) as GraphQLObjectType, info.fieldNodes];
  for (const field of path) {
    nodes = fieldsBelow(info, at.name, nodes).filter((node) => node.name.value === field);
    if (new Set(nodes.map((node) => node.alias?.value)).size !== 1) return undefined;
    at = getNamedType(at.getFields()[field]!.type) as GraphQLObjectType;
  }
  return new Set(fieldsBelow(info, at.name, nodes).map((node) => node.name.value));
}
