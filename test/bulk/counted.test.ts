import { importFile } from '../../src/jobs/bulk/import-file';
import { ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { testFolder } from '../support/folder';
import { plantHouseholds } from './support/plant';
import { csv, fileOf } from './support/sheets';

const HOUSEHOLDS = 3_000;
/** Every table that a row of the file is looked up in or written to. */
const READ = 'household, household_member, person, housing_case, application, application_entry, import_key'.split(
  ', ',
);
const HEADING = ['来源编号', '档案编号', '保障方式'];
const folder = testFolder();
let office: Office;
beforeAll(async () => {
  office = await openOffice();
  for (const table of READ) await office.rows(`alter table ${table} set (autovacuum_enabled = false)`); // which counts too, when it comes by
  await plantHouseholds(
    { query: (text: string, values: never) => office.rows(text, values) } as never,
    ONGNIUD,
    HOUSEHOLDS,
  );
});
afterAll(() => office.close());

const load = (rows: number, from = 0) =>
  importFile(
    office.as({ role: 'COMMUNITY_WORKER', office: ONGNIUD }),
    {
      path: fileOf(
        folder,
        csv([
          HEADING,
          ...Array.from({ length: rows }, (_, n) => [`S-${from + n}`, `K-${from + n + 1}`, '公共租赁住房']),
        ]),
      ),
      ...{ kind: 'APPLICATIONS', region: ONGNIUD, source: 'paper' },
    },
    { row: () => undefined },
  );
/** What the planner takes each table to hold; -1 of one never counted. */
const believed = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await office.rows<{ name: string; rows: number }>(
        'select relname as name, reltuples::int as rows from pg_class where oid = any ($1::regclass[])',
        [READ],
      )
    ).map(({ name, rows }) => [name, rows]),
  );

describe('what a load looks its rows up in', () => {
  it('is counted while a long load goes on, and left as it is by a short one', async () => {
    const before = await believed();
    expect(Object.keys(before).sort()).toEqual([...READ].sort());
    expect(await load(100)).toMatchObject({ created: 100 });
    expect(await believed()).toEqual(before);
    expect(await load(1_200, 100)).toMatchObject({ created: 1_200 });
    expect(await believed()).toMatchObject({
      household: HOUSEHOLDS,
      person: HOUSEHOLDS,
      household_member: HOUSEHOLDS,
      import_key: 600,
    });
    expect(await load(2_900, 100)).toMatchObject({ created: 1_700, unchanged: 1_200 });
    expect((await believed())['import_key']).toBeGreaterThan(2_000); // counted again where the load has grown fourfold
  });
});
