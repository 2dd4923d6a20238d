import { join } from 'node:path';
import { startChild, type Child } from './child';
import type { World } from './world';

/** A part of the product that one side of a comparison goes without. */
export type Part = 'page cache' | 'read log' | 'masks';

/** What stands at the door: the product, or a peer over the same resolvers in one schema. */
export type Door = 'supergraph' | 'apollo' | 'mercurius';

export interface HubOrder {
  readonly dataDir: string;
  readonly ownerUrl: string;
  readonly agencies: World['agencies']['agencies'];
  readonly door: Door;
  readonly without: readonly Part[];
  readonly worker: boolean;
  /** Over those of the benches. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface HubReady {
  /** Without a slash at the end. */
  readonly url: string;
}

type Wishes = Partial<Pick<HubOrder, 'door' | 'without' | 'worker' | 'settings'>>;

/** A bench asks as few clients ask: they are not counted, unless it is about that. */
export const UNCOUNTED = { LIMIT_CLIENT_REQUESTS: '1000000000', LIMIT_PUBLIC_REQUESTS: '1000000000' } as const;

/** A hub in a world: the product, unless something else is wished for. */
export function orderOf({ config, ownerUrl, agencies }: World, wishes: Wishes = {}): HubOrder {
  const usual = { door: 'supergraph', without: [], worker: false, settings: UNCOUNTED } as const;
  return { dataDir: config.dataDir, ownerUrl, agencies: agencies.agencies, ...usual, ...wishes };
}

/** The whole hub, its web server included, in a process of its own. */
export const startHub = (world: World, wishes?: Wishes): Promise<Child<HubReady>> =>
  startChild<HubReady>(join(__dirname, 'hub-child.js'), [JSON.stringify(orderOf(world, wishes))]);
