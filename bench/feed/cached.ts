import { median, round } from '../support/figures';
import { startHub } from '../support/hub';
import { load, once, type Shot } from '../support/load';
import { cpuMs } from '../support/processes';
import type { World } from '../support/world';
import { hasNginx, startNginx } from './nginx';
import { publicPath, type Place } from './rows';

const ROUNDS = 3;
const PAGES = 200;
const REQUESTS = 20_000;
const CONNECTIONS = 10;

interface Server {
  readonly url: string;
  readonly pid: number;
  readonly paths: readonly string[];
}

type Figures = Record<
  'page' | 'notModified',
  { productMicroseconds: number; nginxMicroseconds: number; ratio: number }
>;

/** CPU per page that is in the cache, sent whole and answered 304, against nginx with the same bytes; null without nginx. */
export async function cached(world: World, places: readonly Place[]): Promise<Figures | null> {
  if (!hasNginx()) return null;
  const hub = await startHub(world);
  const paths = places.slice(0, PAGES).map(publicPath(world));
  const bodies: Buffer[] = [];
  for (const path of paths) bodies.push(Buffer.from((await once(hub.ready.url, { method: 'GET', path })).body));
  const nginx = await startNginx(bodies);
  try {
    const product: Server = { url: hub.ready.url, pid: hub.pid, paths };
    const ceiling: Server = { url: nginx.url, pid: nginx.worker, paths: paths.map((_, index) => `/${index}`) };
    return { page: await compare(product, ceiling, false), notModified: await compare(product, ceiling, true) };
  } finally {
    await nginx.stop();
    await hub.stop();
  }
}

async function compare(product: Server, nginx: Server, conditional: boolean): Promise<Figures['page']> {
  const taken = new Map<Server, number[]>([
    [product, []],
    [nginx, []],
  ]);
  const shots = new Map<Server, Shot[]>();
  for (const server of taken.keys()) shots.set(server, await shotsOf(server, conditional));
  for (let index = 0; index < ROUNDS; index++)
    for (const [server, all] of taken) all.push(await cpuOf(server, shots.get(server)!));
  const [ours, theirs] = [product, nginx].map((server) => median(taken.get(server)!)) as [number, number];
  return { productMicroseconds: round(ours, 1), nginxMicroseconds: round(theirs, 1), ratio: round(ours / theirs) };
}

/** With the ETag in hand where a 304 is asked for. */
async function shotsOf({ url, paths }: Server, conditional: boolean): Promise<Shot[]> {
  const tagOf = async (path: string) => (await fetch(url + path)).headers.get('etag')!;
  return Promise.all(
    paths.map(async (path) => ({
      method: 'GET',
      path,
      ...(conditional ? { headers: { 'if-none-match': await tagOf(path) } } : {}),
    })),
  );
}

async function cpuOf({ url, pid }: Server, shots: readonly Shot[]): Promise<number> {
  const before = cpuMs(pid);
  await load(url, (index) => shots[index % shots.length]!, REQUESTS, CONNECTIONS);
  return (1000 * (cpuMs(pid) - before)) / REQUESTS;
}
