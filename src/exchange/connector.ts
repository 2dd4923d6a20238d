import type { Coverage } from './contract';
import type { RecordClass } from './fact';
import type { RegisterForm } from './register/form';
import type { SandboxAgency } from './sandbox/agency';
import { minutes, seconds, type WorkingDays } from './time';

/** One person as an agency is asked about them. The number is opened for this call only. */
export interface Subject {
  /** Opaque to the agency; an answer is matched by it, then checked against the number. */
  readonly ref: string;
  readonly idNumber: string;
  readonly name: string;
  readonly caseId: string;
  readonly letterId: string;
}

/** What is asked about a page of people. */
export interface Inquiry {
  readonly purpose: string;
  /** Facts of the record; the agency is asked for nothing beyond them. */
  readonly fields: readonly string[];
  readonly signal: AbortSignal;
}

/** What an agency said about one person, before it is verified. */
export interface RawAnswer {
  readonly ref: string;
  /** The number the agency says the answer is about. */
  readonly idNumber: unknown;
  /** AMBIGUOUS: the number is known under another name. */
  readonly status: 'FOUND' | 'NOT_FOUND' | 'AMBIGUOUS';
  /** The facts asked for; null unless FOUND. */
  readonly value: unknown;
  readonly sourceRecordId: string | null;
  /** The instant whose state of the register the answer shows. */
  readonly asOf: Date;
  readonly coverage: Coverage;
}

/** An agency that will answer later. */
export interface Deferral {
  readonly ticket: string;
  /** When the agency itself promises the answer, where it does. */
  readonly dueAt?: Date;
  /** When to look next, ms from now. */
  readonly pollAfter: number;
}

/** `ticket` names what may be cleared away once the answers are stored, see {@link Agency.settled}. */
export type Outcome =
  | { readonly answers: readonly RawAnswer[]; readonly ticket?: string }
  | { readonly deferred: Deferral };

/** A live connection to an agency. Throws SourceTrouble where it has no answer. */
export interface Agency {
  /** What must be there before anybody is asked about, a token say: no data of a person travels here. */
  ready?(signal: AbortSignal): Promise<void>;
  /** Always a page of people, never one by one. */
  ask(people: readonly Subject[], inquiry: Inquiry): Promise<Outcome>;
  /** Fetches what was deferred; `people` are those of the ticket. */
  collect?(ticket: string, people: readonly Subject[], inquiry: Inquiry): Promise<Outcome>;
  /** What was deferred is stored, or given up: whatever of it still lies at the agency or on the way may go. */
  settled?(ticket: string, signal: AbortSignal): Promise<void>;
  /** Loads what it asks with, before the first question: this is not the agency's time. */
  load?(): Promise<void>;
  close?(): Promise<void>;
}

/** How far an agency is borne with. Times in ms. */
export interface Patience {
  /** Of one attempt. */
  readonly timeout: number;
  /** Of a whole call: waiting its turn, all attempts and the pauses between them. */
  readonly budget: number;
  /** Failures in a row after which the agency is left alone for `restFor`. */
  readonly tripAfter: number;
  readonly restFor: number;
  /** Calls at once; further ones wait, `queue` of them at most. */
  readonly atOnce: number;
  readonly queue: number;
  readonly retries: number;
  /** A Retry-After up to this long is waited for within the call. */
  readonly waitAtMost: number;
  /** After a failure without a Retry-After of its own. */
  readonly askAgainIn: number;
}

export const USUAL_PATIENCE: Patience = {
  timeout: seconds(5),
  budget: seconds(10),
  tripAfter: 5,
  restFor: minutes(1),
  atOnce: 4,
  queue: 200,
  retries: 2,
  waitAtMost: 400,
  askAgainIn: seconds(5),
};

interface Declaration<Setting extends string> {
  /** Source name, as in answers, letters and purposes: kebab-case. */
  readonly name: string;
  /** The agency's name, Chinese. */
  readonly agency: string;
  /** Field on Person, and the stem of the GraphQL type names. */
  readonly graphqlField: string;
  /** Setting → variable of the environment that holds it. */
  readonly settings: Readonly<Record<Setting, string>>;
  readonly record: RecordClass;
  /** How long an answer counts as fresh after its asOf, ms. */
  readonly maxAge: number;
  /** How long the agency may take for a deferred answer, where a region's parameter says nothing else (条例 art. 21). */
  readonly answerWithin: WorkingDays;
  /** Answers later by nature: whoever waits for a report does not wait until the question is handed over. */
  readonly deferred?: true;
  readonly patience?: Partial<Patience>;
  /** People in one call. */
  readonly page?: number;
  /** How an extract of its register reads, where the agency hands one over; see docs/decisions/0012. */
  readonly register?: RegisterForm;
  /** The agency as the sandbox plays it. Loaded when it is asked for only: a hub at work never loads it. */
  readonly sandbox?: () => Promise<SandboxAgency>;
  open(settings: Readonly<Record<Setting, string>>, clock: () => Date): Agency;
}

export type Connector = Omit<Declaration<string>, 'patience'> & {
  readonly patience: Patience;
  readonly page: number;
};

/** Declares an agency: one folder, one line in connectors/registry.ts. */
export function defineConnector<Setting extends string>(declaration: Declaration<Setting>): Connector {
  return { page: 500, ...declaration, patience: { ...USUAL_PATIENCE, ...declaration.patience } };
}
