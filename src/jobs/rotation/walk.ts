import type { Hub } from '../../context';
import { advance, positionOf, rewind, type Place } from './position';

export type RotationHub = Pick<Hub, 'db' | 'seal' | 'objectorSeal' | 'keys' | 'exchange'>;

/** Rows of one kind, batch by batch in the order of their ids. */
export interface Walk<Row extends { readonly id: string }> {
  /** Also names it in the table of rotations. */
  readonly step: string;
  /** Rows behind the position that this walk may have to change; none: it is at its end. */
  next(hub: RotationHub, after: string): Promise<Row[]>;
  /** Changes those that need it; returns how many were changed. */
  change(hub: RotationHub, rows: readonly Row[]): Promise<number>;
}

const BEGINNING = '00000000-0000-0000-0000-000000000000';

/** Thrown between two batches when the process stops. The queue starts the job again, and it goes on where it was. */
export class Stopped extends Error {
  constructor() {
    super('stopped between two batches; the rest follows at the next attempt');
    this.name = 'Stopped';
  }
}

/** Walks all rows, again and again until one whole walk had nothing to change: what others wrote meanwhile is met too. */
export async function walkUntilClean<Row extends { readonly id: string }>(
  hub: RotationHub,
  place: Place,
  walk: Walk<Row>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const resumed = await positionOf(hub.db, place, walk.step);
    let [after, changed] = [resumed ?? BEGINNING, resumed ? 1 : 0];
    for (let rows = await walk.next(hub, after); rows.length > 0; rows = await walk.next(hub, after)) {
      const done = await walk.change(hub, rows);
      after = rows.at(-1)!.id;
      changed += done;
      await advance(hub.db, place, after, done);
      if (signal.aborted) throw new Stopped();
    }
    await rewind(hub.db, place);
    if (changed === 0) return;
  }
}
