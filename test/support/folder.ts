import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keepFiles } from './scan/keep';

/** A folder of a test's own, where the account of a root's server may go; removed when the test file ends. */
export function testFolder(): string {
  const folder = mkdtempSync(join('/var/tmp', 'anju-folder-'));
  chmodSync(folder, 0o755);
  afterAll(() => {
    keepFiles(folder);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
