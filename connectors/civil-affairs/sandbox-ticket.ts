import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { Batch } from './sandbox-answer';

interface Ticket {
  readonly ticket: string;
  readonly asked: Batch;
  readonly dueAt: Date;
}

const DAY_MS = 86_400_000;

/** Keeps a batch until a day after it was handed in. */
export async function handIn(world: Pool, asked: Batch, now: Date, readyAfterMs: number): Promise<Ticket> {
  const ticket = randomUUID();
  const dueAt = new Date(now.getTime() + readyAfterMs);
  await world.query('delete from civil.ticket where submitted_at < $1', [new Date(now.getTime() - DAY_MS)]);
  await world.query('insert into civil.ticket (ticket, asked, submitted_at, due_at) values ($1, $2, $3, $4)', [
    ticket,
    JSON.stringify(asked),
    now,
    dueAt,
  ]);
  return { ticket, asked, dueAt };
}

/** The batch behind a ticket; null where there is none. */
export async function findTicket(world: Pool, ticket: string): Promise<Ticket | null> {
  const { rows } = await world.query<{ asked: unknown; due_at: Date }>(
    'select asked, due_at from civil.ticket where ticket = $1',
    [ticket],
  );
  return rows[0] ? { ticket, asked: Batch.parse(rows[0].asked), dueAt: rows[0].due_at } : null;
}
