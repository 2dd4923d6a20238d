import type { GraphQLResolveInfo } from 'graphql';
import type { IRules } from 'graphql-shield';
import type { ClassType } from 'type-graphql';
import type { RequestContext } from '../src/context';

/** An entity as another subgraph names it. */
export interface Reference {
  readonly id: string;
}

/** Answers a batch of references of one type, in order; null where the caller may not know of the entity. */
export type ResolveReferences = (
  references: readonly Reference[],
  ctx: RequestContext,
  info: GraphQLResolveInfo,
) => Promise<readonly (object | null)[]>;

/** What a subgraph is made of. Agencies' subgraphs have the same shape. */
export interface SubgraphParts {
  readonly name: string;
  readonly resolvers: readonly ClassType[];
  readonly orphanedTypes: readonly ClassType[];
  readonly references: Readonly<Record<string, ResolveReferences>>;
  /** Who may call its root operations; what is not listed nobody may. */
  readonly permissions: IRules;
}
