import { Pool, types, type CustomTypesConfig, type PoolClient, type PoolConfig } from 'pg';
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

export function openDatabase(ownerUrl: string, roleKey: Buffer, pool: PoolConfig = {}): Database {
  const url = (role: LoginRole): string => {
    const address = new URL(ownerUrl);
    address.username = role;
    address.password = rolePassword(roleKey, role);
    return address.toString();
  };
  const open = (role: LoginRole, max: number) => {
    const made = new Pool({ connectionString: url(role), max, application_name: role, types: HUB_TYPES, ...pool });
    made.on('error', () => undefined); // an idle connection that dies is replaced at the next use
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
 * BEGIN and the scope travel in one message, the scope is LOCAL, and COMMIT or ROLLBACK always follows (security.md §1, 1–2).
 */
export async function inScope<T>(
  pool: Pool,
  regions: readonly string[],
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`begin; select set_config('app.regions', '${scopeLiteral(regions)}', true)`);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A row scope as `app.regions` holds it. Region codes only: it is pasted into a statement. */
export function scopeLiteral(regions: readonly string[]): string {
  if (!regions.every((code) => /^\d{2,12}$/.test(code)))
    throw new Error('a row scope holds something that is no region code');
  return regions.join(',');
}
