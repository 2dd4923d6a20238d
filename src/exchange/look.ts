import { randomUUID } from 'node:crypto';
import type { Session } from '../access/session';
import { answerOf } from './answer';
import type { Answer, Ask, Question } from './contract';
import type { Desk } from './desk';
import type { Source } from './source';
import { longest } from './due';

/** An ask without a usable answer, and what its question needs. */
export interface Open {
  readonly ask: Ask;
  readonly idNumber: Buffer;
  readonly name: string;
}

export interface Looked {
  readonly answers: Answer[];
  readonly open: Open[];
  /** Deferred queries whose answer may be there by now. */
  readonly ripe: string[];
}

/** What is stored and usable; who must be asked about; who may not be. */
export async function look(desk: Desk, source: Source, question: Question, session: Session): Promise<Looked> {
  const { connector } = source;
  const now = desk.now();
  const oldest = new Date(now.getTime() - Math.max(connector.maxAge, longest(connector.answerWithin)));
  const rows = await desk.looks(session, question, oldest);
  const looked: Looked = { answers: [], open: [], ripe: [] };
  for (const row of rows) {
    const ask = question.asks[row.ordinal - 1]!;
    if (row.id !== null) {
      looked.answers.push(answerOf(row, ask, question, connector, desk.seal, now));
      session.evidence?.add(`answer:${row.id}`);
      if (row.ripe && !looked.ripe.includes(row.query_id)) looked.ripe.push(row.query_id);
    } else if (row.id_number && row.name) looked.open.push({ ask, idNumber: row.id_number, name: row.name });
    else looked.answers.push(notAllowed(ask, question, now));
  }
  return looked;
}

/** No letter, no purpose, no live case: no call (security.md §2). Nothing is stored: nothing was asked. */
export const notAllowed = (ask: Ask, { source, fields }: Question, now: Date): Answer => ({
  id: randomUUID(),
  personId: ask.personId,
  status: 'REFUSED',
  value: null,
  source,
  sourceRecordId: null,
  asOf: null,
  fetchedAt: now,
  coverage: null,
  letterId: ask.letterId,
  queryId: randomUUID(),
  fields,
  reason: 'LETTER_NOT_COVERING',
  askedAt: now,
  dueAt: null,
  retryAt: null,
});
