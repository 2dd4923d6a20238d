/** Hands over together, at the end of the moment, whatever has come for one key. */
export function byMoment<Key, Item>(serve: (key: Key, items: readonly Item[]) => void): (key: Key, item: Item) => void {
  const moments = new Map<Key, Item[]>();
  const end = (key: Key): void => {
    const items = moments.get(key)!;
    moments.delete(key);
    serve(key, items);
  };
  return (key, item) => {
    const moment = moments.get(key);
    if (moment) return void moment.push(item);
    moments.set(key, [item]);
    setImmediate(end, key);
  };
}
