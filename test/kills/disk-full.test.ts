import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { postmasterOf } from '../../src/store/embedded/postmaster';
import { buildHub, runHub } from '../support/program';
import { smallDisk } from '../support/small-disk';
import { startOwnServer, type OwnServer } from './support/own-server';
import { programsOn, type Programs, type Served } from './support/programs';
import { startWriters, type Writers } from './support/writers';

const LIMIT_MS = 90_000;
const CLIENTS = 2;
const disk = smallDisk('.data', '260m');
const dataDir = disk.folder;

disk.describe('a disk that is full, under the database and the signed heads', () => {
  let server: OwnServer;
  let programs: Programs;
  let served: Served;
  let writers: Writers;
  beforeAll(async () => {
    buildHub();
    server = await startOwnServer(dataDir);
    programs = await programsOn(dataDir, { DATABASE_URL: server.ownerUrl });
    served = await programs.serve();
    await programs.work().says(/Working/);
    const token = await programs.issuer.mint({ role: 'COUNTY_HOUSING', region: '150402', subject: 'full' });
    writers = startWriters(served.url, token, CLIENTS);
  }, LIMIT_MS);
  afterAll(async () => {
    await writers?.stop();
    await programs.close();
    await server.stop();
  });

  const ballast = join(dataDir, 'ballast');
  function fill(): void {
    const file = openSync(ballast, 'a');
    const piece = Buffer.alloc(4096, 1);
    try {
      while (writeSync(file, piece) === piece.length);
    } catch {
      // full
    } finally {
      closeSync(file);
    }
  }
  const more = (acknowledged: number) => {
    const from = writers.acknowledged.length;
    return writers.reached(() => writers.acknowledged.length >= from + acknowledged);
  };

  it(
    'is told of in words of the catalogue, costs nothing that was acknowledged, and is forgotten once there is room',
    async () => {
      await more(20);
      fill();
      await writers.reached(() => {
        fill(); // what is freed meanwhile, too
        return writers.refused.every((each) => each.length > 3);
      });
      rmSync(ballast);
      if (!postmasterOf(server.cluster)?.ready) await server.restart(); // it does not go on without its log
      await more(20);
      await writers.stop();
      const told = writers.refused.flat().map(({ code, retryAfter }) => `${code} ${retryAfter}`);
      expect(new Set(told)).toEqual(new Set(['NOT_READY 5']));
      const owner = await server.connect();
      const { rows } = await owner.query<{ file: string }>('select file_number as file from household');
      await owner.end();
      const kept = rows.map(({ file }) => file);
      expect(new Set(kept).size).toBe(kept.length);
      expect(writers.acknowledged.filter((file) => !kept.includes(file))).toEqual([]);
      expect(kept.filter((file) => !writers.sent.has(file))).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'leaves the log whole: what was signed before and after is verified',
    async () => {
      const verify = runHub(['audit', 'verify'], { DATA_DIR: dataDir, DATABASE_URL: server.ownerUrl });
      expect([await verify.ended, verify.said()]).toEqual([0, expect.stringMatching(/[1-9]\d* entries/)]);
    },
    LIMIT_MS,
  );
});
