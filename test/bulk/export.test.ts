import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { open, type Entry } from 'yauzl';
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
afterAll(() => base.close(), LIMIT_MS);

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
      expect([read, files]).toEqual([ROWS + 1, 2]);
      rmSync(out);
    },
    LIMIT_MS,
  );
});

const SHEET = 'xl/worksheets/sheet1.xml';
const TEXT = /<c(?:\/>|[^>]*><is><t[^>]*>([^<]*)<\/t><\/is><\/c>)/g;

/** Rows of a spreadsheet of any length, by a reader that holds one at a time. */
async function* cellsOf(path: string): AsyncGenerator<readonly string[]> {
  const sheet = await new Promise<Readable>((resolve, reject) =>
    open(path, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('entry', (entry: Entry) => {
        if (entry.fileName !== SHEET) return zip.readEntry();
        zip.openReadStream(entry, (failed, stream) => (failed ? reject(failed) : resolve(stream)));
      });
      zip.readEntry();
    }),
  );
  let rest = '';
  for await (const text of sheet.setEncoding('utf8') as AsyncIterable<string>) {
    const rows = (rest + text).split('</row>');
    rest = rows.pop()!;
    for (const row of rows) yield [...row.matchAll(TEXT)].map(([, said = '']) => said);
  }
}
