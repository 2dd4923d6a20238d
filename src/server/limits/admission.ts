import fastq from 'fastq';
import type { LimitName, Limits } from '../../limits';
import { OverLimit } from './over-limit';

/** So many at once, so many waiting, none of them long: what is more is turned away at once, while turning away is cheap. */
export interface Admission {
  /** Throws OVERLOADED where there is neither a place nor one to wait in. Looked at before a body is read. */
  refuseFull(): void;
  /** Does the work once there is a place. Throws OVERLOADED, and then nothing of it was begun. */
  admit<T>(work: () => Promise<T>): Promise<T>;
}

type Place = Extract<LimitName, `LIMIT_${string}AT_ONCE` | `LIMIT_${string}BUSY` | `LIMIT_${string}WAITING`>;

export interface Places {
  readonly atOnce: Place;
  /** The same for a process without time to spare: more at once make each of them later, and refusals too. */
  readonly busy: Place;
  readonly waiting: Place;
}

export const OFFICERS: Places = { atOnce: 'LIMIT_AT_ONCE', busy: 'LIMIT_BUSY', waiting: 'LIMIT_WAITING' };
export const PUBLIC: Places = {
  ...{ atOnce: 'LIMIT_PUBLIC_AT_ONCE', busy: 'LIMIT_PUBLIC_BUSY', waiting: 'LIMIT_PUBLIC_WAITING' },
};

/** Clients turned away are told different times, so that they do not come back together. */
const SPREAD_S = 4;
const overloaded = (limit: LimitName): OverLimit =>
  new OverLimit(limit, 'OVERLOADED', undefined, undefined, 1 + Math.floor(Math.random() * SPREAD_S));

export function makeAdmission(
  limits: Limits,
  { atOnce, busy, waiting }: Places,
  isSaturated: () => boolean,
): Admission {
  const places = fastq.promise((begin: () => Promise<unknown>) => begin(), limits[atOnce]);
  /** Throws where one more would find no place; how many there are is looked at whenever somebody comes. */
  const refuseFull = (): void => {
    const saturated = isSaturated();
    places.concurrency = limits[saturated ? busy : atOnce];
    if (places.running() >= places.concurrency && places.length() >= limits[waiting])
      throw overloaded(saturated ? busy : waiting);
  };
  return {
    refuseFull,
    async admit<T>(work: () => Promise<T>) {
      refuseFull();
      const until = performance.now() + limits.LIMIT_WAIT_MS;
      const begin = async () => {
        if (performance.now() > until) throw overloaded('LIMIT_WAIT_MS');
        return work();
      };
      return places.push(begin) as Promise<T>;
    },
  };
}
