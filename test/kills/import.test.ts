import fc from 'fast-check';
import type { Client } from 'pg';
import { personNumber, type Seal } from '../../src/access/seal';
import { sealOf } from '../../src/cli/first-keys';
import { importHouseholds } from '../../src/commands/import-households';
import { loadConfig } from '../../src/config';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { testDatabase, type TestDatabase } from '../support/database';
import { testFolder } from '../support/folder';
import { buildHub } from '../support/program';
import { runSeed } from '../support/seed';
import { programsOn, type Programs } from './support/programs';
import { sheetsFor, type CountySheet } from './support/sheets';
import { importSheet, type Landed } from './support/writers';

/** Long form: npm run long:kills. */
const HOUSEHOLDS = Number(process.env.KILLS_HOUSEHOLDS ?? 1200);
const KILLS = Number(process.env.KILLS ?? 3);
const LIMIT_MS = 120_000 + KILLS * 20_000;
const COUNTIES = [HONGSHAN, ONGNIUD];

describe(`an import of ${HOUSEHOLDS} households whose hub is killed ${KILLS} times`, () => {
  const sheets = COUNTIES.map((county) => sheetsFor(county, KILLS, Math.ceil(HOUSEHOLDS / KILLS / COUNTIES.length)));
  let calm: Office;
  let base: TestDatabase;
  let programs: Programs;
  let seal: Seal;
  beforeAll(async () => {
    buildHub();
    [calm, base] = await Promise.all([openOffice(), testDatabase()]);
    const settings = { HUB_ROLE_KEY: base.roleKey.toString('base64'), DATABASE_URL: base.ownerUrl };
    programs = await programsOn(dataDir, settings);
    seal = await sealOf(loadConfig({ ...settings, DATA_DIR: dataDir }), base.ownerUrl);
  }, LIMIT_MS);
  afterAll(async () => {
    await programs.close();
    await Promise.all([calm.close(), base.close()]);
  });
  const dataDir = testFolder();

  /** Grows while a transaction is open too; what is undone stays. */
  async function bytes(owner: Client): Promise<number> {
    const { rows } = await owner.query<{ n: string }>('select pg_database_size(current_database()) as n');
    return Number(rows[0]!.n);
  }

  async function undisturbed(): Promise<{ reports: Landed[][]; bytes: number }> {
    const from = await bytes(calm.base.owner);
    const reports: Landed[][] = [];
    for (const county of sheets) {
      const told: Landed[] = [];
      for (const { region, csv } of county) {
        const { problems, ...counts } = await importHouseholds(calm.as({ office: region }), { region, csv });
        told.push({ ...counts, problems: problems.map(({ row, code }) => ({ row, code })) });
      }
      reports.push(told);
    }
    return { reports, bytes: (await bytes(calm.base.owner)) - from };
  }

  /** Sends a county's sheets that are not yet acknowledged, one after another, until no answer comes. */
  async function send(url: string, county: readonly CountySheet[], acknowledged: Landed[]): Promise<void> {
    const region = county[0]!.region;
    const token = await programs.issuer.mint({ role: 'COUNTY_HOUSING', region, subject: `clerk-${region}` });
    while (acknowledged.length < county.length) {
      const { status, report } = await importSheet(url, token, county[acknowledged.length]!.csv, region);
      if (status === 0) return;
      expect(status).toBe(200);
      acknowledged.push(report!);
    }
  }
  const sendAll = (url: string, acknowledged: readonly Landed[][]) =>
    Promise.all(sheets.map((county, at) => send(url, county, acknowledged[at]!)));

  /** Households with their members as a sheet would say it, everybody who is known, and what the log says was written. */
  async function kept({ owner }: TestDatabase, by: Seal) {
    const { rows } = await owner.query<{
      file: string;
      relation: string;
      name: string;
      since: string;
      id: string;
      number: Buffer;
    }>(
      `select h.file_number as file, m.relation, m.declared_name as name, m.from_date::text as since, p.id, p.id_number as number
       from household h left join household_member m on m.household_id = h.id left join person p on p.id = m.person_id`,
    );
    const files = new Map<string, string[]>();
    for (const { file, relation, name, since, id, number } of rows) {
      const member = [relation, name, number && by.open(number, personNumber(id)), since].join();
      files.set(file, [...(files.get(file) ?? []), member].toSorted());
    }
    const { rows: counts } = await owner.query(
      `select (select count(*) from household) as households, (select count(*) from person) as people,
         (select json_object_agg(entity, n) from (select entity, count(*) as n from write_entry where verb = 'importHouseholds' group by 1) w) as written`,
    );
    return { files, counts: counts[0] };
  }

  it(
    'ends as an undisturbed one does: each sheet landed whole and once, whatever was acknowledged',
    async () => {
      const { reports, bytes: grown } = await undisturbed();
      const points = fc.sample(fc.noBias(fc.integer({ min: 0, max: Math.floor((2 * grown) / KILLS) })), {
        seed: runSeed(),
        numRuns: KILLS,
      });
      const acknowledged: Landed[][] = COUNTIES.map(() => []);
      const isDone = () => acknowledged.every((told, at) => told.length === sheets[at]!.length);
      let kills = 0;
      for (const point of points) {
        const { url, program } = await programs.serve();
        const from = await bytes(base.owner);
        const sending = sendAll(url, acknowledged);
        while ((await bytes(base.owner)) - from < point && !isDone());
        if (!isDone()) kills++;
        await program.end('SIGKILL');
        await sending;
      }
      expect(kills).toBeGreaterThan(0);
      const { url } = await programs.serve();
      await sendAll(url, acknowledged);
      const landed = acknowledged.flat().filter(({ created }) => created > 0).length;
      process.stderr.write(
        `killed ${kills} times, after ${points.join(', ')} bytes of ${grown}; ${acknowledged.flat().length - landed} sheets had landed unheard\n`,
      );

      const again = ({ created, unchanged, ...rest }: Landed): Landed => ({
        ...rest,
        created: unchanged,
        unchanged: created,
      });
      acknowledged.forEach((told, county) =>
        told.forEach((report, at) => {
          const first = reports[county]![at]!;
          expect(report).toEqual(report.created > 0 ? first : again(first));
        }),
      );
      const repeated: Landed[][] = COUNTIES.map(() => []);
      await sendAll(url, repeated);
      expect(repeated).toEqual(reports.map((told) => told.map(again)));

      const found = await kept(base, seal);
      expect(found).toEqual(await kept(calm.base, calm.hub.seal));
      expect(found.files).toEqual(new Map(sheets.flat().flatMap(({ households }) => [...households])));
    },
    LIMIT_MS,
  );
});
