/*
 * 条款: the link from the law to the code. What carries a clause of the two source documents out says so with `clause()`; what
 * only leans on one says `cites()`. The ledger (`npm run clauses`) finds the words in the code, and a clause counts as
 * proven only where a test that names it passed while this code ran: in a test run, and only there, it tells that it did.
 */

/** What a clause is carried out by. */
export type Carrier = 'RULE' | 'GUARD' | 'FEED' | 'DATA' | 'MEASURE' | 'DEADLINE' | 'CONNECTOR' | 'ROLE';

/** What a piece of code did: it ran; a guard let somebody through, or refused. */
export type Deed = 'RAN' | 'LET' | 'REFUSED';

/** Clauses that this code carries out, by their ids: clause('IM-6(1)'). */
export const clause = (...ids: string[]): string[] => ids.map(checked);

/** Clauses that this code leans on, without carrying them out whole: cites('IM-3.C6'). */
export const cites = (...ids: string[]): string[] => ids.map(checked);

function checked(id: string): string {
  if (!/^(IM|GX)-\d/.test(id)) throw new Error(`'${id}' is no clause id`);
  return id;
}

type Listener = (ids: readonly string[], carrier: Carrier, deed: Deed) => void;

/** Where a test run listens: its tests and this file may be loaded more than once. */
const LISTENER = Symbol.for('anju.clauses');

export function tell(ids: readonly string[], carrier: Carrier, deed: Deed = 'RAN'): void {
  (globalThis as { [LISTENER]?: Listener })[LISTENER]?.(ids, carrier, deed);
}

/** A guard of these clauses: call it with what it decided. A refusal is told before it is thrown. */
export function guardOf(ids: readonly string[]): { let(): void; refuse<T>(error: T): T } {
  return {
    let: () => tell(ids, 'GUARD', 'LET'),
    refuse(error) {
      tell(ids, 'GUARD', 'REFUSED');
      return error;
    },
  };
}

/** What carries these clauses out, other than a rule or a guard: call it where it is done. */
export const carriedOutBy = (carrier: Exclude<Carrier, 'RULE' | 'GUARD'>, ids: readonly string[]) => (): void =>
  tell(ids, carrier);
