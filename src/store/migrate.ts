import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { runMigrations } from 'graphile-worker';
import { Client } from 'pg';
import type { MigrationObject } from '@mikro-orm/core';
import { ensureRoles } from './roles';

export interface MigrationPlan {
  /** Owner of the database; also makes the hub's logins. */
  readonly ownerUrl: string;
  readonly roleKey: Buffer;
  readonly migrations: MigrationObject[];
  readonly say?: (line: string) => void;
}

/** Logins, queue tables, pending migrations: brings a database, new or old, to today's shape. Returns the names applied. */
export async function migrate({ ownerUrl, roleKey, migrations, say = () => {} }: MigrationPlan): Promise<string[]> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await ensureRoles(owner, roleKey);
  } finally {
    await owner.end();
  }
  await runMigrations({ connectionString: ownerUrl });
  return withMigrator(ownerUrl, migrations, async (orm) => {
    const applied = await orm.getMigrator().up();
    for (const { name } of applied) say(`migration ${name}`);
    return applied.map(({ name }) => name);
  });
}

/** Names of migrations not yet applied; readiness is true only when there are none. */
export function pendingMigrations(ownerUrl: string, migrations: MigrationObject[]): Promise<string[]> {
  return withMigrator(ownerUrl, migrations, async (orm) => {
    const pending = await orm.getMigrator().getPendingMigrations();
    return pending.map(({ name }) => name);
  });
}

async function withMigrator<T>(
  clientUrl: string,
  migrationsList: MigrationObject[],
  work: (orm: MikroORM) => Promise<T>,
) {
  const orm = await MikroORM.init({
    clientUrl,
    entities: [],
    extensions: [Migrator],
    discovery: { warnWhenNoEntities: false },
    migrations: {
      migrationsList,
      tableName: 'migration',
      transactional: true,
      allOrNothing: true,
      snapshot: false,
      silent: true,
    },
    pool: { min: 0, max: 2 },
  });
  try {
    return await work(orm);
  } finally {
    await orm.close(true);
  }
}
