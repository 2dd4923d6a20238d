import { randomUUID } from 'node:crypto';
import type { QueryConfig } from 'pg';
import { personNumber } from '../access/seal';
import type { Session } from '../access/session';
import { loggedRead } from '../audit/reads';
import { HubError } from '../errors';
import { answerOf, rowOf } from './answer';
import { collectDeferred } from './collect';
import type { Deferral } from './connector';
import type { Answer, Question } from './contract';
import { sourceAt, type Desk } from './desk';
import { factsOf } from './fact';
import { look, type Looked, type Open } from './look';
import type { Person, Source } from './source';
import { DEFER } from './statements/deferred';
import { keep, keepValues, keptOf, type Asking, type Kept } from './statements/keep';

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
  const { answers, open } = await lookCollecting(desk, source, question, session);
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

/** Deferred answers that may be there by now are fetched first. */
async function lookCollecting(desk: Desk, source: Source, question: Question, session: Session): Promise<Looked> {
  const looked = await look(desk, source, question, session);
  if (looked.ripe.length === 0) return looked;
  await Promise.all(looked.ripe.map((queryId) => collectDeferred(desk, queryId, session)));
  return look(desk, source, question, session);
}

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
  const { name, maxAge, record } = connector;
  const asking: Asking = { queryId: randomUUID(), source: name, purpose, fields, maxAge, askedAt: desk.now() };
  const people = open.map((each) => personOf(each, desk));
  const consulted = await source.consult(people, { purpose, fields });
  const at = desk.now();
  const kept = people.map(({ ref }, index) =>
    keptOf(open[index]!.ask, consulted.findings.get(ref)!, ref, record, desk.seal),
  );
  await store(desk, asking, kept, at, session, consulted.deferral);
  kept.forEach(({ id }) => session.evidence?.add(`answer:${id}`));
  return kept.map((row) => answerOf(rowOf(row, asking, at), row.ask, question, connector, desk.seal, at));
}

function deferred({ queryId, source, askedAt }: Asking, at: Date, { ticket, dueAt, pollAfter }: Deferral): QueryConfig {
  const nextPollAt = new Date(at.getTime() + pollAfter);
  return { text: DEFER, values: [queryId, source, ticket, askedAt, dueAt, nextPollAt] };
}

const personOf = ({ ask, idNumber, name }: Open, { seal }: Desk): Person => ({
  ref: randomUUID(),
  idNumber: seal.open(idNumber, personNumber(ask.personId)),
  name,
  caseId: ask.caseId,
  letterId: ask.letterId,
  regionCode: ask.regionCode,
});

async function store(
  desk: Desk,
  asking: Asking,
  kept: readonly Kept[],
  at: Date,
  session: Session,
  deferral: Deferral | undefined,
): Promise<void> {
  const answers = loggedRead(keep, keepValues(kept, asking, at), asking, session);
  await desk.send(session.viewer.regions, deferral ? [answers, deferred(asking, at, deferral)] : [answers]);
}
