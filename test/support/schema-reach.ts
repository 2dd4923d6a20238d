import {
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** Every type that some document over this schema can name or get a value of, from the root operations down. */
export function reachableTypes(schema: GraphQLSchema): Set<string> {
  const reached = new Set<string>();
  const left: GraphQLNamedType[] = [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ].filter((root) => root !== null && root !== undefined);
  for (let type = left.pop(); type; type = left.pop()) {
    if (reached.has(type.name)) continue;
    reached.add(type.name);
    left.push(...nextTo(schema, type));
  }
  return reached;
}

function nextTo(schema: GraphQLSchema, type: GraphQLNamedType): GraphQLNamedType[] {
  if (isUnionType(type)) return [...type.getTypes()];
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => getNamedType(field.type));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields());
  return [
    ...fields.flatMap((field) =>
      [field.type, ...field.args.map((argument) => argument.type)].map((each) => getNamedType(each)),
    ),
    ...type.getInterfaces(),
    ...(isInterfaceType(type) ? schema.getPossibleTypes(type) : []),
  ];
}
