import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { runMigrations } from 'graphile-worker';
import type { MigrationObject } from '@mikro-orm/core';

/** Queue tables, then every migration not yet applied, all or none. Returns their names. */
export async function applyMigrations(ownerUrl: string, migrationsList: MigrationObject[]): Promise<string[]> {
  await runMigrations({ connectionString: ownerUrl });
  const orm = await MikroORM.init({
    clientUrl: ownerUrl,
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
    const applied = await orm.getMigrator().up();
    return applied.map(({ name }) => name);
  } finally {
    await orm.close(true);
  }
}
