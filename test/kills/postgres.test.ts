import { join } from 'node:path';
import { testFolder } from '../support/folder';
import { buildHub } from '../support/program';
import { runSeed } from '../support/seed';
import { startOwnServer, type OwnServer } from './support/own-server';
import { programsOn, type Programs, type Served } from './support/programs';
import { startWriters, type Writers } from './support/writers';

/** Long form: npm run long:kills. */
const KILLS = process.env.KILLS ? 10 : 1;
const CLIENTS = 4;
const LIMIT_MS = 60_000 + KILLS * 30_000;

describe('PostgreSQL killed under the writes of several clients', () => {
  let server: OwnServer;
  let programs: Programs;
  let served: Served;
  let writers: Writers;
  beforeAll(async () => {
    buildHub();
    server = await startOwnServer(dataDir);
    programs = await programsOn(dataDir, { DATABASE_URL: server.ownerUrl });
    served = await programs.serve();
    const worker = programs.work();
    await worker.says(/Working/);
    const token = await programs.issuer.mint({ role: 'COUNTY_HOUSING', region: '150402', subject: 'kills' });
    writers = startWriters(served.url, token, CLIENTS);
  }, LIMIT_MS);
  afterAll(async () => {
    await writers.stop();
    await programs.close();
    await server.stop();
  });
  const dataDir = join(testFolder(), '.data'); // removed after what stands above, which stops its server

  const ready = async () => (await fetch(`${served.url}/readyz`)).status;
  const more = (acknowledged: number) => {
    const from = writers.acknowledged.length;
    return writers.reached(() => writers.acknowledged.length >= from + acknowledged);
  };
  const refusals = () => writers.refused.flat();

  it(
    'loses nothing that was acknowledged and keeps nothing twice; the hub says 503 meanwhile and works again by itself',
    async () => {
      for (let kill = 0; kill < KILLS; kill++) {
        await more(5 + ((runSeed() + 7 * kill) % 20));
        const heard = writers.refused.map((each) => each.length);
        await server.kill();
        expect(await ready()).toBe(503);
        await writers.reached(() => writers.refused.every((each, client) => each.length > heard[client]! + 1));
        expect(await ready()).toBe(503);
        await server.restart();

        await more(10);
        expect(await ready()).toBe(200);
      }
      await writers.stop();
      expect(new Set(refusals().map(({ code, retryAfter }) => `${code} ${retryAfter}`))).toEqual(
        new Set(['NOT_READY 5']),
      );
      const owner = await server.connect();
      const { rows } = await owner.query<{ file: string; members: number }>(
        `select file_number as file, (select count(*)::int from household_member m where m.household_id = h.id) as members from household h`,
      );
      const logged = await owner.query(`select from write_entry where entity = 'Household'`);
      await owner.end();
      const kept = rows.map(({ file }) => file);
      expect(new Set(kept).size).toBe(kept.length);
      expect(writers.acknowledged.filter((file) => !kept.includes(file))).toEqual([]);
      expect(kept.filter((file) => !writers.sent.has(file))).toEqual([]);
      expect(rows.every(({ members }) => members === 1)).toBe(true);
      expect(logged.rowCount).toBe(kept.length);
    },
    LIMIT_MS,
  );
});
