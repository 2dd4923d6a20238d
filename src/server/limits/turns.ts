/** Characters of a body above which it is parsed in a turn of its own. */
export const LONG_BODY = 16_384;

let last: Promise<unknown> = Promise.resolve();

/**
 * What takes a process milliseconds is done one a turn of its event loop: whoever asks for little meanwhile waits for one of
 * it, not for all that came at once. Resolves at the begin of the caller's turn, first come first served.
 */
export const ownTurn = (): Promise<unknown> =>
  (last = last.then(() => new Promise((resolve) => setImmediate(resolve))));
