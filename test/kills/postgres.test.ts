import { join } from 'node:path';
import { testFolder } from '../support/folder';
import { runSeed } from '../support/seed';
import { startOwnHub, type OwnHub } from './support/own-hub';

/** Long form: npm run long:kills. */
const KILLS = process.env.KILLS ? 10 : 1;
const CLIENTS = 4;
const LIMIT_MS = 120_000 + KILLS * 30_000;

describe('PostgreSQL killed under the writes of several clients', () => {
  let hub: OwnHub;
  beforeAll(async () => void (hub = await startOwnHub(dataDir, CLIENTS)), LIMIT_MS);
  afterAll(() => hub?.close());
  const dataDir = join(testFolder(), '.data'); // removed after what stands above, which stops its server

  const ready = async () => (await fetch(`${hub.served.url}/readyz`)).status;
  const refusals = () => hub.writers.refused.flat();

  it(
    'loses nothing that was acknowledged and keeps nothing twice; the hub says 503 meanwhile and works again by itself',
    async () => {
      for (let kill = 0; kill < KILLS; kill++) {
        await hub.more(5 + ((runSeed() + 7 * kill) % 20));
        const heard = hub.writers.refused.map((each) => each.length);
        await hub.server.kill();
        expect(await ready()).toBe(503);
        await hub.writers.reached(() => hub.writers.refused.every((each, client) => each.length > heard[client]! + 1));
        expect(await ready()).toBe(503);
        await hub.server.restart();

        await hub.more(10);
        expect(await ready()).toBe(200);
      }
      await hub.writers.stop();
      expect(new Set(refusals().map(({ code, retryAfter }) => `${code} ${retryAfter}`))).toEqual(
        new Set(['NOT_READY 5']),
      );
      const owner = await hub.server.connect();
      const { rows } = await owner.query<{ file: string; members: number }>(
        `select file_number as file, (select count(*)::int from household_member m where m.household_id = h.id) as members from household h`,
      );
      const logged = await owner.query(`select from write_entry where entity = 'Household'`);
      await owner.end();
      const kept = rows.map(({ file }) => file);
      expect(new Set(kept).size).toBe(kept.length);
      expect(hub.writers.acknowledged.filter((file) => !kept.includes(file))).toEqual([]);
      expect(kept.filter((file) => !hub.writers.sent.has(file))).toEqual([]);
      expect(rows.every(({ members }) => members === 1)).toBe(true);
      expect(logged.rowCount).toBe(kept.length);
    },
    LIMIT_MS,
  );
});
