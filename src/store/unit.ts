import { DriverException } from '@mikro-orm/core';
import type { EntityManager, Knex, MikroORM } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import { callerOf } from '../audit/writes';
import type { Session } from '../access/session';
import { HubError } from '../errors';
import { isAway } from './away';
import { scopeLiteral } from './database';

/** A transaction's two hands: nouns through `em`, whole sets by plain SQL through `client`. Both leave the same log. */
export type Work<T> = (em: EntityManager, client: ClientBase) => Promise<T>;

type Acting = Pick<Session, 'viewer' | 'requestId'> & {
  readonly hub: { readonly orm: () => Promise<MikroORM>; readonly now?: () => Date };
};

const BEGIN = `
  select set_config('app.regions', $1, true), set_config('app.caller', $2, true), set_config('app.moment', $3, true)`;

/**
 * One verb, one transaction, in the caller's row scope and name: the tables write their changes to the write log in the
 * same transaction, and if the log fails, the act fails; what becomes an entry of an archive by itself is of the hub's clock.
 * Nothing else may open a transaction of the mapper.
 * @param verb name of the act, as the write log shows it
 */
export async function inUnit<T>(ctx: Acting, verb: string, work: Work<T>): Promise<T> {
  const orm = await ctx.hub.orm();
  const em = orm.em.fork() as EntityManager;
  try {
    return await em.transactional(async (inner) => {
      const client = await connectionOf(inner as EntityManager);
      await client.query(BEGIN, [
        scopeLiteral(ctx.viewer.regions),
        callerOf(ctx, verb),
        ctx.hub.now?.().toISOString() ?? '',
      ]);
      return work(inner as EntityManager, client);
    });
  } catch (error) {
    throw withoutValues(verb, error);
  }
}

const connectionOf = (em: EntityManager): Promise<ClientBase> =>
  em.getTransactionContext<Knex.Transaction>()!.client.acquireConnection() as Promise<ClientBase>;

/** The mapper's and the driver's errors quote the values of the statement; what leaves here names the fault only. */
function withoutValues(verb: string, error: unknown): unknown {
  const { code, constraint, severity } = error as { code?: string; constraint?: string; severity?: string };
  if (!(error instanceof DriverException) && severity === undefined) return error;
  if (isAway(error)) return new HubError('NOT_READY');
  return new StatementFailed(
    `${verb}: a statement failed (${[code, constraint].filter(Boolean).join(' ')})`,
    code,
    constraint,
  );
}

/** A statement that the database refused, without its values. */
export class StatementFailed extends Error {
  constructor(
    message: string,
    readonly code?: string,
    readonly constraint?: string,
  ) {
    super(message);
    this.name = 'StatementFailed';
  }
}
