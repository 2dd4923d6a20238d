import type { GraphQLSchema } from 'graphql';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildSchemaSync, type NonEmptyArray, type PubSub } from 'type-graphql';
import { enforceClassification, type Eyes } from '../access/enforce';
import type { SubgraphParts } from '../../resolvers/parts';
import { addEntities } from './entities';
import { guardOperations } from './permit';

export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** For composition: federation directives in, `_service` and `_entities` out. */
  readonly sdl: string;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key", "@shareable", "@inaccessible", "@external", "@requires", "@tag"])\n\n`;

/** Subscriptions bring generators of their own, fed by LISTEN/NOTIFY; type-graphql asks for a bus all the same. */
const NO_BUS: PubSub = {
  publish() {},
  subscribe() {
    throw new TypeError('a subscription must name its own `subscribe`');
  },
};

/** Classes to an executable subgraph: entities, permissions on root operations, masks on every classified field. */
export function makeSubgraph({ name, resolvers, orphanedTypes, references, permissions }: SubgraphParts, eyes: Eyes): Subgraph {
  const base = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<Function>,
    orphanedTypes: [...orphanedTypes],
    validate: { forbidUnknownValues: false },
    pubSub: NO_BUS,
    skipCheck: true,
  });
  const sdl = subgraphSdl(base);
  const guarded = guardOperations(addEntities(base, sdl, references), permissions);
  return { name, sdl, schema: enforceClassification(guarded, eyes) };
}

export function subgraphSdl(schema: GraphQLSchema): string {
  return LINK + printSchemaWithDirectives(schema).replace(/^schema\s*\{[^}]*\}\s*/m, '');
}
