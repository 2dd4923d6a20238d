import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { postmasterOf } from '../../src/store/embedded/postmaster';
import { runHub } from '../support/program';
import { smallDisk } from '../support/small-disk';
import { startOwnHub, type OwnHub } from './support/own-hub';

const CLIENTS = 2;
const disk = smallDisk('.data', '260m');
const dataDir = disk.folder;

disk.describe('a disk that is full, under the database and the signed heads', () => {
  let hub: OwnHub;
  beforeAll(async () => void (hub = await startOwnHub(dataDir, CLIENTS)));
  afterAll(() => hub?.close());

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

  it('is told of in words of the catalogue, costs nothing that was acknowledged, and is forgotten once there is room', async () => {
    await hub.more(20);
    fill();
    await hub.writers.reached(() => {
      fill(); // what is freed meanwhile, too
      return hub.writers.refused.every((each) => each.length > 3);
    });
    rmSync(ballast);
    if (!postmasterOf(hub.server.cluster)?.ready) await hub.server.restart(); // it does not go on without its log
    await hub.more(20);
    await hub.writers.stop();
    const told = hub.writers.refused.flat().map(({ code, retryAfter }) => `${code} ${retryAfter}`);
    expect(new Set(told)).toEqual(new Set(['NOT_READY 5']));
    const owner = await hub.server.connect();
    const { rows } = await owner.query<{ file: string }>('select file_number as file from household');
    await owner.end();
    const kept = rows.map(({ file }) => file);
    expect(new Set(kept).size).toBe(kept.length);
    expect(hub.writers.acknowledged.filter((file) => !kept.includes(file))).toEqual([]);
    expect(kept.filter((file) => !hub.writers.sent.has(file))).toEqual([]);
  });

  it('leaves the log whole: what was signed before and after is verified', async () => {
    const verify = runHub(['audit', 'verify'], { DATA_DIR: dataDir, DATABASE_URL: hub.server.ownerUrl });
    expect([await verify.ended, verify.said()]).toEqual([0, expect.stringMatching(/[1-9]\d* entries/)]);
  });
});
