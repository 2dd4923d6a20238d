import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { VARIABLE } from './record.cjs';
import { reportOf, searchFolder } from './search';

/** From here on what hubs give away is kept, in a folder that every process of the run knows. */
export function openScan(): void {
  process.env[VARIABLE] = mkdtempSync(join('/var/tmp', `anju-test-${process.pid}-scan-`));
}

/** Searches all that was kept, says how much that was, and fails the run when a number stands anywhere. */
export function closeScan(): void {
  const folder = process.env[VARIABLE]!;
  const searched = searchFolder(folder);
  const report = reportOf(searched);
  process.stderr.write(`${report}\n`);
  if (process.env.SCAN_KEEP === undefined) rmSync(folder, { recursive: true });
  if (searched.leaks.length > 0) throw new Error(report);
}
