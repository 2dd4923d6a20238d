import type { GraphQLSchema } from 'graphql';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildSchemaSync, type ClassType, type NonEmptyArray, type PubSub } from 'type-graphql';
import { enforceClassification, type Eyes } from '../access/enforce';
import type { SubgraphParts } from '../../resolvers/parts';
import { addEntities } from './entities';
import { guardOperations } from './permit';

export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
}

export interface SubgraphSdl {
  readonly name: string;
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
export function makeSubgraph(parts: SubgraphParts, eyes: Eyes): Subgraph {
  const schema = drafts.get(parts) ?? guarded(parts);
  drafts.delete(parts);
  return { name: parts.name, schema: enforceClassification(schema, eyes) };
}

/** Subgraphs made ahead of the start that opens them, but for their masks. */
const drafts = new WeakMap<SubgraphParts, GraphQLSchema>();

export const draftSubgraph = (parts: SubgraphParts): void => void drafts.set(parts, guarded(parts));

function guarded(parts: SubgraphParts): GraphQLSchema {
  const base = baseSchema(parts);
  return guardOperations(
    addEntities(base, () => sdlOf(base), parts.references),
    parts.permissions,
  );
}

/** What composition sees of a subgraph: federation directives in, `_service` and `_entities` out. */
export const subgraphSdl = (parts: SubgraphParts): SubgraphSdl => ({ name: parts.name, sdl: sdlOf(baseSchema(parts)) });

const baseSchema = ({ resolvers, orphanedTypes }: SubgraphParts): GraphQLSchema =>
  buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<ClassType>,
    orphanedTypes: [...orphanedTypes],
    validate: { forbidUnknownValues: false },
    pubSub: NO_BUS,
    skipCheck: true,
  });

const sdlOf = (schema: GraphQLSchema): string =>
  LINK + printSchemaWithDirectives(schema).replace(/^schema\s*\{[^}]*\}\s*/m, '');
