import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import {
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  Info,
  ObjectType,
  Resolver,
  Root,
  type ClassType,
} from 'type-graphql';
import type { Session } from '../access/session';
import type { Connector } from './connector';
import { Envelope, type EnvelopeOf } from './envelope';
import type { Exchange } from './index';
import { questionAgency, type Wanted } from './question';
import { selectedFacts } from './selection';

/** What a request holds, as far as an agency's field needs it. */
export interface AskingContext extends Session {
  readonly hub: { readonly exchange: Exchange };
  readonly loaders: Map<string, unknown>;
}

interface PersonKey {
  readonly id: string;
}

/** The parts of an agency's own subgraph: `Person.<graphqlField>` and the types below it. It asks no root questions. */
export interface AgencySubgraph {
  readonly name: string;
  readonly resolvers: readonly ClassType[];
  readonly orphanedTypes: readonly ClassType[];
  readonly references: { readonly Person: (keys: readonly PersonKey[]) => Promise<PersonKey[]> };
  readonly permissions: Record<string, never>;
}

/** Makes the subgraph's classes. Call once for a connector: type-graphql keeps what is declared for the process. */
export function agencySubgraph(connector: Connector): AgencySubgraph {
  const { graphqlField, agency, record } = connector;
  const answerName = `${graphqlField[0]!.toUpperCase()}${graphqlField.slice(1)}Answer`;

  @ObjectType('Person')
  @Directive('@key(fields: "id")')
  class Person implements PersonKey {
    @Field(() => ID) id!: string;
  }

  @ObjectType(answerName, { description: `${agency}的应答` })
  class AgencyAnswer extends Envelope {
    @Field(() => record, { nullable: true, description: '仅含所询问的字段' }) value!: object | null;
  }

  @Resolver(() => Person)
  class AgencyResolver {
    @FieldResolver(() => AgencyAnswer, { name: graphqlField, description: `向${agency}核对` })
    answer(
      @Root() person: PersonKey,
      @Ctx() ctx: AskingContext,
      @Info() info: GraphQLResolveInfo,
    ): Promise<EnvelopeOf> {
      return loaderOf(connector, ctx).load({ personId: person.id, facts: selectedFacts(info) });
    }
  }

  return {
    name: connector.name,
    resolvers: [AgencyResolver],
    orphanedTypes: [Person],
    references: { Person: async (keys) => keys.map(({ id }) => ({ id })) },
    permissions: {},
  };
}

/** Everything a request wants of one agency at a time becomes one question. */
function loaderOf(connector: Connector, ctx: AskingContext): DataLoader<Wanted, EnvelopeOf, string> {
  const name = `agency:${connector.name}`;
  const known = ctx.loaders.get(name) as DataLoader<Wanted, EnvelopeOf, string> | undefined;
  const loader =
    known ??
    new DataLoader<Wanted, EnvelopeOf, string>((wanted) => questionAgency(ctx.hub.exchange, connector, wanted, ctx), {
      name,
      cacheKeyFn: ({ personId, facts }) => [personId, ...facts].join(),
    });
  ctx.loaders.set(name, loader);
  return loader;
}
