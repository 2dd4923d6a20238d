import { reach } from '../access/allowance';
import type { Session } from '../access/session';
import { spend } from '../audit/budget';
import { loggedLooks } from '../audit/reads';
import { byMoment } from './by-moment';
import type { Question } from './contract';
import { recall, recallValues, type Recalled } from './statements/recall';
import type { Send } from './transaction';

interface Waiting {
  readonly question: Question;
  readonly oldest: Date;
  readonly resolve: (rows: Recalled[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Looks at stored answers. Ordinals count the asks of the question from 1. */
export type Looks = (session: Session, question: Question, oldest: Date) => Promise<Recalled[]>;

/**
 * Asks up to which a plan made once serves. A plan kept from when answers were few reads all of them for each ask: a
 * cross-check's page is worth a plan for the table as it is now.
 */
const PREPARED_UP_TO = 16;

/**
 * What one session looks at in one moment is looked at, and logged, by one statement: a request that shows five agencies'
 * answers waits for one. Where that fails, nothing of it stands and each looks for itself.
 */
export function looksOf(send: Send, now: () => Date): Looks {
  const look = async (
    session: Session,
    waiting: readonly Omit<Waiting, 'resolve' | 'reject'>[],
  ): Promise<Recalled[]> => {
    const questions = waiting.map(({ question }) => question);
    const oldest = new Date(Math.min(...waiting.map((each) => each.oldest.getTime())));
    const query = loggedLooks(recall, recallValues(questions, now(), oldest), session);
    const few = questions.every(({ asks }) => asks.length <= PREPARED_UP_TO);
    const { viewer } = session;
    const people = questions.flatMap(({ asks }) => asks.map(({ personId }) => personId));
    reach(viewer, people);
    const counted = viewer.partner ? [spend(viewer.partner.allowance, people)] : []; // before the agency hears of them
    const onDisk = session.toDisk?.waiting();
    const answers = await send(viewer.regions, [...counted, few ? query : { ...query, name: undefined }]);
    const rows = answers.at(-1)!.rows as Recalled[];
    if (rows.some(({ id }) => id !== null)) onDisk?.(); // where nothing was seen nothing is logged, and no disk waited for
    return rows;
  };
  const leave = byMoment<Session, Waiting>((session, waiting) => {
    const apart = () => waiting.forEach((each) => void look(session, [each]).then(each.resolve, each.reject));
    if (waiting.length === 1) return apart();
    look(session, waiting).then((rows) => handOut(waiting, rows), apart);
  });
  return (session, question, oldest) => {
    if (question.asks.length > PREPARED_UP_TO) return look(session, [{ question, oldest }]);
    return new Promise((resolve, reject) => leave(session, { question, oldest, resolve, reject }));
  };
}

/** To each the rows of its own asks, counted from 1. */
function handOut(waiting: readonly Waiting[], rows: readonly Recalled[]): void {
  let from = 0;
  for (const { question, resolve } of waiting) {
    const [first, last] = [from + 1, (from += question.asks.length)];
    const own = rows.filter(({ ordinal }) => ordinal >= first && ordinal <= last);
    resolve(own.map((row) => ({ ...row, ordinal: row.ordinal - first + 1 })));
  }
}
