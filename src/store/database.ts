import {
  DatabaseError,
  Pool,
  types,
  type CustomTypesConfig,
  type PoolClient,
  type PoolConfig,
  type QueryConfig,
  type QueryResult,
  type QueryResultRow,
} from 'pg';
import { Batch, type Statement } from './batch';
import { asRefusal } from './refusals';
import { rolePassword, type LoginRole } from './roles';

type Parse = (text: string) => unknown;

/* The driver's own table of parsers; its typing names only scalar types. */
const driverParser = types.getTypeParser as (oid: number, format?: string) => Parse;
const textArray = driverParser(1009) as (text: string) => (string | null)[];

/** Dates stay 'YYYY-MM-DD'; bigints (fen, cm²) become numbers, loudly refused beyond 2^53. By type OID. */
const PARSERS = new Map<number, Parse>([
  [types.builtins.DATE, (text) => text],
  [types.builtins.INT8, safeInteger],
  [1182, textArray],
  [1016, (text) => textArray(text).map((item) => (item === null ? null : safeInteger(item)))],
]);

const HUB_TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) => PARSERS.get(oid) ?? driverParser(oid, format),
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint beyond 2^53 reached a reader');
  return value;
}

/** One pool per login role. Nothing else in the hub opens connections to its database, listeners and workers aside. */
export interface Database {
  readonly app: Pool;
  readonly engine: Pool;
  readonly publicReader: Pool;
  /** Connection string of a role, for a listener of its own. */
  url(role: LoginRole): string;
  close(): Promise<void>;
}

/** A database that takes no connection, and a pool that is never free again, are told of rather than waited for. */
const CONNECT_MS = 20_000;

export function openDatabase(ownerUrl: string, roleKey: Buffer, pool: PoolConfig = {}): Database {
  const url = (role: LoginRole): string => {
    const address = new URL(ownerUrl);
    address.username = role;
    address.password = rolePassword(roleKey, role);
    return address.toString();
  };
  const open = (role: LoginRole, max: number) => {
    const settings = {
      ...{ connectionString: url(role), max, application_name: role, types: HUB_TYPES },
      connectionTimeoutMillis: CONNECT_MS,
    };
    const made = new Pool({ ...settings, ...pool });
    made.on('error', () => undefined); // an idle connection that dies is replaced at the next use
    made.on('connect', (client) => void client.on('error', () => undefined)); // one in use has failed its statement, which says so
    return made;
  };
  const [app, engine, publicReader] = [open('anju_app', 16), open('anju_engine', 4), open('anju_public_reader', 8)];
  return {
    app,
    engine,
    publicReader,
    url,
    close: async () => void (await Promise.all([app.end(), engine.end(), publicReader.end()])),
  };
}

/**
 * One transaction that sees the given regions and nothing else. The only way to the app role's connections:
 * BEGIN, the scope and what is asked `first` travel in one message, the scope is LOCAL, and COMMIT or ROLLBACK always
 * follows (security.md §1, 1–2).
 */
export async function inScope<T>(
  pool: Pool,
  regions: readonly string[],
  work: (client: PoolClient, answers: readonly QueryResult[]) => Promise<T>,
  first: readonly QueryConfig[] = [],
): Promise<T> {
  const client = await connected(pool);
  let broken: Error | undefined;
  try {
    const opening = new Batch([BEGIN, scopeOf(regions), ...first], HUB_TYPES);
    client.query(opening);
    const [, , ...answers] = await opening.results;
    const result = await work(client, answers);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw asRefusal(error);
  } finally {
    client.release(broken);
  }
}

/**
 * Statements that do not depend on each other's rows, in one transaction that sees the given regions and nothing else.
 * One round trip; results are handed out only once they are committed; the first statement that fails undoes all. Done
 * `quickly` the commit does not wait for the disk, and {@link reachDisk} is the caller's to see to.
 */
export async function sendInScope(
  pool: Pool,
  regions: readonly string[],
  queries: readonly QueryConfig[],
  how?: 'quickly',
): Promise<QueryResult[]> {
  const client = await connected(pool);
  const batch = new Batch([scopeOf(regions, how && QUICKLY), ...queries], HUB_TYPES);
  client.query(batch);
  try {
    const [, ...answers] = await batch.results;
    client.release();
    return answers;
  } catch (error) {
    client.release(!(error instanceof DatabaseError));
    throw asRefusal(error);
  }
}

const connected = (pool: Pool): Promise<PoolClient> =>
  pool.connect().catch((error: unknown) => Promise.reject(asRefusal(error)));

const BEGIN: Statement = { name: 'begin', text: 'begin', silent: true };
/** No row comes of it, nor a column: it is sent before every statement of the hub. */
const SCOPE: Statement = {
  ...{ name: 'scope', text: `select where set_config('app.regions', $1, true) is null` },
  silent: true,
};
const QUICKLY: Statement = {
  ...{ name: 'scope-quickly', text: `${SCOPE.text} or set_config('synchronous_commit', 'off', true) is null` },
  silent: true,
};
const scopeOf = (regions: readonly string[], statement = SCOPE): Statement => ({
  ...statement,
  values: [scopeLiteral(regions)],
});

/** Waits until everything that was committed before lies on the disk, and changes nothing. */
export async function reachDisk(pool: Pool): Promise<void> {
  await sendInScope(pool, [], [{ name: 'to-disk', text: `select pg_logical_emit_message(true, 'anju', '')` }]);
}

/** The rows of a single statement in the given row scope. */
export async function queryInScope<Row extends QueryResultRow>(
  pool: Pool,
  regions: readonly string[],
  query: QueryConfig,
  how?: 'quickly',
): Promise<Row[]> {
  const [answer] = await sendInScope(pool, regions, [query], how);
  return answer!.rows;
}

const literals = new WeakMap<readonly string[], string>();

/**
 * A row scope as `app.regions` holds it. Region codes only: it is pasted into a statement. A viewer's regions are the same
 * array in all transactions of a request, and hundreds of codes in an autonomous region: it is made once.
 */
export function scopeLiteral(regions: readonly string[]): string {
  const known = literals.get(regions);
  if (known !== undefined) return known;
  if (!regions.every((code) => /^\d{2,12}$/.test(code)))
    throw new Error('a row scope holds something that is no region code');
  const literal = regions.join(',');
  literals.set(regions, literal);
  return literal;
}
