import { Arg, Directive, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Subscription } from 'type-graphql';
import type { SubgraphParts } from '../../../resolvers/parts';
import { allowEveryRole } from '../../../resolvers/permission';

/** A type that leads to itself, by one, by a list and by a page. */
@ObjectType()
@Directive('@key(fields: "id")')
export class Tree {
  @Field(() => ID) id!: string;
}

const one = (): Tree => ({ id: 't' });

/** How often any resolver ran, and a gate behind which one of them waits. */
export const ran = { times: 0 };

const waiting: (() => void)[] = [];

/** How many wait behind the gate now. */
export const held = (): number => waiting.length;

export const openGate = (): void => waiting.splice(0).forEach((go) => go());

const arrivals: { count: number; tell: () => void }[] = [];

/** Resolves when so many wait behind the gate. */
export const heldAre = (count: number): Promise<void> =>
  waiting.length >= count ? Promise.resolve() : new Promise((tell) => void arrivals.push({ count, tell }));

@Resolver(() => Tree)
class TreeResolver {
  @Query(() => Tree)
  tree(): Tree {
    ran.times += 1;
    return one();
  }

  @Query(() => [Tree])
  trees(@Arg('ids', () => [ID]) ids: string[]): Tree[] {
    ran.times += 1;
    return ids.slice(0, 1).map(one);
  }

  @Query(() => String)
  async gate(): Promise<string> {
    ran.times += 1;
    await new Promise<void>((go) => {
      waiting.push(go);
      arrivals.filter(({ count }) => waiting.length >= count).forEach(({ tell }) => tell());
    });
    return 'open';
  }

  @FieldResolver(() => Tree)
  child(): Tree {
    ran.times += 1;
    return one();
  }

  @FieldResolver(() => [Tree])
  children(): Tree[] {
    ran.times += 1;
    return [one()];
  }

  @FieldResolver(() => [Tree])
  page(@Arg('first', () => Int) _first: number): Tree[] {
    ran.times += 1;
    return [one()];
  }

  @Subscription(() => Int, { subscribe: never })
  silence(): number {
    return 0;
  }
}

/** Nothing ever, until the subscriber leaves. */
function never(): AsyncIterableIterator<number> {
  ran.times += 1;
  let leave = (_result: IteratorResult<number>): void => undefined;
  return {
    next: () => new Promise((resolve) => (leave = resolve)),
    return: async () => {
      leave({ done: true, value: undefined });
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export const tree: SubgraphParts = {
  name: 'tree',
  resolvers: [TreeResolver],
  orphanedTypes: [],
  references: { Tree: async (keys) => ((ran.times += 1), keys.map(({ id }) => ({ id }))) },
  permissions: {
    Query: { tree: allowEveryRole, trees: allowEveryRole, gate: allowEveryRole },
    Subscription: { silence: allowEveryRole },
  },
};
