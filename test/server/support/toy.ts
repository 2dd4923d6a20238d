import {
  Arg,
  Directive,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { SubgraphParts } from '../../../resolvers/parts';
import { allow, allowEveryRole } from '../../../resolvers/permission';
import { Classified, idNumber, name, withheld } from '../../../src/access/classification';
import { HubError } from '../../../src/errors';

/** A person with a field of each level. */
@ObjectType('ToyPerson')
@Directive('@key(fields: "id")')
export class ToyPerson {
  @Field(() => ID) id!: string;
  @Field() nickname!: string;
  @Field(() => String, { nullable: true }) @Classified('personal', name) name!: string;
  @Field(() => String, { nullable: true }) @Classified('identity', idNumber) idNumber!: string;
  @Field(() => Int, { nullable: true }) @Classified('assets', withheld) areaCm2!: number;
  @Field(() => String, { nullable: true }) @Classified('welfare', withheld) allowance!: string;
  personId!: string;
  birthDate?: string;
}

export const SECRET = '150402198605121127';

export const toyPerson = (id: string, birthDate = '1986-05-12'): ToyPerson => ({
  ...{ id, personId: id, birthDate, nickname: '小花', name: '萨仁花' },
  ...{ idNumber: SECRET, areaCm2: 600_000, allowance: 'SUBSISTENCE' },
});

@Resolver(() => ToyPerson)
class ToyResolver {
  /** How many tick streams are running. */
  static ticking = 0;

  @Query(() => [ToyPerson])
  people(@Arg('first', () => Int, { nullable: true }) first?: number): ToyPerson[] {
    return Array.from({ length: first ?? 1 }, (_, place) => toyPerson(`p${place}`));
  }

  @Query(() => String, { nullable: true })
  unlisted(): string {
    return SECRET;
  }

  @Query(() => String, { nullable: true })
  boom(): string {
    throw new Error(`duplicate key (${SECRET})`);
  }

  @Query(() => String)
  boomWhole(): string {
    throw new Error(`duplicate key (${SECRET})`);
  }

  @Query(() => String, { nullable: true })
  refused(): string {
    throw new HubError('CASE_CLOSED', 'caseId');
  }

  /** Resolved late, as most classified values are. */
  @FieldResolver(() => String, { nullable: true })
  async idNumber(@Root() { idNumber: clear }: ToyPerson): Promise<string> {
    return clear;
  }

  @Subscription(() => Int, { subscribe: ticks })
  tick(@Root() count: number): number {
    return count;
  }

  @Subscription(() => Int, { subscribe: ticks })
  unlistedTick(@Root() count: number): number {
    return count;
  }
}

export const ticking = (): number => ToyResolver.ticking;

const leaving: (() => void)[] = [];

/** Resolves when the next subscriber of a tick has left its source. */
export const whenLeft = (): Promise<void> => new Promise((resolve) => void leaving.push(resolve));

/** Two ticks, then silence until the subscriber leaves. */
function ticks(): AsyncIterableIterator<number> {
  ToyResolver.ticking += 1;
  let count = 0;
  let leave = (_result: IteratorResult<number>): void => undefined;
  return {
    next: () =>
      count < 2 ? Promise.resolve({ done: false, value: (count += 1) }) : new Promise((resolve) => (leave = resolve)),
    return: async () => {
      ToyResolver.ticking -= 1;
      leaving.splice(0).forEach((tell) => tell());
      leave({ done: true, value: undefined });
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export const toy: SubgraphParts = {
  name: 'toy',
  resolvers: [ToyResolver],
  orphanedTypes: [],
  references: { ToyPerson: async (keys) => keys.map(({ id }) => (id === 'none' ? null : toyPerson(id))) },
  permissions: {
    Query: {
      people: allowEveryRole,
      boom: allowEveryRole,
      boomWhole: allowEveryRole,
      refused: allow('COUNTY_HOUSING'),
    },
    Subscription: { tick: allow('COUNTY_HOUSING') },
  },
};
