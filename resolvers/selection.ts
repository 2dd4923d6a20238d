import { getNamedType, type GraphQLResolveInfo } from 'graphql';
import { fieldsBelow } from '../src/exchange/selection';

/**
 * Names of the fields that a query selects on an object type, through fragments, aliases, @skip and @include.
 * @param type the object type, where the field returns a union (`_entities`); else the field's own type.
 */
export const selectedFields = (
  info: GraphQLResolveInfo,
  type = getNamedType(info.returnType).name,
): ReadonlySet<string> => new Set(fieldsBelow(info, type, info.fieldNodes).map((node) => node.name.value));
