import { join } from 'node:path';
import { startChild, type Child } from '../support/child';
import { median, round } from '../support/figures';
import { startHub, type HubReady } from '../support/hub';
import { load, once, type Shot } from '../support/load';
import { cpuMsUnder } from '../support/processes';
import { openDatabase } from '../../src/store/database';
import type { World } from '../support/world';
import { publicPath, type Place } from './rows';

const ROUNDS = 11;
/** Until V8 has compiled all of it. */
const WARM_UP = 6000;
const REQUESTS = 1500;
/** As the yardstick: with fewer, each write wakes a process that sleeps, which costs more than what is measured. */
const CONNECTIONS = 10;

interface Side {
  readonly child: Child<HubReady>;
  readonly shot: (place: Place) => Shot;
  readonly node: number[];
  readonly postgres: number[];
}

/** CPU per uncached page of 50, through the product's public door and on the floor, alternating. */
export async function uncached(world: World, places: readonly Place[]) {
  const path = publicPath(world);
  const database = openDatabase(world.ownerUrl, world.config.secrets.ROLE_KEY);
  const reader = database.url('anju_public_reader');
  await database.close();
  const get =
    (pathOf: (place: Place) => string) =>
    (place: Place): Shot => ({ method: 'GET', path: pathOf(place) });
  const sides: Record<'product' | 'floor', Side> = {
    product: side(await startHub(world, { without: ['page cache'] }), get(path)),
    floor: side(
      await startChild(join(__dirname, 'floor.js'), [reader]),
      get(({ region, after }) => `/?region=${region}&after=${after}`),
    ),
  };
  try {
    await assertSame(sides, places[0]!);
    for (const each of Object.values(sides)) await asking(each, places, WARM_UP);
    for (let index = 0; index < ROUNDS; index++)
      for (const each of Object.values(sides)) await measure(world, each, places);
  } finally {
    for (const { child } of Object.values(sides)) await child.stop();
  }
  const figure = ({ node, postgres }: Side) => ({
    nodeMicroseconds: Math.round(median(node)),
    postgresMicroseconds: Math.round(median(postgres)),
  });
  const [product, floor] = [figure(sides.product), figure(sides.floor)];
  return { ratio: round(product.nodeMicroseconds / floor.nodeMicroseconds), product, floor };
}

const side = (child: Child<HubReady>, shot: Side['shot']): Side => ({ child, shot, node: [], postgres: [] });

const asking = ({ child, shot }: Side, places: readonly Place[], count: number) =>
  load(child.ready.url, (index) => shot(places[index % places.length]!), count, CONNECTIONS);

async function measure({ postgres: server }: World, measured: Side, places: readonly Place[]): Promise<void> {
  const before = cpuMsUnder(server);
  const { cpu } = await measured.child.cpuOf(() => asking(measured, places, REQUESTS));
  measured.node.push((1000 * cpu) / REQUESTS);
  measured.postgres.push((1000 * (cpuMsUnder(server) - before)) / REQUESTS);
}

/** The same fifty rows on both sides. */
async function assertSame({ product, floor }: Record<'product' | 'floor', Side>, place: Place): Promise<void> {
  const rowsOf = async ({ child, shot }: Side) =>
    JSON.stringify(JSON.parse((await once(child.ready.url, shot(place))).body).data.registeredObjects.nodes);
  const [ours, bare] = [await rowsOf(product), await rowsOf(floor)];
  if (ours !== bare) throw new Error(`the product answers ${ours.slice(0, 300)}, the floor ${bare.slice(0, 300)}`);
}
