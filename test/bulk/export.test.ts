import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { readTable } from '../../src/bulk/read';
import { testDatabase, type TestDatabase } from '../support/database';
import { testFolder } from '../support/folder';
import { buildHub, runHub } from '../support/program';
import { plantApplications, plantHouseholds } from './support/plant';

/** Long form: npm run long:export. */
const ROWS = Number(process.env.EXPORT_ROWS ?? 3_000);
const REGION = '150426';
/** What an export of any length may hold. */
const MOST_MIB = 256;
const LIMIT_MS = 900_000;
const folder = testFolder();
let base: TestDatabase;
beforeAll(async () => {
  buildHub();
  base = await testDatabase();
  await plantHouseholds(base.owner, REGION, ROWS);
  await plantApplications(base.owner, REGION);
  await base.owner.query(
    `update household set file_number = '=cmd|''/C calc''!A' || substr(file_number, 3) where file_number in ('K-1', 'K-2')`,
  );
}, LIMIT_MS);
afterAll(() => base.close());

describe('hub export', () => {
  it.each(['csv', 'xlsx'])(
    'writes every application of a region as %s, with no cell that a spreadsheet would run, in as much memory as for a few',
    async (format) => {
      const out = join(folder, `out.${format}`);
      const settings = {
        DATABASE_URL: base.ownerUrl,
        DATA_DIR: join(folder, '.data'),
        HUB_ROLE_KEY: base.roleKey.toString('base64'),
      };
      const program = runHub(
        ['export', 'applications', '--region', REGION, '--by', 'x', '--out', out, '--format', format],
        settings,
      );
      expect(await program.ended).toBe(0);
      const [, rows, peak] = /(\d+) rows in .*, peak (\d+) MiB/.exec(program.said())!;
      process.stderr.write(`${format}: ${rows} rows, peak ${peak} MiB\n`);
      expect([Number(rows), Number(peak) <= MOST_MIB]).toEqual([ROWS, true]);
      let [read, files] = [0, 0];
      const cells = format === 'csv' ? createReadStream(out).pipe(parse({ bom: true })) : cellsOf(out);
      for await (const row of cells as AsyncIterable<string[]>) {
        read += 1;
        if (/^'=cmd/.test(row[2]!)) files += 1;
        for (const cell of row) if (/^[=+\-@]/.test(cell)) throw new Error('a cell that runs');
      }
      expect([read, files]).toEqual([Math.min(ROWS, format === 'csv' ? ROWS : 200_000) + 1, 2]);
      rmSync(out);
    },
    LIMIT_MS,
  );
});

/** As many as are read back from a spreadsheet at once. */
async function* cellsOf(path: string): AsyncGenerator<readonly string[]> {
  for await (const { number, cells } of readTable(path)) {
    yield cells;
    if (number > 200_000) return;
  }
}
