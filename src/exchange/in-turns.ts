/** What waits for its turn. */
interface Line<Item> {
  readonly waiting: Item[];
  /** Calls whose answers are still to come. */
  out: number;
  busy: boolean;
  /** The end of waiting for those answers. */
  patience: NodeJS.Timeout | undefined;
}

export interface Turns<Key, Item> {
  put(key: Key, item: Item): void;
  /** A call has left for a key. What is called then says that it is back. */
  out(key: Key): () => void;
}

/**
 * How long an item waits for what is still out, ms. Agencies as quick as each other answer within it; one that answers later
 * is not held up by it.
 */
const PATIENCE_MS = 5;

/**
 * Hands over one turn at a time for each key: what comes while one is under way, or shortly before an answer that is still
 * out, shares the next. Three agencies that answer one request in the same milliseconds do not make three connections wait
 * for each other's commits, nor the later answers wait for a processor that keeps the first. `serve` does not reject.
 */
export function inTurns<Key extends object, Item>(
  serve: (key: Key, items: readonly Item[]) => Promise<void>,
  patienceMs = PATIENCE_MS,
): Turns<Key, Item> {
  const lines = new WeakMap<Key, Line<Item>>();
  const turn = async (key: Key, line: Line<Item>): Promise<void> => {
    clearTimeout(line.patience);
    line.patience = undefined;
    line.busy = true;
    await serve(key, line.waiting.splice(0));
    line.busy = false;
    look(key, line);
  };
  const look = (key: Key, line: Line<Item>): void => {
    if (line.busy || line.waiting.length === 0) return;
    if (line.out === 0) void turn(key, line);
    else line.patience ??= setTimeout(() => void turn(key, line), patienceMs);
  };
  const lineOf = (key: Key): Line<Item> => {
    const line = lines.get(key) ?? { waiting: [], out: 0, busy: false, patience: undefined };
    lines.set(key, line);
    return line;
  };
  return {
    put(key, item) {
      const line = lineOf(key);
      line.waiting.push(item);
      look(key, line);
    },
    out(key) {
      const line = lineOf(key);
      line.out += 1;
      return () => {
        line.out -= 1;
        setImmediate(look, key, line); // once what it brought is put
      };
    },
  };
}
