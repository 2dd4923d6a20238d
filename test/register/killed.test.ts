import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../support/database';
import { testFolder } from '../support/folder';
import { buildHub, runHub, type Program } from '../support/program';
import { rejectsIn, rowOf, writeExtract } from './support/extract';

const ROWS = 20_000;
const folder = testFolder();
let base: TestDatabase;
let program: Program;
beforeAll(async () => {
  buildHub();
  base = await testDatabase();
});
afterAll(() => base.close());

const rows = Array.from({ length: ROWS }, (_, n) => (n === 7 ? rowOf(n).slice(1) : rowOf(n)));
const given = writeExtract(folder, rows);
const hub = (...more: string[]): Program => {
  const settings = {
    DATABASE_URL: base.ownerUrl,
    DATA_DIR: join(folder, '.data'),
    HUB_ROLE_KEY: base.roleKey.toString('base64'),
  };
  return (program = runHub(['register', 'import', 'police', folder, ...more], settings));
};
const landed = async () => {
  const { rows: counts } = await base.owner.query<{ parcels: number; entries: number }>(
    'select (select count(*)::int from register_parcel) as parcels, (select count(*)::int from register_entry) as entries',
  );
  return counts[0]!;
};
const rejects = join(folder, 'HJ-2026-11.rejects.csv');

describe('hub register import', () => {
  it('killed half-way leaves nothing of the parcel; run again, it lands the whole of it once, and then says so', async () => {
    await hub().says(/10000 rows/);
    await program.end('SIGKILL');
    expect(await landed()).toEqual({ parcels: 0, entries: 0 });
    expect(existsSync(rejects)).toBe(false);
    expect([await hub().ended, program.said()]).toEqual([
      0,
      expect.stringContaining('19999 of 20000 rows landed, 1 rejected'),
    ]);
    expect(await landed()).toEqual({ parcels: 1, entries: ROWS - 1 });
    expect(rejectsIn(readFileSync(rejects, 'utf8')).map(([row, code]) => [row, code])).toEqual([['9', 'COLUMN_COUNT']]);
    expect([await hub('--consume').ended, program.said()]).toEqual([0, expect.stringContaining('imported before')]);
    expect(await landed()).toEqual({ parcels: 1, entries: ROWS - 1 });
    expect([given.table, given.manifest].map((file) => existsSync(file))).toEqual([false, false]);
  });

  it('says in one line what is wrong with a parcel, changes nothing and ends with 1', async () => {
    expect([await hub().ended, program.said()]).toEqual([
      1,
      expect.stringMatching(/The parcel is refused: .*Nothing was changed/),
    ]);
    const unknown = runHub(['register', 'import', 'vehicle', writeExtract(join(folder, 'more'), [rowOf(1)]).table], {
      DATA_DIR: join(folder, '.data'),
    });
    expect([await unknown.ended, unknown.said()]).toEqual([1, expect.stringContaining('there are: police')]);
  });
});
