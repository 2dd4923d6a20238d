import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from './folder';

export interface SmallDisk {
  readonly folder: string;
  /** Skips, and says so, where no disk can be mounted; never in CI. */
  readonly describe: jest.Describe;
  resize(size: string): void;
}

/** A disk of that size in memory, for a test to fill; gone when the test file ends. Call once, at the top of the file. */
export function smallDisk(name: string, size: string): SmallDisk {
  const unmounting = { needed: false, folder: '' };
  afterAll(() => void (unmounting.needed && spawnSync('umount', ['-l', unmounting.folder]))); // before the folder goes
  const folder = join(testFolder(), name);
  mkdirSync(folder);
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  const mounted = mount.status === 0;
  Object.assign(unmounting, { needed: mounted, folder });
  const why = `a small disk cannot be mounted here (${mount.stderr?.trim() || 'no mount'}): run as root`;
  if (!mounted && process.env.CI) throw new Error(`in CI nothing is skipped, and ${why}`);
  if (!mounted) process.stderr.write(`SKIPPED, ${why}\n`);
  return {
    folder,
    describe: (mounted ? describe : describe.skip) as jest.Describe,
    resize: (to) => void spawnSync('mount', ['-o', `remount,size=${to}`, folder]),
  };
}
