import type { EntityClass, MikroORM } from '@mikro-orm/postgresql';
import { tellMapper } from '../../schema/mapping';

/** The object mapper for nouns, units of work and single objects; lists and sets are plain SQL. */
export interface Mapper {
  /** Loaded and connected at the first call: only writing needs it, and a hub starts by reading. */
  readonly orm: () => Promise<MikroORM>;
  close(): Promise<void>;
}

/** @param appUrl connection of the app role: row-level security stands behind every statement. */
export function makeMapper(appUrl: string, entities: readonly EntityClass<object>[]): Mapper {
  let opened: Promise<MikroORM> | undefined;
  const open = () =>
    openOrm(appUrl, entities).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
  return {
    orm: () => (opened ??= open()),
    close: async () => (await opened?.catch(() => undefined))?.close(true),
  };
}

async function openOrm(appUrl: string, entities: readonly EntityClass<object>[]): Promise<MikroORM> {
  const mapper = await import('@mikro-orm/postgresql');
  tellMapper(mapper);
  const { MikroORM, ReflectMetadataProvider } = mapper;
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
