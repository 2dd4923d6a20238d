import type { QueryConfig, QueryResult } from 'pg';
import type { Send } from './transaction';

interface Waiting {
  readonly queries: readonly QueryConfig[];
  readonly resolve: (results: QueryResult[]) => void;
  readonly reject: (error: unknown) => void;
}

/** As {@link Send}, for somebody. */
export type SendFor = (
  whom: object,
  regions: readonly string[],
  queries: readonly QueryConfig[],
) => Promise<QueryResult[]>;

/**
 * One transaction at a time for each: what comes while one is under way shares the next. Three agencies that answer one
 * request in the same millisecond do not make three connections wait for each other's commits.
 */
export function inTurns(send: Send): SendFor {
  const lines = new Map<object, Waiting[]>();
  const serve = async (whom: object, regions: readonly string[], first: Waiting): Promise<void> => {
    for (let turn = [first]; turn.length > 0; turn = lines.get(whom)!.splice(0)) await sendAll(send, regions, turn);
    lines.delete(whom);
  };
  return (whom, regions, queries) =>
    new Promise((resolve, reject) => {
      const line = lines.get(whom);
      if (line) return void line.push({ queries, resolve, reject });
      lines.set(whom, []);
      void serve(whom, regions, { queries, resolve, reject });
    });
}

async function sendAll(send: Send, regions: readonly string[], moment: readonly Waiting[]): Promise<void> {
  const apart = async () =>
    void (await Promise.all(
      moment.map(({ queries, resolve, reject }) => send(regions, queries).then(resolve, reject)),
    ));
  if (moment.length === 1) return apart();
  const results = await send(
    regions,
    moment.flatMap(({ queries }) => queries),
  ).catch(() => undefined);
  if (!results) return apart();
  let from = 0;
  for (const { queries, resolve } of moment) resolve(results.slice(from, (from += queries.length)));
}
