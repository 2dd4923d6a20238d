import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../log';
import type { Agency, Connector, Deferral, Inquiry, Outcome, Patience, Subject } from './connector';
import { withControl } from './control';
import { makeCaller, type Caller, type Proof } from './patience';
import { SOURCE_FAULT, SourceTrouble } from './trouble';
import { LETTER_ENDED, verify, type Finding } from './verify';

/** A person of a page, with the region whose coverage counts. */
export type Person = Subject & { readonly regionCode: string };

/** Who was let through, and the call that took them along; none where nobody was. */
export interface Passed<Result> {
  readonly allowed: readonly Person[];
  readonly call?: Promise<Result>;
}

/** Lets a call start with those whose letter is in force in the instant it leaves. */
export type Gate = <Result>(
  people: readonly Person[],
  start: (allowed: readonly Person[]) => Promise<Result>,
) => Promise<Passed<Result>>;

/** Figures of the exchange. Nothing of a person passes here. */
export interface Gauges {
  /** One call; `outcome` is ANSWERED, DEFERRED, NOBODY_ASKED or the reason why not. */
  onCall?(call: {
    readonly source: string;
    readonly people: number;
    readonly ms: number;
    readonly outcome: string;
  }): void;
  onQuarantine?(source: string, answers: number): void;
}

export interface SourceTools extends Gauges {
  readonly settings: (connector: Connector) => Promise<Readonly<Record<string, string>>>;
  readonly now: () => Date;
  readonly random: () => number;
  readonly log: Logger;
  readonly patience?: Partial<Patience>;
}

/**
 * Findings by ref; none for whom the gate kept back. With a deferral all of them are PENDING, due when the calendar says; with
 * a ticket they come from something to clear away.
 */
export interface Consulted {
  readonly findings: Map<string, Finding>;
  readonly deferral?: Deferral;
  readonly ticket?: string;
}

/** What came of a call, and about whom it was made. */
export interface Called {
  readonly outcome: Outcome | SourceTrouble;
  readonly allowed: readonly Person[];
}

type Asked = Omit<Inquiry, 'signal'>;

/** Where the gate lets nobody through, no call leaves. */
const NOBODY: Outcome = { answers: [] };

function nameOf(outcome: Outcome | SourceTrouble): string {
  if (outcome instanceof SourceTrouble) return outcome.reason;
  if (outcome === NOBODY) return 'NOBODY_ASKED';
  return 'answers' in outcome ? 'ANSWERED' : 'DEFERRED';
}

/** One agency behind its patience. What it does not answer is a finding, never an exception. */
export class Source {
  private readonly patience: Patience;
  private readonly call: Caller['call'];
  private agency: Agency | undefined;
  private readonly clearing = new Set<Promise<void>>();
  /** Findings of an outcome that the breaker has already looked at. */
  private readonly verified = new WeakMap<object, Map<string, Finding>>();

  constructor(
    readonly connector: Connector,
    private readonly tools: SourceTools,
  ) {
    this.patience = { ...connector.patience, ...tools.patience };
    const { call } = makeCaller(this.patience, tools.random, (err) =>
      tools.log.error({ err, source: connector.name }, 'connector failed'),
    );
    this.call = call;
  }

  /**
   * One call for those of the page whom the gate lets through. An agency that defers for a moment only is waited for; who loses
   * the letter in that moment has been asked about, and its answer, should it come, is to be known as that of this question.
   */
  async consult(people: readonly Person[], asked: Asked, gate: Gate): Promise<Consulted> {
    const { outcome, allowed } = await this.measured(people, asked, gate, (agency, those, signal) =>
      agency.ask(those, { ...asked, signal }),
    );
    if (outcome instanceof SourceTrouble || !('deferred' in outcome)) return this.settle(outcome, allowed, asked);
    if (outcome.deferred.pollAfter > this.patience.waitAtMost) return this.settle(outcome, allowed, asked);
    await pause(outcome.deferred.pollAfter);
    const collected = await this.collect(outcome.deferred.ticket, allowed, asked, gate);
    if (collected.outcome instanceof SourceTrouble) return this.settle(outcome, allowed, asked);
    const settled = this.settle(collected.outcome, collected.allowed, asked);
    const ended = new Map<string, Finding>(allowed.map(({ ref }) => [ref, LETTER_ENDED]));
    return { ...settled, findings: new Map([...ended, ...settled.findings]) };
  }

