import { MikroORM, ReflectMetadataProvider, type EntityClass } from '@mikro-orm/postgresql';

/**
 * The object mapper for nouns, units of work and single objects; lists and sets are plain SQL.
 * @param appUrl connection of the app role: row-level security stands behind every statement.
 */
export function openOrm(appUrl: string, entities: readonly EntityClass<object>[]): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: appUrl,
    entities: [...entities],
    metadataProvider: ReflectMetadataProvider,
    discovery: { disableDynamicFileAccess: true },
    allowGlobalContext: false,
    forceUtcTimezone: true,
    debug: false,
    pool: { min: 0, max: 8 },
  });
}
