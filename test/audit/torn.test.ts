import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { runSeed } from '../support/seed';
import { smallDisk } from '../support/small-disk';
import { openLog, type Log } from './support/log';

const CUTS = 12;
/** Leaves of this many entries do not fit. */
const ENTRIES = 3000;
const disk = smallDisk('heads', '128k');

/** Root by size of every head in a text of heads, cut ones left out. */
const rootsIn = (text: string): Map<number, string> =>
  new Map(
    text.split('\n').flatMap((line) => {
      try {
        const { size, root } = JSON.parse(JSON.parse(line).canonical) as { size: number; root: string };
        return [[size, root] as const];
      } catch {
        return [];
      }
    }),
  );

describe('the file of signed heads, when a write to it ends half-way', () => {
  let log: Log;
  let restore: () => Promise<void>;
  let written: string;
  const path = (name: string) => join(log.folder, name);
  beforeAll(async () => {
    log = await openLog();
    for (const people of [40, 3, 20]) {
      await log.look(people);
      await log.sequence();
    }
    written = readFileSync(path('heads.log'), 'utf8');
    restore = await log.remember();
  });
  afterAll(() => log.close());

  it('goes on from what is whole: at whatever byte it was cut, no head is lost or contradicted, and the log is verified', async () => {
    const lines = written.split('\n').filter(Boolean);
    const [before, last] = [written.length - lines.at(-1)!.length - 1, written.length];
    const hashes = 32 * 63;
    const cut = fc.oneof(
      fc.record({ heads: fc.integer({ min: before, max: last }), leaves: fc.constant(hashes) }),
      fc.record({ heads: fc.constant(before), leaves: fc.integer({ min: 32 * 43, max: hashes }) }), // leaves go before their head
      fc.record({ heads: fc.constantFrom(last - 1, last), leaves: fc.integer({ min: 0, max: hashes }) }),
    );
    for (const { heads, leaves } of fc.sample(cut, { seed: runSeed(), numRuns: CUTS })) {
      truncateSync(path('heads.log'), heads);
      truncateSync(path('leaves.bin'), leaves);
      await log.sequence();
      await log.look(2);
      await log.sequence();
      expect(await log.verify()).toMatchObject({ code: 0 });
      const now = readFileSync(path('heads.log'), 'utf8');
      expect(now.slice(0, heads)).toBe(written.slice(0, heads));
      const [then, since] = [rootsIn(written), rootsIn(now)];
      expect([...then].filter(([size]) => size !== 63).every(([size, root]) => since.get(size) === root)).toBe(true);
      expect([undefined, then.get(63)]).toContain(since.get(63));
      expect(readFileSync(path('leaves.bin')).length).toBe(32 * Math.max(...since.keys()));
      await restore();
    }
  });
});

disk.describe('the file of signed heads on a disk that takes a part of a write', () => {
  let log: Log;
  beforeAll(async () => void (log = await openLog(disk.folder)));
  afterAll(() => log.close());

  it('says so, signs nothing beyond it, and goes on once there is room', async () => {
    await log.look(20);
    const first = await log.sequence();
    await log.look(ENTRIES - 20);
    disk.resize('40k');
    await expect(log.sequence()).rejects.toThrow(/ENOSPC/);
    expect(JSON.parse(log.file.last()!.canonical)).toEqual(first);
    expect(log.file.leaves()).toBeGreaterThan(20);
    expect(log.file.leaves()).toBeLessThan(ENTRIES);
    disk.resize('1m');
    expect(await log.sequence()).toMatchObject({ size: ENTRIES });
    expect(log.file.leaves()).toBe(ENTRIES);
    expect(await log.verify()).toMatchObject({ code: 0 });
  });
});
