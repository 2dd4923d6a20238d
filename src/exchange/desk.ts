import type { ClientBase, QueryConfig, QueryResult } from 'pg';
import type { Seal } from '../access/seal';
import { HubError } from '../errors';
import type { Answer } from './contract';
import type { Source } from './source';

/** Runs work in one transaction of the app role that sees these regions: `inScope` of src/store, handed in by the assembly. */
export type Scoped = <Result>(
  regions: readonly string[],
  work: (client: ClientBase) => Promise<Result>,
) => Promise<Result>;

/** Statements of one such transaction, sent together: `sendInScope` of src/store. */
export type Send = (regions: readonly string[], queries: readonly QueryConfig[]) => Promise<QueryResult[]>;

/** What asking and collecting share. */
export interface Desk {
  readonly sources: ReadonlyMap<string, Source>;
  readonly scoped: Scoped;
  readonly send: Send;
  /** The same for few asks: what several sources send at once shares a transaction. */
  readonly sendTogether: Send;
  readonly seal: Seal;
  readonly now: () => Date;
  /** Calls under way, by what they ask: the same question waits for its answer instead of being put twice. */
  readonly underWay: Map<string, Promise<Answer[]>>;
}

export function sourceAt({ sources }: Desk, name: string): Source {
  const source = sources.get(name);
  if (!source) throw new HubError('INVALID_INPUT', 'source', '未登记的来源');
  return source;
}
