import type { QueryConfig, QueryResult } from 'pg';
import type { Session } from '../access/session';
import { loggedLooks } from '../audit/reads';
import { actingAs } from '../audit/writes';
import { inTurns } from './in-turns';
import { asStored, keep, keepValues, type Asked, type Kept, type StoredRow } from './statements/keep';
import type { Send } from './transaction';

/** What a call brought, and what else is written with it. */
export interface Keeping extends Asked {
  readonly also: readonly QueryConfig[];
}

/** What of it was kept, and when. */
export interface Stored {
  readonly kept: readonly Kept[];
  readonly at: Date;
}

interface Waiting {
  readonly keeping: Keeping;
  readonly resolve: (stored: Stored) => void;
  readonly reject: (error: unknown) => void;
}

/** Keeps what agencies answered, all of a call or none; the session looks at it at once. */
export interface Keeps {
  keep(session: Session, keeping: Keeping): Promise<Stored>;
  /** A call has left for the session. What is called then says that it is back. */
  out(session: Session): () => void;
}

/** Answers up to which those of several agencies are better kept together than at the same time. */
const FEW = 16;

/**
 * What several agencies answer one session at nearly the same time is kept, and logged, by one statement. Where that fails,
 * nothing of it stands and each is kept for itself.
 */
export function keepsOf(send: Send, now: () => Date): Keeps {
  const store = async (session: Session, keepings: readonly Keeping[]): Promise<Stored[]> => {
    const at = now();
    const query = loggedLooks(keep, keepValues(keepings, at), session);
    const also = keepings.flatMap((keeping) => keeping.also);
    const onDisk = session.toDisk?.waiting();
    const [, stored] = await send(session.viewer.regions, [actingAs(session, 'askAgency'), query, ...also]);
    onDisk?.();
    const { rows } = stored as QueryResult<StoredRow>;
    return keepings.map(({ kept }) => ({ kept: asStored(kept, rows), at }));
  };
  const together = (session: Session, waiting: readonly Waiting[]): Promise<Stored[] | undefined> =>
    store(
      session,
      waiting.map(({ keeping }) => keeping),
    ).catch(() => undefined);
  const apart = (session: Session, { keeping, resolve, reject }: Waiting): Promise<void> =>
    store(session, [keeping]).then(([stored]) => resolve(stored!), reject);
  const turns = inTurns<Session, Waiting>(async (session, waiting) => {
    const stored = waiting.length > 1 ? await together(session, waiting) : undefined;
    if (stored) waiting.forEach(({ resolve }, index) => resolve(stored[index]!));
    else await Promise.all(waiting.map((each) => apart(session, each)));
  });
  return {
    keep: (session, keeping) =>
      new Promise((resolve, reject) => {
        const waiting = { keeping, resolve, reject };
        if (keeping.kept.length > FEW) void apart(session, waiting);
        else turns.put(session, waiting);
      }),
    out: turns.out,
  };
}
