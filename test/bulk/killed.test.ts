import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { testDatabase, type TestDatabase } from '../support/database';
import { testFolder } from '../support/folder';
import { buildHub, runHub, type Program } from '../support/program';
import { plantHouseholds } from './support/plant';
import { csv, fileOf } from './support/sheets';

const ROWS = Number(process.env.BULK_ROWS ?? 3_000);
/** Some 250 rows land a second on a busy machine; they are read twice more. */
const LIMIT_MS = 60_000 + 15 * ROWS;
const REGION = '150426';
const folder = testFolder();
let base: TestDatabase;
let program: Program;
beforeAll(async () => {
  buildHub();
  base = await testDatabase();
  await plantHouseholds(base.owner, REGION, ROWS);
}, LIMIT_MS);
afterAll(() => base.close());

const HEADING = ['来源编号', '档案编号', '保障方式', '申报的家庭月收入（元）'];
const path = fileOf(
  folder,
  csv([HEADING, ...Array.from({ length: ROWS }, (_, n) => [`S-${n + 1}`, `K-${n + 1}`, '公共租赁住房', String(n)])]),
  'applications.csv',
);
const hub = (...args: string[]): Program =>
  (program = runHub(args, {
    ...{ DATABASE_URL: base.ownerUrl, DATA_DIR: join(folder, '.data') },
    HUB_ROLE_KEY: base.roleKey.toString('base64'),
  }));
const load = () => hub('import', 'applications', path, '--region', REGION, '--by', 'operator');
const counted = async () =>
  (
    await base.owner.query<{ applications: number; keys: number; twice: number; batches: string[] }>(
      `select (select count(*)::int from application) as applications, (select count(*)::int from import_key) as keys,
         (select count(*)::int from (select household_id from application group by 1 having count(*) > 1) t) as twice,
         (select array_agg(coalesce(created || ' ' || unchanged, 'fell') order by started_at) from import_batch) as batches`,
    )
  ).rows[0]!;

describe('hub import', () => {
  it(
    'killed half-way has landed whole rows; run again it lands the rest, none twice, and a third time nothing',
    async () => {
      await load().says(/\d+ rows …\n[^]*rows …/);
      await program.end('SIGKILL');
      const fallen = await counted();
      expect(fallen.applications).toBeGreaterThan(0);
      expect(fallen.applications).toBeLessThan(ROWS);
      expect([fallen.keys, fallen.twice]).toEqual([fallen.applications, 0]);
      const report = `${path}.report.csv`;
      expect(existsSync(report)).toBe(false);
      expect(await load().ended).toBe(0);
      const left = ROWS - fallen.applications;
      expect(program.said()).toContain(
        `${ROWS} rows: ${left} created, 0 updated, ${fallen.applications} unchanged, 0 refused`,
      );
      const lines = parse(readFileSync(report), { bom: true }) as string[][];
      expect([lines.length, statSync(report).mode & 0o777]).toEqual([ROWS + 1, 0o600]);
      expect(lines[1]).toEqual(['2', 'S-1', '未变', '', '', '', '']);
      expect(await load().ended).toBe(0);
      expect(program.said()).toMatch(
        new RegExp(`0 created, 0 updated, ${ROWS} unchanged, 0 refused.*imported 1 times before`),
      );
      expect(await counted()).toEqual({
        ...{ applications: ROWS, keys: ROWS, twice: 0 },
        batches: ['fell', `${left} ${fallen.applications}`, `0 ${ROWS}`],
      });
    },
    LIMIT_MS,
  );

  it(
    'says in one line why a file is refused, and ends with 1; what it exports comes back',
    async () => {
      const wrong = fileOf(folder, 'a,b\n1,2');
      expect(await hub('import', 'applications', wrong, '--region', REGION, '--by', 'x').ended).toBe(1);
      expect(program.said()).toMatch(/列名无法识别.*Nothing was changed/);
      expect(existsSync(`${wrong}.report.csv`)).toBe(false);
      const out = join(folder, 'out.csv');
      expect(await hub('export', 'applications', '--region', REGION, '--by', 'x', '--out', out).ended).toBe(0);
      const lines = parse(readFileSync(out), { bom: true }) as string[][];
      expect(lines).toHaveLength(ROWS + 1);
      expect(new Set(lines.slice(1).map(([, , file]) => file)).size).toBe(ROWS);
      expect(
        (await base.owner.query(`select subject from write_entry where verb = 'exportApplications'`)).rows,
      ).toEqual([{ subject: 'x' }]);
      rmSync(out);
    },
    LIMIT_MS,
  );
});
