import { randomUUID } from 'node:crypto';
import type { QueryConfig } from 'pg';
import type { Session } from '../access/session';
import { HubError } from '../errors';
import { answerOf, rowOf } from './answer';
import { collectDeferred } from './collect';
import type { Connector, Deferral } from './connector';
import type { Answer, Question } from './contract';
import { sourceAt, type Desk } from './desk';
import { dated, duesOf, latestOf, type Due } from './due';
import { factsOf } from './fact';
import { gateOf } from './gate';
import { look, notAllowed, type Looked, type Open } from './look';
import type { Stored } from './keeps';
import { consultBeside } from './register/held';
import type { Person, Source } from './source';
import { DEFER } from './statements/deferred';
import { keptOf, type Asking, type Kept } from './statements/keep';

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

/**
 * The one call: opens the numbers, asks, stores what came, all of it or none. An answer's id is the ref it is asked under.
 * Who lost the letter before the call left is not asked about, and nothing is stored; who lost it while the call was out
 * gets no answer, and what is stored says that it was asked.
 */
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
  const gate = gateOf(desk, name, session);
  const back = desk.keeps.out(session);
  const { findings, deferral, ticket } = await consultBeside(desk, source, people, { purpose, fields }, gate).finally(
    back,
  );
  const answered = people.flatMap(({ ref }, index) => {
    const finding = findings.get(ref);
    return finding ? [keptOf(open[index]!.ask, finding, ref, record, desk.seal)] : [];
  });
  const { kept, at } =
    answered.length > 0
      ? await store(desk, connector, asking, answered, session, deferral)
      : { kept: [], at: desk.now() };
  kept.forEach(({ id }) => session.evidence?.add(`answer:${id}`));
  if (ticket) source.settled(ticket);
  const asked = kept.map((row) => answerOf(rowOf(row, asking, at), row.ask, question, connector, desk.seal, at));
  const keptBack = open.filter((_, index) => !findings.has(people[index]!.ref));
  return [...asked, ...keptBack.map(({ ask }) => notAllowed(ask, question, at))];
}

const personOf = ({ ask, idNumber, name }: Open, { numbers }: Desk): Person => ({
  ref: randomUUID(),
  idNumber: numbers(ask.personId, idNumber),
  name,
  caseId: ask.caseId,
  letterId: ask.letterId,
  regionCode: ask.regionCode,
});

/** What was kept of the answers. One round trip; one more where the agency defers. */
async function store(
  desk: Desk,
  connector: Connector,
  asking: Asking,
  answered: readonly Kept[],
  session: Session,
  deferral: Deferral | undefined,
): Promise<Stored> {
  const dues = deferral && (await duesOf(desk, connector, answered, session.viewer.regions, asking.askedAt, deferral));
  const kept = dues ? answered.map((row) => dated(row, dues)) : answered;
  const also = dues ? [deferred(connector, asking, desk.now(), deferral, latestOf(dues))] : [];
  return desk.keeps.keep(session, { asking, kept, also });
}

function deferred(
  { answerWithin }: Connector,
  { queryId, source, askedAt }: Asking,
  at: Date,
  { ticket, pollAfter }: Deferral,
  due: Due,
): QueryConfig {
  const nextPollAt = new Date(at.getTime() + pollAfter);
  const { workingDays } = answerWithin;
  const values = [queryId, source, ticket, askedAt, due.at, nextPollAt, due.provisional, workingDays, pollAfter / 1000];
  return { text: DEFER, values };
}
