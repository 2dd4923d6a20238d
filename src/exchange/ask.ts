import { randomUUID } from 'node:crypto';
import { personNumber } from '../access/seal';
import type { Session } from '../access/session';
import { loggedRead } from '../audit/reads';
import { HubError } from '../errors';
import { answerOf, rowOf } from './answer';
import { collectDeferred } from './collect';
import type { Answer, Ask, Question } from './contract';
import { sourceAt, type Desk } from './desk';
import { factsOf } from './fact';
import type { Person, Source } from './source';
import { DEFER } from './statements/deferred';
import { keep, keepValues, keptOf, type Asking } from './statements/keep';
import { recall, recallValues, type Recalled } from './statements/recall';

/** An ask without a usable answer, and what its question needs. */
interface Open {
  readonly ask: Ask;
  readonly idNumber: Buffer;
  readonly name: string;
}

interface Looked {
  readonly answers: Answer[];
  readonly open: Open[];
  /** Deferred queries whose answer may be there by now. */
  readonly ripe: string[];
}

/** Answers a question page by page: from what is stored, and with at most one call to the agency for the rest of each page. */
export async function askSource(desk: Desk, question: Question, session: Session): Promise<Map<string, Answer>> {
  const source = sourceAt(desk, question.source);
  const facts = factsOf(source.connector.record);
  if (question.fields.length === 0 || !question.fields.every((field) => facts.has(field)))
    throw new HubError('INVALID_INPUT', 'fields');
  const { page } = source.connector;
  const pages: Promise<Answer[]>[] = [];
  for (let from = 0; from < question.asks.length; from += page) {
    pages.push(answerPage(desk, source, { ...question, asks: question.asks.slice(from, from + page) }, session));
  }
  const answers = (await Promise.all(pages)).flat();
  return new Map(answers.map((answer) => [answer.personId, answer]));
}

async function answerPage(desk: Desk, source: Source, question: Question, session: Session): Promise<Answer[]> {
  let { answers, open, ripe } = await look(desk, source, question, session);
  if (ripe.length > 0) {
    await Promise.all(ripe.map((queryId) => collectDeferred(desk, queryId, session)));
    ({ answers, open } = await look(desk, source, question, session));
  }
  if (open.length === 0) return answers;
  const asks = open.map(({ ask }) => ask);
  const key = JSON.stringify([
    question.source,
    question.purpose,
    question.fields,
    asks.map((ask) => [ask.personId, ask.letterId]),
  ]);
  const underWay = desk.underWay.get(key);
  if (underWay) {
    await underWay.catch(() => undefined);
    return [...answers, ...(await answerPage(desk, source, { ...question, asks }, session))];
  }
  const call = consult(desk, source, question, open, session).finally(() => desk.underWay.delete(key));
  desk.underWay.set(key, call);
  return [...answers, ...(await call)];
}

/** What is stored and usable; who must be asked about; who may not be. */
async function look(desk: Desk, source: Source, question: Question, session: Session): Promise<Looked> {
  const { connector } = source;
  const now = desk.now();
  const oldest = new Date(now.getTime() - Math.max(connector.maxAge, connector.answerWithin));
  const { rows } = await desk.scoped(session.viewer.regions, (client) =>
    client.query<Recalled>(loggedRead(recall, recallValues(question, question.asks, now, oldest), question, session)),
  );
  const looked: Looked = { answers: [], open: [], ripe: [] };
  for (const row of rows) {
    const ask = question.asks[row.ordinal - 1]!;
    if (row.id !== null) looked.answers.push(answerOf(row, ask, question, connector, desk.seal, now));
    else if (row.id_number && row.name) looked.open.push({ ask, idNumber: row.id_number, name: row.name });
    else looked.answers.push(notAllowed(ask, question, now));
    if (row.id !== null && row.ripe && !looked.ripe.includes(row.query_id)) looked.ripe.push(row.query_id);
  }
  return looked;
}

/** No letter, no purpose, no live case: no call (security.md §2). Nothing is stored: nothing was asked. */
const notAllowed = (ask: Ask, { source, fields }: Question, now: Date): Answer => ({
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

/** The one call: opens the numbers, asks, stores what came, all of it or none. An answer's id is the ref it is asked under. */
async function consult(
  desk: Desk,
  source: Source,
  question: Question,
  open: readonly Open[],
  session: Session,
): Promise<Answer[]> {
  const { connector } = source;
  const { purpose, fields } = question;
  const asking: Asking = {
    queryId: randomUUID(),
    source: connector.name,
    purpose,
    fields,
    maxAge: connector.maxAge,
    askedAt: desk.now(),
  };
  const people: Person[] = open.map(({ ask, idNumber, name }) => ({
    ...ask,
    name,
    ref: randomUUID(),
    idNumber: desk.seal.open(idNumber, personNumber(ask.personId)),
  }));
  const { findings, deferral } = await source.consult(people, { purpose, fields });
  const at = desk.now();
  const kept = people.map(({ ref }, index) =>
    keptOf(open[index]!.ask, findings.get(ref)!, ref, connector.record, desk.seal),
  );
  await desk.scoped(session.viewer.regions, async (client) => {
    await client.query(loggedRead(keep, keepValues(kept, asking, at), asking, session));
    if (!deferral) return;
    const nextPollAt = new Date(at.getTime() + deferral.pollAfter);
    await client.query(DEFER, [
      asking.queryId,
      connector.name,
      deferral.ticket,
      asking.askedAt,
      deferral.dueAt,
      nextPollAt,
    ]);
  });
  return kept.map((row) => answerOf(rowOf(row, asking, at), row.ask, question, connector, desk.seal, at));
}
