import { randomUUID } from 'node:crypto';
import { reach } from '../access/allowance';
import type { Session } from '../access/session';
import { spend } from '../audit/budget';
import { loggedRead } from '../audit/reads';
import { answerOf } from './answer';
import type { Answer, Ask, Question } from './contract';
import type { Desk } from './desk';
import type { Source } from './source';
import { longest } from './due';
import { recall, recallValues, type Recalled } from './statements/recall';

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

/**
 * Asks up to which a plan made once serves. A plan kept from when answers were few reads all of them for each ask: a
 * cross-check's page is worth a plan for the table as it is now.
 */
const PREPARED_UP_TO = 16;

/** What is stored and usable; who must be asked about; who may not be. */
export async function look(desk: Desk, source: Source, question: Question, session: Session): Promise<Looked> {
  const { connector } = source;
  const now = desk.now();
  const oldest = new Date(now.getTime() - Math.max(connector.maxAge, longest(connector.answerWithin)));
  const prepared = loggedRead(recall, recallValues(question, question.asks, now, oldest), question, session);
  const query = question.asks.length <= PREPARED_UP_TO ? prepared : { ...prepared, name: undefined };
  const { viewer, evidence } = session;
  const people = question.asks.map(({ personId }) => personId);
  reach(viewer, people);
  const counted = viewer.partner ? [spend(viewer.partner.allowance, people)] : []; // before the agency hears of them
  const send = query.name === undefined ? desk.send : desk.sendTogether;
  const answer = (await send(viewer.regions, [...counted, query])).at(-1)!;
  const looked: Looked = { answers: [], open: [], ripe: [] };
  for (const row of answer.rows as Recalled[]) {
    const ask = question.asks[row.ordinal - 1]!;
    if (row.id !== null) {
      looked.answers.push(answerOf(row, ask, question, connector, desk.seal, now));
      evidence?.add(`answer:${row.id}`);
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
