import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../log';
import type { Agency, Connector, Deferral, Inquiry, Outcome, Patience, Subject } from './connector';
import { makeCaller } from './patience';
import { SOURCE_FAULT, SourceTrouble } from './trouble';
import { verify, type Finding } from './verify';

/** A person of a page, with the region whose coverage counts. */
export type Person = Subject & { readonly regionCode: string };

/** Figures of the exchange. Nothing of a person passes here. */
export interface Gauges {
  /** One call; `outcome` is ANSWERED, DEFERRED or the reason why not. */
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

/** Findings by ref. With a deferral all of them are PENDING. */
export interface Consulted {
  readonly findings: Map<string, Finding>;
  readonly deferral?: Deferral;
}

type Asked = Omit<Inquiry, 'signal'>;

/** One agency behind its patience. What it does not answer is a finding, never an exception. */
export class Source {
  private readonly patience: Patience;
  private readonly call: <Result>(work: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;
  private agency: Agency | undefined;

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

  /** One call for the page. An agency that defers for a moment only is waited for. */
  async consult(people: readonly Person[], asked: Asked): Promise<Consulted> {
    const outcome = await this.measured(people.length, (agency, signal) => agency.ask(people, { ...asked, signal }));
    if (outcome instanceof SourceTrouble || !('deferred' in outcome)) return this.settle(outcome, people, asked);
    if (outcome.deferred.pollAfter > this.patience.waitAtMost) return this.settle(outcome, people, asked);
    await pause(outcome.deferred.pollAfter);
    const collected = await this.collect(outcome.deferred.ticket, people, asked);
    return this.settle(collected instanceof SourceTrouble ? outcome : collected, people, asked);
  }

  /** Looks whether a deferred batch is ready. */
  collect(ticket: string, people: readonly Person[], asked: Asked): Promise<Outcome | SourceTrouble> {
    return this.measured(people.length, (agency, signal) => agency.collect!(ticket, people, { ...asked, signal }));
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
    return { findings, ...('deferred' in outcome ? { deferral: outcome.deferred } : {}) };
  }

  async close(): Promise<void> {
    await this.agency?.close?.();
  }

  private findingsOf(outcome: Outcome | SourceTrouble, people: readonly Person[], asked: Asked): Map<string, Finding> {
    const all = (finding: Finding) => new Map(people.map(({ ref }) => [ref, finding]));
    if (outcome instanceof SourceTrouble) {
      const { kind, reason, retryAfter } = outcome;
      return all({ status: kind === 'REFUSED' ? 'REFUSED' : 'UNAVAILABLE', reason, retryAt: this.later(retryAfter) });
    }
    if ('deferred' in outcome) return all({ status: 'PENDING', dueAt: outcome.deferred.dueAt });
    const { record, maxAge } = this.connector;
    return verify(people, outcome.answers, {
      record,
      maxAge,
      fields: asked.fields,
      now: this.tools.now(),
      retryAt: this.later(),
    });
  }

  private async measured(
    people: number,
    work: (agency: Agency, signal: AbortSignal) => Promise<Outcome>,
  ): Promise<Outcome | SourceTrouble> {
    const opened = this.opened();
    await opened.catch(() => undefined); // its own fault is the call's; the time it takes is not the agency's
    const started = performance.now();
    const outcome = await this.call(async (signal) => work(await opened, signal)).catch(
      (error: SourceTrouble) => error,
    );
    const named = outcome instanceof SourceTrouble ? outcome.reason : 'answers' in outcome ? 'ANSWERED' : 'DEFERRED';
    this.tools.onCall?.({ source: this.connector.name, people, ms: performance.now() - started, outcome: named });
    return outcome;
  }

  private async opened(): Promise<Agency> {
    if (this.agency) return this.agency;
    const settings = await this.tools.settings(this.connector);
    const agency = (this.agency ??= this.connector.open(settings, this.tools.now));
    await agency.ready?.();
    return agency;
  }

  private later(wait = this.patience.askAgainIn): Date {
    return new Date(this.tools.now().getTime() + wait);
  }
}
