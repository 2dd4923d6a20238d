import type { Duplex } from 'node:stream';
import {
  Query,
  type Connection,
  type CustomTypesConfig,
  type QueryConfig,
  type QueryResult,
  type Submittable,
} from 'pg';

/** What the driver's typing leaves out of its connection and of its own query, both of which a submittable works with. */
interface Wire extends Connection {
  readonly stream: Duplex;
  /** Texts by name of statements that were sent and are not known to be parsed yet. */
  readonly submittedNamedStatements: Record<string, string>;
  sync(): void;
}

const NOTHING = { value: () => undefined };

interface Part {
  readonly name?: string;
  readonly text?: string;
  submit(wire: Wire): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
  handleReadyForQuery(wire: Wire): void;
}

/** A statement; `silent`: no rows come of it, and PostgreSQL is not asked to describe them. */
export type Statement = QueryConfig & { readonly silent?: true };

/**
 * Statements sent as one message up to a single Sync: PostgreSQL runs them as one transaction, commits it and answers all
 * of them at once. One system call there, one back; the first statement that fails undoes all (protocol-flow, pipelining).
 */
export class Batch implements Submittable {
  readonly results: Promise<QueryResult[]>;
  private readonly parts: Part[];
  private readonly answers: QueryResult[] = [];
  private at = 0;
  private resolve!: (results: QueryResult[]) => void;
  private reject!: (error: unknown) => void;
  private fault: unknown;

  constructor(
    private readonly queries: readonly Statement[],
    types: CustomTypesConfig,
  ) {
    this.results = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    const note = (error: Error | undefined, answer: unknown) => {
      if (error) this.fault ??= error;
      else this.answers.push(answer as QueryResult);
    };
    const extended = { types, queryMode: 'extended' }; // also without a name or values: a simple query brings a Sync of its own
    this.parts = queries.map((query) => new Query({ ...query, ...extended }, note) as unknown as Part);
  }

  /** The driver keeps account of prepared statements by the name and text of the query that is being answered. */
  get name(): string | undefined {
    return this.parts[this.at]?.name;
  }

  get text(): string | undefined {
    return this.parts[this.at]?.text;
  }

  submit(connection: Connection): void {
    const wire = connection as Wire;
    const unsynced = Object.create(wire, { sync: NOTHING }) as Wire;
    const silent = Object.create(unsynced, { describe: NOTHING }) as Wire;
    wire.stream.cork();
    this.parts.forEach((part, at) => {
      const refused = part.submit(this.queries[at]!.silent ? silent : unsynced); // or told to `note`
      if (refused) this.fault ??= refused;
    });
    if (this.fault) return void wire.stream.destroy(this.fault as Error); // nothing has left yet, and nothing may
    wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription(message: unknown): void {
    this.parts[this.at]?.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.parts[this.at]?.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, wire: Wire): void {
    this.parts[this.at++]?.handleCommandComplete(message, wire);
  }

  /** What stood behind the failed statement was never parsed. */
  handleError(error: unknown, wire: Wire): void {
    for (const { name } of this.parts.slice(this.at)) if (name) delete wire.submittedNamedStatements[name];
    this.reject(error);
  }

  handleReadyForQuery(wire: Wire): void {
    for (const part of this.parts) part.handleReadyForQuery(wire);
    if (this.fault) this.reject(this.fault);
    else this.resolve(this.answers);
  }
}
