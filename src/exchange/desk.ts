import type { Seal } from '../access/seal';
import { HubError } from '../errors';
import type { Answer } from './contract';
import type { Doors } from './doors';
import type { Looks } from './looks';
import type { Numbers } from './numbers';
import type { Source } from './source';
import type { Keeps } from './keeps';
import type { Scoped, Send } from './transaction';

/** What asking and collecting share. */
export interface Desk {
  readonly sources: ReadonlyMap<string, Source>;
  readonly scoped: Scoped;
  readonly send: Send;
  readonly looks: Looks;
  readonly keeps: Keeps;
  readonly doors: Doors;
  readonly seal: Seal;
  readonly numbers: Numbers;
  readonly now: () => Date;
  /** Calls under way, by what they ask: the same question waits for its answer instead of being put twice. */
  readonly underWay: Map<string, Promise<Answer[]>>;
}

export function sourceAt({ sources }: Desk, name: string): Source {
  const source = sources.get(name);
  if (!source) throw new HubError('INVALID_INPUT', 'source', '未登记的来源');
  return source;
}
