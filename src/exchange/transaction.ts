import type { ClientBase, QueryConfig, QueryResult } from 'pg';

/** Runs work in one transaction of the app role that sees these regions: `inScope` of src/store, handed in by the assembly. */
export type Scoped = <Result>(
  regions: readonly string[],
  work: (client: ClientBase, answers: readonly QueryResult[]) => Promise<Result>,
  first?: readonly QueryConfig[],
) => Promise<Result>;

/** Statements of one such transaction, sent together: `sendInScope` of src/store. */
export type Send = (regions: readonly string[], queries: readonly QueryConfig[]) => Promise<QueryResult[]>;