  /** Looks whether a deferred batch is ready, for those whom the gate lets through. */
  collect(ticket: string, people: readonly Person[], asked: Asked, gate: Gate): Promise<Called> {
    return this.measured(people, asked, gate, (agency, those, signal) =>
      agency.collect!(ticket, those, { ...asked, signal }),
    );
  }

  /** What an outcome, verified, says about each person. */
  settle(outcome: Outcome | SourceTrouble, people: readonly Person[], asked: Asked): Consulted {
    const findings = this.findingsOf(outcome, people, asked);
    const quarantined = [...findings.values()].filter(({ reason }) => reason === SOURCE_FAULT).length;
    if (quarantined > 0) {
      const { name } = this.connector;
      this.tools.log.warn({ source: name, quarantined, people: people.length }, 'answers quarantined as source faults');
      this.tools.onQuarantine?.(name, quarantined);
    }
    if (outcome instanceof SourceTrouble) return { findings };
    return 'deferred' in outcome ? { findings, deferral: outcome.deferred } : { findings, ticket: outcome.ticket };
  }

  /** The answers of a ticket are stored. Nobody waits for the clearing; what of it fails, the agency's own sweep finds. */
  settled(ticket: string): void {
    const cleared = this.agency?.settled?.(ticket, AbortSignal.timeout(this.patience.timeout)).catch((err: Error) => {
      this.tools.log.info({ source: this.connector.name, reason: err.message }, 'answered parcel not cleared away');
    });
    if (!cleared) return;
    this.clearing.add(cleared);
    void cleared.finally(() => this.clearing.delete(cleared));
  }

  async close(): Promise<void> {
    await Promise.all(this.clearing);
    await this.agency?.close?.();
  }

  private findingsOf(outcome: Outcome | SourceTrouble, people: readonly Person[], asked: Asked): Map<string, Finding> {
    const all = (finding: Finding) => new Map(people.map(({ ref }) => [ref, finding]));
    if (outcome instanceof SourceTrouble) {
      const { kind, reason, retryAfter } = outcome;
      return all({ status: kind === 'REFUSED' ? 'REFUSED' : 'UNAVAILABLE', reason, retryAt: this.later(retryAfter) });
    }
    if ('deferred' in outcome) return all({ status: 'PENDING' });
    const { record, maxAge } = this.connector;
    const expected = { record, maxAge, fields: asked.fields, now: this.tools.now(), retryAt: this.later() };
    const findings = this.verified.get(outcome) ?? verify(people, outcome.answers, expected);
    this.verified.set(outcome, findings);
    return findings;
  }

  /** An answer of which nothing can be believed is as good as none: who gives it is left alone like one that is silent. */
  private proofOf(outcome: Outcome, people: readonly Person[], asked: Asked): Proof {
    if (outcome === NOBODY) return 'NOT_ASKED';
    if ('deferred' in outcome) return 'RECEIPT';
    const findings = [...this.findingsOf(outcome, people, asked).values()];
    return findings.every(({ reason }) => reason === SOURCE_FAULT) ? 'UNBELIEVABLE' : 'ANSWERED';
  }

  private async measured(
    people: readonly Person[],
    asked: Asked,
    gate: Gate,
    work: (agency: Agency, allowed: readonly Person[], signal: AbortSignal) => Promise<Outcome>,
  ): Promise<Called> {
    const opened = this.opened();
    await opened.catch(() => undefined); // its own fault is the call's; the time it takes is not the agency's
    const started = performance.now();
    let allowed = people;
    const attempt = async (signal: AbortSignal): Promise<Outcome> => {
      const agency = await opened;
      await agency.ready?.(signal);
      const passed = await gate(people, (those) => work(agency, those, signal));
      allowed = passed.allowed;
      return passed.call ?? NOBODY;
    };
    const proofOf = (outcome: Outcome) => this.proofOf(outcome, allowed, asked);
    const outcome = await this.call(attempt, proofOf).catch((error: SourceTrouble) => error);
    const ms = performance.now() - started;
    this.tools.onCall?.({ source: this.connector.name, people: allowed.length, ms, outcome: nameOf(outcome) });
    return { outcome, allowed };
  }

  private async opened(): Promise<Agency> {
    if (this.agency) return this.agency;
    const settings = await this.tools.settings(this.connector);
    const agency = (this.agency ??= this.open(settings));
    await agency.load?.();
    return agency;
  }

  private open({ control, ...settings }: Readonly<Record<string, string>>): Agency {
    const agency = this.connector.open(settings, this.tools.now);
    return control ? withControl(agency, control) : agency;
  }

  private later(wait = this.patience.askAgainIn): Date {
    return new Date(this.tools.now().getTime() + wait);
  }
}
