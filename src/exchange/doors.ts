import type { QueryConfig, QueryResult } from 'pg';
import { byMoment } from './by-moment';
import type { Passed, Person } from './source';
import { LIVE_QUICKLY } from './statements/live';
import { beijingDay } from './time';
import type { Scoped } from './transaction';

type Start = (allowed: readonly Person[]) => Promise<unknown>;

/** A call that waits to be let out. */
interface Caller {
  readonly source: string;
  readonly people: readonly Person[];
  readonly start: Start;
  readonly resolve: (passed: Passed<never>) => void;
  readonly reject: (error: unknown) => void;
}

interface LiveLetter {
  readonly id: string;
  readonly sources: readonly string[];
}

/** Lets calls out in a transaction that holds the letters they rest on. */
export interface Doors {
  pass<Result>(
    regions: readonly string[],
    source: string,
    people: readonly Person[],
    start: (allowed: readonly Person[]) => Promise<Result>,
  ): Promise<Passed<Result>>;
}

/** How much the last call says of how long a source takes. */
const LATEST = 0.1;

/** Who takes longest leaves first: to make a call costs the others a part of a millisecond, and the answer waits for the last. */
function slowestFirst() {
  const taken = new Map<string, number>();
  const msOf = ({ source }: Caller): number => taken.get(source) ?? 0;
  return {
    order: (callers: readonly Caller[]): Caller[] => [...callers].sort((one, other) => msOf(other) - msOf(one)),
    began(caller: Caller, call: Promise<unknown>): void {
      const started = performance.now();
      const note = (): void => {
        const ms = performance.now() - started;
        const before = taken.get(caller.source) ?? ms;
        taken.set(caller.source, before + LATEST * (ms - before));
      };
      call.then(note, note);
    },
  };
}

/**
 * Calls that come to the door in one moment, within the same row scope, leave in one transaction: five agencies asked
 * about a household look at its letter once. Rejects where the letters could not be looked up or held.
 */
export function doorsOf(scoped: Scoped, now: () => Date): Doors {
  const pace = slowestFirst();
  const open = byMoment<readonly string[], Caller>((regions, come) => {
    const callers = pace.order(come);
    const letters = [...new Set(callers.flatMap(({ people }) => people.map(({ letterId }) => letterId)))];
    const live: QueryConfig = { name: 'live-letters', text: LIVE_QUICKLY, values: [letters, beijingDay(now())] };
    scoped(
      regions,
      (_, [held]) =>
        Promise.resolve(callers.map((caller) => leave(caller, held as QueryResult<LiveLetter>, pace.began))),
      [live],
    )
      .then((passed) => callers.forEach(({ resolve }, index) => resolve(passed[index] as Passed<never>)))
      .catch((error: unknown) => callers.forEach(({ reject }) => reject(error)));
  });
  return {
    pass: (regions, source, people, start) =>
      new Promise((resolve, reject) => open(regions, { source, people, start, resolve, reject } as Caller)),
  };
}

function leave(
  caller: Caller,
  { rows }: QueryResult<LiveLetter>,
  began: (caller: Caller, call: Promise<unknown>) => void,
): Passed<unknown> {
  const { source, people, start } = caller;
  const live = new Set(rows.filter(({ sources }) => sources.includes(source)).map(({ id }) => id));
  const allowed = people.filter(({ letterId }) => live.has(letterId));
  if (allowed.length === 0) return { allowed };
  const call = begun(start, allowed);
  began(caller, call); // a failure is met where it is awaited
  return { allowed, call };
}

/** A call that cannot even begin is its own fault, not that of those who leave with it. */
async function begun(start: Start, allowed: readonly Person[]): Promise<unknown> {
  return start(allowed);
}
