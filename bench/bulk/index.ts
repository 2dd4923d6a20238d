import { spawnSync } from 'node:child_process';
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { xlsxOf } from '../../src/bulk/write/xlsx';
import { median, round, table, type BenchResult } from '../support/figures';
import { inDatabase, type Base } from '../support/world';

const REGION = '150426';
const ROWS = 10_000;
const ROUNDS = 3;
const SECONDS = 60;
/** To a bare COPY of the same file, which checks, links and logs nothing. */
const GOAL = 400;
const MAIN = join(__dirname, '..', '..', 'src', 'main.js');
const HEADING = ['来源编号', '档案编号', '保障方式', '申请日期', '申报的家庭月收入（元）'];

const HOUSEHOLDS = `
  with made as (select n, gen_random_uuid() as h, gen_random_uuid() as p from generate_series(1, ${ROWS * ROUNDS}) n),
  a as (insert into household (id, region_code, file_number, registered_on) select h, '${REGION}', 'K-' || n, '2020-01-01' from made),
  b as (insert into person (id, region_code, name, birth_date, id_number, id_number_key, id_index)
    select p, '${REGION}', '某', '1980-01-01', '\\x00', 'k', decode(md5(n::text), 'hex') from made)
  insert into household_member (id, region_code, household_id, person_id, relation, declared_name, from_date)
  select gen_random_uuid(), '${REGION}', h, p, 'APPLICANT', '某', '2020-01-01' from made`;

/** 10,000 applications from a file, each through its checks, guards and logs, beside a bare COPY of the same bytes; then the same again, from a spreadsheet, and out. */
export const run = (say: (line: string) => void): Promise<BenchResult> =>
  inDatabase(async (base) => {
    const owner = new Client({ connectionString: base.ownerUrl });
    await owner.connect();
    try {
      await owner.query(HOUSEHOLDS);
      await owner.query('analyze');
      const rounds: Awaited<ReturnType<typeof once>>[] = [];
      for (let at = 0; at < ROUNDS; at++) rounds.push(await once(base, owner, at));
      const exported = (['csv', 'xlsx'] as const).map((format) => exportOf(base, format));
      const middle = (of: (one: (typeof rounds)[number]) => number) => round(median(rounds.map(of)));
      const figures = {
        ...{
          rows: ROWS,
          copySeconds: round(median(rounds.map(({ copy }) => copy)), 4),
          importSeconds: middle(({ first }) => first),
        },
        ...{ againSeconds: middle(({ again }) => again), xlsxSeconds: middle(({ spreadsheet }) => spreadsheet) },
        ...{ peakMiB: middle(({ peak }) => peak), exported, goalSeconds: SECONDS },
      };
      say(
        table([
          {
            ...figures,
            exported: exported.map(({ format, seconds, peak }) => `${format} ${seconds} s ${peak} MiB`).join(', '),
          },
        ]),
      );
      if (figures.importSeconds > SECONDS) say(`TOO SLOW: ${ROWS} rows in more than ${SECONDS} s`);
      return {
        ...{ name: 'bulk', ratio: round(figures.importSeconds / figures.copySeconds), goal: GOAL, figures },
        baseline: 'COPY of the same file into a temporary table',
      };
    } finally {
      await owner.end();
    }
  });

async function once(base: Base, owner: Client, nth: number) {
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const n = nth * ROWS + at + 1;
    return [`S-${n}`, `K-${n}`, '公共租赁住房', '2026-11-01', String(n)];
  });
  const [csv, xlsx] = [join(base.dataDir, `${nth}.csv`), join(base.dataDir, `${nth}.xlsx`)];
  writeFileSync(csv, [HEADING, ...rows].map((cells) => cells.join(',')).join('\n'));
  const pieces: Buffer[] = [];
  for await (const piece of xlsxOf(HEADING, chunked(rows))) pieces.push(piece);
  writeFileSync(xlsx, Buffer.concat(pieces));
  const copy = await copied(owner, csv);
  const [first, again, spreadsheet] = [load(base, csv), load(base, csv), load(base, xlsx)];
  if (first.created !== ROWS || again.unchanged !== ROWS || spreadsheet.unchanged !== ROWS)
    throw new Error(`not every row landed: ${JSON.stringify([first, again, spreadsheet])}`);
  return { copy, first: first.seconds, again: again.seconds, spreadsheet: spreadsheet.seconds, peak: first.peak };
}

async function* chunked(rows: readonly string[][]): AsyncGenerator<string[][]> {
  for (let at = 0; at < rows.length; at += 1000) yield rows.slice(at, at + 1000);
}

async function copied(owner: Client, path: string): Promise<number> {
  await owner.query('create temp table bare (a text, b text, c text, d text, e text)');
  const started = performance.now();
  await pipeline(createReadStream(path), owner.query(copyFrom('copy bare from stdin (format csv, header)')));
  const seconds = (performance.now() - started) / 1000;
  await owner.query('drop table bare');
  return seconds;
}

interface Ran {
  readonly said: string;
  readonly seconds: number;
  readonly peak: number;
}

/** The command as an operator runs it, its start included. */
function hub({ ownerUrl, dataDir }: Base, args: readonly string[]): Ran {
  const env = { ...process.env, DATABASE_URL: ownerUrl, DATA_DIR: dataDir, NODE_ENV: 'production' };
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout + stderr);
  const peak = Number(/peak (\d+) MiB/.exec(stdout)![1]);
  return { said: stdout, seconds: (performance.now() - started) / 1000, peak };
}

function load(base: Base, path: string) {
  const { said, ...ran } = hub(base, ['import', 'applications', path, '--region', REGION, '--by', 'bench']);
  const [, created, unchanged] = /(\d+) created, \d+ updated, (\d+) unchanged/.exec(said)!;
  return { ...ran, created: Number(created), unchanged: Number(unchanged) };
}

function exportOf(base: Base, format: 'csv' | 'xlsx') {
  const out = join(base.dataDir, `out.${format}`);
  const { seconds, said, peak } = hub(base, [
    'export',
    'applications',
    '--region',
    REGION,
    '--by',
    'bench',
    '--format',
    format,
    '--out',
    out,
  ]);
  const rows = /(\d+) rows in /.exec(said)![1];
  if (format === 'csv' && readFileSync(out, 'utf8').trim().split('\n').length !== Number(rows) + 1)
    throw new Error('rows are lost');
  return { format, rows: Number(rows), seconds: round(seconds), peak, bytes: statSync(out).size };
}
