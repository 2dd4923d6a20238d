import type { GraphQLUnionType } from 'graphql';
import { GraphQLObjectType, GraphQLSchema, extendSchema, parse, type GraphQLResolveInfo } from 'graphql';
import type { Reference, SubgraphParts } from '../../resolvers/parts';
import type { RequestContext } from '../context';

type References = SubgraphParts['references'];

interface Representation extends Reference {
  readonly __typename: string;
}

/** Types of resolved entities: kept beside the objects, which belong to the resolvers. */
const typeOf = new WeakMap<object, string>();

/** `_service` and `_entities` by hand: keeps extensions and carries no Elastic-licensed code. */
export function addEntities(base: GraphQLSchema, sdl: () => string, references: References): GraphQLSchema {
  const types = Object.keys(references);
  const entities = types.length > 0 ? '_entities(representations: [_Any!]!): [_Entity]!' : '';
  const union = types.length > 0 ? `union _Entity = ${types.join(' | ')} scalar _Any` : '';
  const schema = extendSchema(
    withQuery(base),
    parse(`type _Service { sdl: String! } ${union} extend type Query { _service: _Service! ${entities} }`),
    { assumeValidSDL: true },
  );
  const query = schema.getQueryType()!.getFields();
  query._service!.resolve = () => ({ sdl: sdl() });
  if (types.length === 0) return schema;
  query._entities!.resolve = (_root, { representations }, context, info) =>
    resolveEntities(representations, references, context, info);
  (schema.getType('_Entity') as GraphQLUnionType).resolveType = (entity: object) => typeOf.get(entity);
  return schema;
}

/** An agency's subgraph asks no questions of its own; `_entities` still needs a Query to stand in. */
function withQuery(base: GraphQLSchema): GraphQLSchema {
  if (base.getQueryType()) return base;
  return new GraphQLSchema({ ...base.toConfig(), query: new GraphQLObjectType({ name: 'Query', fields: {} }) });
}

/** Groups keys by type, asks once a type, puts the answers back in the order asked. */
async function resolveEntities(
  keys: readonly Representation[],
  references: References,
  context: RequestContext,
  info: GraphQLResolveInfo,
): Promise<(object | null)[]> {
  const found = new Array<object | null>(keys.length).fill(null);
  const types = [...new Set(keys.map((key) => key.__typename))];
  await Promise.all(
    types.map(async (type) => {
      const places = keys.flatMap((key, place) => (key.__typename === type ? [place] : []));
      const resolve = references[type];
      if (!resolve) throw new TypeError(`no reference resolver for ${type}`);
      const objects = await resolve(
        places.map((place) => ({ id: keys[place]!.id })),
        context,
        info,
      );
      places.forEach((place, at) => (found[place] = marked(objects[at] ?? null, type)));
    }),
  );
  return found;
}

function marked(entity: object | null, type: string): object | null {
  if (entity) typeOf.set(entity, type);
  return entity;
}
