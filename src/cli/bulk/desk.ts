import { randomUUID } from 'node:crypto';
import type { Hub, RequestContext } from '../../context';
import { byOf } from '../by';
import { say } from '../say';
import { withServer } from '../server';
import { settings } from '../settings';

/** What acts on files need of a hub: its tables, in one region and what lies below it, and in somebody's name. */
export async function withDesk<T>(
  what: string,
  { region, by }: { readonly region: string; readonly by: string },
  work: (ctx: RequestContext) => Promise<T>,
): Promise<T> {
  byOf(by);
  const config = settings();
  const [{ entities }, { makeMapper }, { openDatabase }, { loadRegionTree }, { prepareDatabase }, { sealOf }, context] =
    await Promise.all([
      import('../../../schema/index.js'),
      import('../../store/orm.js'),
      import('../../store/database.js'),
      import('../../store/regions.js'),
      import('../prepare.js'),
      import('../first-keys.js'),
      import('../../context.js'),
    ]);
  return withServer(config, what, async ({ ownerUrl }) => {
    await prepareDatabase(ownerUrl, config.secrets.ROLE_KEY, { say });
    const db = openDatabase(ownerUrl, config.secrets.ROLE_KEY, { max: 2 });
    const mapper = makeMapper(db.url('anju_app'), entities);
    try {
      const [regions, seal] = [await loadRegionTree(db.app), await sealOf(config, ownerUrl)];
      const parts = { config, db, orm: mapper.orm, regions, seal, now: () => new Date() };
      const viewer = context.systemViewer(region, regions.scopeOf(region), by);
      const hub = parts as Partial<Hub> as Hub;
      return await work({ hub, viewer, purpose: null, requestId: randomUUID(), loaders: new Map() });
    } finally {
      await mapper.close();
      await db.close();
    }
  });
}
