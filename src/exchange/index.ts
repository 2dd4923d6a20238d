import type { Seal } from '../access/seal';
import type { Session } from '../access/session';
import { connectorSetting } from '../config';
import type { Logger } from '../log';
import { askSource } from './ask';
import { collectDeferred, type Collected } from './collect';
import type { Connector, Patience } from './connector';
import type { Answer, Question } from './contract';
import { controlVariable } from './control';
import type { Desk } from './desk';
import { doorsOf } from './doors';
import { Source, type Gauges } from './source';
import { DUE } from './statements/deferred';
import { looksOf } from './looks';
import { numbersOf } from './numbers';
import { keepsOf } from './keeps';
import { SourceTrouble } from './trouble';
import type { Scoped, Send } from './transaction';

export interface DueQuery {
  readonly queryId: string;
  readonly source: string;
  readonly nextPollAt: Date;
  readonly dueAt: Date;
}

/** Questions to agencies. An agency's silence or fault is an answer's status, never an exception. */
export interface Exchange {
  readonly connectors: readonly Connector[];
  /**
   * One answer for every person asked about: stored and still usable, or fetched with at most one call a page. All are
   * logged as looked at by the session. A person asked about under two households has both answers stored, one returned.
   */
  ask(question: Question, session: Session): Promise<Map<string, Answer>>;
  /** See {@link collectDeferred}. */
  collect(queryId: string, session: Session): Promise<Collected>;
  /** Deferred queries to look after now, longest waiting first. */
  dueDeferred(now: Date): Promise<DueQuery[]>;
  close(): Promise<void>;
}

export type GivenSettings = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface ExchangeOptions extends Gauges {
  readonly connectors: readonly Connector[];
  /** Settings by source name; those not given are read from the environment. A question waits for them. */
  readonly settings?: GivenSettings | PromiseLike<GivenSettings>;
  readonly scoped: Scoped;
  readonly send: Send;
  readonly seal: Seal;
  readonly now: () => Date;
  readonly log: Logger;
  /** 0 ≤ x < 1, for jitter. */
  readonly random?: () => number;
  /** Overrides every connector's own. */
  readonly patience?: Partial<Patience>;
}

const DUE_AT_ONCE = 100;

export function makeExchange(options: ExchangeOptions): Exchange {
  const { connectors, scoped, send, seal, now } = options;
  const tools = {
    ...options,
    random: options.random ?? Math.random,
    settings: async (of: Connector) => settingsOf(of, (await options.settings)?.[of.name]),
  };
  const sources = new Map(connectors.map((connector) => [connector.name, new Source(connector, tools)]));
  const shared = {
    looks: looksOf(send, now),
    keeps: keepsOf(send, now),
    doors: doorsOf(scoped, now),
    numbers: numbersOf(seal),
    underWay: new Map<string, Promise<Answer[]>>(),
  };
  const desk: Desk = { sources, scoped, send, seal, now, ...shared };
  return {
    connectors,
    ask: (question, session) => askSource(desk, question, session),
    collect: (queryId, session) => collectDeferred(desk, queryId, session),
    dueDeferred: (at) => scoped([], async (client) => (await client.query<DueQuery>(DUE, [at, DUE_AT_ONCE])).rows),
    close: async () => void (await Promise.all([...sources.values()].map((source) => source.close()))),
  };
}

/** A source without its settings is silent, not broken: the hub runs without agencies it is not connected to. */
function settingsOf({ name, settings }: Connector, given?: Readonly<Record<string, string>>): Record<string, string> {
  const control = given?.control ?? connectorSetting(controlVariable(name));
  const own = Object.fromEntries(
    Object.entries(settings).map(([setting, variable]) => {
      const value = given?.[setting] ?? connectorSetting(variable);
      if (!value) throw new SourceTrouble('SILENT', 'NOT_CONFIGURED');
      return [setting, value];
    }),
  );
  return control ? { ...own, control } : own;
}
