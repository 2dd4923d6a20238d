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
 * Names of the fields that a query selects on what one field of an object type leads to. Undefined where that field is
 * not selected, or under several names: each may want something else.
 * @param type the object type that has the field
 */
export function selectedThrough(
  info: GraphQLResolveInfo,
  type: string,
  field: string,
): ReadonlySet<string> | undefined {
  const nodes = fieldsBelow(info, type, info.fieldNodes).filter((node) => node.name.value === field);
  if (new Set(nodes.map((node) => node.alias?.value)).size !== 1) return undefined;
  const target = (info.schema.getType(type) as GraphQLObjectType).getFields()[field]!;
  return new Set(fieldsBelow(info, getNamedType(target.type).name, nodes).map((node) => node.name.value));
}
