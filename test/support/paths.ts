import {
  getNamedType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/** One way through a schema from a root field to an object type. */
export interface Path {
  readonly fields: readonly Field[];
  readonly type: GraphQLObjectType;
}

/** Every way from the root of queries to each object type that passes no type twice, and a type once more at its end. */
export function pathsOf(schema: GraphQLSchema, longest: number): Path[] {
  const paths: Path[] = [];
  const walk = (type: GraphQLObjectType, fields: readonly Field[], seen: ReadonlySet<string>): void => {
    for (const field of Object.values(type.getFields())) {
      const next = getNamedType(field.type);
      if (!isObjectType(next) || next.name.startsWith('_') || fields.length === longest) continue;
      const path = [...fields, field];
      paths.push({ fields: path, type: next });
      if (!seen.has(next.name)) walk(next, path, new Set([...seen, next.name]));
    }
  };
  walk(schema.getQueryType()!, [], new Set());
  return paths;
}

export const nameOf = ({ fields, type }: Path): string => `${fields.map(({ name }) => name).join('.')} (${type.name})`;

/** A page small enough for the limits on a query's cost, whatever stands below it. */
const PAGE = 10;

/** The query of a path: `select` below its end. Required arguments are variables of their own names; pages are small. */
export function queryOf({ fields }: Path, select: string): string {
  const wanted = fields.flatMap(({ args }) => args.filter(({ type }) => isNonNullType(type)));
  const variables = [...new Map(wanted.map(({ name, type }) => [name, `$${name}: ${String(type)}`])).values()];
  const opened = fields.map((field) => {
    const args = field.args.flatMap(({ name, type }) =>
      isNonNullType(type) ? [`${name}: $${name}`] : name === 'first' ? [`first: ${PAGE}`] : [],
    );
    return args.length > 0 ? `${field.name}(${args.join(', ')})` : field.name;
  });
  const query = opened.reduceRight((below, call) => `${call} { ${below} }`, select);
  return `query ${variables.length > 0 ? `(${variables.join(', ')})` : ''} { ${query} }`;
}

/** What stands at the end of a path in an answer: the objects, through all lists on the way. */
export function endsOf({ fields }: Path, data: unknown): Record<string, unknown>[] {
  let ends: unknown[] = [data];
  for (const { name } of fields) ends = ends.flatMap((end) => (end as Record<string, unknown> | null)?.[name] ?? []);
  return ends as Record<string, unknown>[];
}
