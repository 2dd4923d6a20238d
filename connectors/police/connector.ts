import { randomUUID } from 'node:crypto';
import { defineConnector, type Agency, type Inquiry, type Outcome, type Subject } from '../../src/exchange/connector';
import { openMailbox } from '../../src/exchange/parcel/mailbox';
import { discardOlder, discardParcel, fetchParcel, sendParcel } from '../../src/exchange/parcel/parcel';
import { longest } from '../../src/exchange/due';
import { days, minutes, seconds, workingDays } from '../../src/exchange/time';
import { SourceTrouble } from '../../src/exchange/trouble';
import { HouseholdRegisterRecord } from './record';
import { registerForm } from './register';
import { answersIn, itemsFor, REQUEST_COLUMNS } from './wire';

const ANSWER_WITHIN = workingDays(10);
/** Longer than anybody waits for an answer that is overdue. */
const KEPT_AT_MOST = 2 * longest(ANSWER_WITHIN);
const FOLDERS = ['requests', 'answers'] as const;
/** First look after a request; later ones wait as long as a tenth of its age. */
const FIRST_LOOK = 200;
const LOOK_AT_LEAST = seconds(1);
const LOOK_AT_MOST = minutes(15);

/** 公安户籍: no API; parcels of CSV over SFTP or a shared folder, answered when the police get to it. */
export const police = defineConnector({
  name: 'police',
  agency: '公安机关户籍',
  graphqlField: 'householdRegister',
  settings: { url: 'POLICE_URL' },
  record: HouseholdRegisterRecord,
  maxAge: days(30),
  answerWithin: ANSWER_WITHIN,
  deferred: true,
  register: registerForm,
  sandbox: async () => (await import('./sandbox.js')).policeSandbox,
  open({ url }, clock): Agency {
    const mailbox = openMailbox(url);
    let swept = false;
    /** What a crash left behind between an answer and its clearing away: once for a process. */
    const sweep = async (signal: AbortSignal) => {
      if (swept) return;
      const before = new Date(clock().getTime() - KEPT_AT_MOST);
      for (const folder of FOLDERS) await discardOlder(mailbox, folder, before, signal);
      swept = true;
    };
    const answered = async (ticket: string, { fields, signal }: Inquiry, pollAfter: number): Promise<Outcome> => {
      const parcel = await fetchParcel(mailbox, 'answers', ticket, signal).catch(broken);
      if (parcel === 'BROKEN') return { answers: [], ticket };
      if (parcel) return { answers: answersIn(parcel.manifest, parcel.rows, fields), ticket };
      return { deferred: { ticket, pollAfter } };
    };
    return {
      async ask(people, inquiry) {
        const { purpose, fields, signal } = inquiry;
        const id = ticketAt(clock());
        const createdAt = clock().toISOString();
        const cover = { id, kind: 'REQUEST', createdAt, purpose, items: itemsFor(fields), charset: 'UTF-8' } as const;
        const table = { columns: REQUEST_COLUMNS, rows: people.map(cellsOf) };
        await sendParcel(mailbox, 'requests', cover, table, signal);
        return answered(id, inquiry, FIRST_LOOK);
      },
      collect(ticket, _people, inquiry) {
        const age = clock().getTime() - sentAt(ticket);
        return answered(ticket, inquiry, Math.min(Math.max(age / 10, LOOK_AT_LEAST), LOOK_AT_MOST));
      },
      async settled(ticket, signal) {
        for (const folder of FOLDERS) await discardParcel(mailbox, folder, ticket, signal);
        await sweep(signal);
      },
      close: () => mailbox.close(),
    };
  },
});

/** A parcel that is not what its manifest says will not become so: nobody in it is answered. */
function broken(error: unknown): 'BROKEN' {
  if (error instanceof SourceTrouble && error.kind === 'FAULT' && error.reason === 'SOURCE_FAULT') return 'BROKEN';
  throw error;
}

const cellsOf = ({ ref, idNumber, name, caseId, letterId }: Subject) => [ref, idNumber, name, caseId, letterId];

/** Tickets tell when they were made: 'R1763776800000-<uuid>'. */
const ticketAt = (now: Date): string => `R${now.getTime()}-${randomUUID()}`;
const sentAt = (ticket: string): number => Number(/^R(\d+)-/.exec(ticket)?.[1] ?? 0);
