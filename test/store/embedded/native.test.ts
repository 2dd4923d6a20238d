import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mayEnter, mayRead } from '../../../src/store/embedded/account';
import { completeNative } from '../../../src/store/embedded/native';
import { testFolder } from '../../support/folder';

const folder = testFolder();

/** A package as `npm ci --ignore-scripts` leaves it: libraries without links, programs without the executable bit. */
function unfinishedPackage(name: string): string {
  const native = join(folder, name, 'native');
  for (const part of ['bin', 'lib']) mkdirSync(join(native, part), { recursive: true });
  for (const program of ['initdb', 'postgres']) writeFileSync(join(native, 'bin', program), '', { mode: 0o644 });
  writeFileSync(join(native, 'lib', 'libpq.so.5.17'), 'library');
  const links = [{ source: 'native/lib/libpq.so.5.17', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  return native;
}

describe('the installed programs', () => {
  it('are completed where install scripts were disabled, once and for all', () => {
    const native = unfinishedPackage('scripts-off');
    expect([completeNative(native), completeNative(native)]).toEqual([true, true]);
    expect(readFileSync(join(native, 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
    expect(statSync(join(native, 'bin', 'postgres')).mode & 0o111).toBe(0o111);
  });

  it('are reported incomplete where nothing can be written', () => {
    const native = unfinishedPackage('broken');
    writeFileSync(
      join(native, 'pg-symlinks.json'),
      JSON.stringify([{ source: 'native/none/a', target: 'native/none/b' }]),
    );
    expect(completeNative(native)).toBe(false);
    expect(existsSync(join(native, 'none'))).toBe(false);
  });
});

describe('the account of the server', () => {
  const other = { uid: 12345, gid: 12345 };
  const closed = join(folder, 'closed');
  const inside = join(closed, 'inside');
  beforeAll(() => {
    mkdirSync(closed, { mode: 0o700 });
    mkdirSync(inside, { mode: 0o755 });
    writeFileSync(join(inside, 'file'), '', { mode: 0o755 });
  });

  it('does not pass through a folder closed to others, however open what lies below', () => {
    expect([mayEnter(inside, other), mayRead(join(inside, 'file'), other)]).toEqual([false, false]);
    expect(mayEnter(folder, other)).toBe(true);
  });

  it('is ourselves where we are no root, and goes where we go', () => {
    expect(mayEnter(inside, {})).toBe(true);
  });
});
