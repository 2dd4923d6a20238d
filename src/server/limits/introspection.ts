import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isUnionType, type GraphQLSchema } from 'graphql';

const kept = new WeakMap<GraphQLSchema, Readonly<Record<string, number>>>();

/** How many rows a list of the introspection has in this schema: on the average, at least one. */
export function introspectedRows(schema: GraphQLSchema, type: string, field: string): number {
  const sizes = kept.get(schema) ?? measure(schema);
  kept.set(schema, sizes);
  return Math.max(1, sizes[`${type}.${field}`] ?? 1);
}

function measure(schema: GraphQLSchema): Record<string, number> {
  const types = Object.values(schema.getTypeMap());
  const composite = types.filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = composite.flatMap((type) => Object.values(type.getFields()));
  const inputs = types.filter(isInputObjectType).flatMap((type) => Object.values(type.getFields()));
  const values = types.filter(isEnumType).flatMap((type) => type.getValues());
  const unions = types.filter(isUnionType).flatMap((type) => type.getTypes());
  const { length: count } = types;
  return {
    '__Schema.types': count,
    '__Schema.directives': schema.getDirectives().length,
    '__Type.fields': fields.length / count,
    '__Type.inputFields': inputs.length / count,
    '__Type.enumValues': values.length / count,
    '__Type.possibleTypes': unions.length / count,
    '__Field.args': fields.reduce((sum, { args }) => sum + args.length, 0) / Math.max(1, fields.length),
  };
}
