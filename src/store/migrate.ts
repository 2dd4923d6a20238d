import type { Client } from 'pg';
import { asOwner } from './owner';
import { ensureRoles } from './roles';

export interface MigrationPlan {
  readonly ownerUrl: string;
  readonly roleKey: Buffer;
  /** Names of all migrations. */
  readonly names: readonly string[];
  /** Applies those that are pending and returns their names: called only where there is one. */
  readonly apply: (ownerUrl: string) => Promise<string[]>;
  readonly say?: (line: string) => void;
}

/**
 * Logins, queue tables, pending migrations: brings a database, new or old, to today's shape. Returns the names applied.
 * @param owner of the database; also makes the hub's logins.
 */
export async function migrate(owner: Client, plan: MigrationPlan): Promise<string[]> {
  const { ownerUrl, roleKey, names, apply, say = () => {} } = plan;
  await ensureRoles(owner, roleKey);
  const pending = await notApplied(owner, names);
  if (pending.length === 0) return [];
  const applied = await apply(ownerUrl);
  for (const name of applied) say(`migration ${name}`);
  return applied;
}

/** Names of migrations not yet applied; readiness is true only when there are none. */
export const pendingMigrations = (ownerUrl: string, names: readonly string[]): Promise<string[]> =>
  asOwner(ownerUrl, (owner) => notApplied(owner, names));

async function notApplied(owner: Client, names: readonly string[]): Promise<string[]> {
  const { rows } = await owner.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`);
  if (!rows[0]!.there) return [...names];
  const { rows: applied } = await owner.query<{ name: string }>('select name from migration');
  const known = new Set(applied.map(({ name }) => name));
  return names.filter((name) => !known.has(name));
}
