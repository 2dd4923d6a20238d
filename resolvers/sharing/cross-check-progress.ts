import type { RequestContext } from '../../src/context';
import { readCrossCheck, type CrossCheckRow } from './cross-check-rows';

/** Between two looks without being told, ms: a notice sent while the listener was reconnecting is lost. */
const LOOK_AGAIN = 5000;

/**
 * The cross-check now and after every change until it is completed. Throws NOT_FOUND before the first event.
 * Following starts before the first look, so that no change falls between the two.
 */
export async function followCrossCheck(ctx: RequestContext, id: string): Promise<AsyncIterableIterator<CrossCheckRow>> {
  const stopping = new AbortController();
  const changes = ctx.hub.listener.follow('cross_check', stopping.signal);
  const told = changes.next();
  try {
    const now = await readCrossCheck(ctx, id);
    return cancellable(progress(ctx, now, changes, told, stopping), stopping);
  } catch (error) {
    stopping.abort();
    throw error;
  }
}

async function* progress(
  ctx: RequestContext,
  first: CrossCheckRow,
  changes: AsyncGenerator<string>,
  told: Promise<IteratorResult<string>>,
  stopping: AbortController,
): AsyncGenerator<CrossCheckRow> {
  try {
    let row = first;
    yield row;
    while (row.state !== 'COMPLETED') {
      const change = await orQuiet(told);
      if (change?.done) return;
      if (change) told = changes.next();
      if (change && change.value !== row.id) continue;
      const next = await readCrossCheck(ctx, row.id);
      if (next.state !== row.state || next.done !== row.done) yield (row = next);
    }
  } finally {
    stopping.abort();
  }
}

/** What was told, or null after a while of silence. */
function orQuiet<Told>(told: Promise<Told>): Promise<Told | null> {
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<null>((resolve) => (timer = setTimeout(resolve, LOOK_AGAIN, null)));
  return Promise.race([told, quiet]).finally(() => clearTimeout(timer));
}

/** A generator that waits does not hear its `return`: the signal wakes it first. */
function cancellable<Value>(events: AsyncGenerator<Value>, stopping: AbortController): AsyncIterableIterator<Value> {
  return {
    next: () => events.next(),
    return: (value?: unknown) => {
      stopping.abort();
      return events.return(value);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
