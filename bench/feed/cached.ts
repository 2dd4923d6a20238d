import { median, round } from '../support/figures';
import { startHub } from '../support/hub';
import { cannonade } from '../support/cannon';
import { once } from '../support/load';
import { cpuMs } from '../support/processes';
import type { World } from '../support/world';
import { hasNginx, startNginx } from './nginx';
import { publicPath, type Place } from './rows';

const ROUNDS = 5;
const REQUESTS = 20_000;
const CONNECTIONS = 10;

interface Server {
  readonly url: string;
  readonly pid: number;
}

interface Costs {
  readonly productMicroseconds: number;
  readonly nginxMicroseconds: number;
  readonly ratio: number;
}

/** CPU per page that is in the cache, sent whole and answered 304, against nginx with the same bytes; null without nginx. */
export async function cached(world: World, place: Place): Promise<Record<'page' | 'notModified', Costs> | null> {
  if (!hasNginx()) return null;
  const hub = await startHub(world);
  const path = publicPath(world)(place);
  const { body } = await once(hub.ready.url, { method: 'GET', path });
  const nginx = await startNginx(Buffer.from(body));
  try {
    const product: Server = { url: `${hub.ready.url}${path}`, pid: hub.pid };
    const ceiling: Server = { url: nginx.url, pid: nginx.worker };
    return { page: await compare(product, ceiling, false), notModified: await compare(product, ceiling, true) };
  } finally {
    await nginx.stop();
    await hub.stop();
  }
}

async function compare(product: Server, nginx: Server, conditional: boolean): Promise<Costs> {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (const each of [product, nginx]) await cpuOf(each, conditional); // warm-up, of both: compiling is no cost of a page
  for (let index = 0; index < ROUNDS; index++) {
    ours.push(await cpuOf(product, conditional));
    theirs.push(await cpuOf(nginx, conditional));
  }
  return {
    productMicroseconds: round(median(ours), 1),
    nginxMicroseconds: round(median(theirs), 1),
    ratio: round(median(ours) / median(theirs)),
  };
}

/** CPU microseconds per request; with the ETag in hand where a 304 is asked for. */
async function cpuOf({ url, pid }: Server, conditional: boolean): Promise<number> {
  const held: Record<string, string> = conditional ? { 'if-none-match': (await fetch(url)).headers.get('etag')! } : {};
  const before = cpuMs(pid);
  await cannonade(url, { requests: REQUESTS, connections: CONNECTIONS, headers: held });
  return (1000 * (cpuMs(pid) - before)) / REQUESTS;
}
