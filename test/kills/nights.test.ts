import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { openOffice } from '../commands/support/office';
import type { TestDatabase } from '../support/database';
import { testFolder } from '../support/folder';
import { buildHub, type Program } from '../support/program';
import { runSeed } from '../support/seed';
import { allRows, idsIn } from './support/all-rows';
import { MONTHS, nightWork, openSite, RENTS, type NightWork, type Site } from './support/night-world';
import { commits, programsOn, written, type Programs } from './support/programs';

/** Long form: npm run long:nights. */
const EACH = Number(process.env.NIGHTS_EACH ?? 2);
const KILLS = Number(process.env.KILLS ?? 3);

/** In the order of their hours. */
const NIGHT = [
  ...['witness-publicities', 'end-publicities', 'recompute-queues', 'run-tenancies', 'charge-rents'],
  ...['detect-ineligible', 'send-notices'],
];
/** So many processes of each job live for one half of it: one commit, one file. What is lost or doubled between two of them shows whatever is drawn. */
const HALVES = Math.ceil(KILLS / NIGHT.length);
const LIMIT_MS = 120_000 + EACH * 3_000 + (KILLS + NIGHT.length * HALVES) * 10_000;

/** When a process of a job is killed: when it has come so far. */
interface Point {
  readonly far: (own: Own, task: string) => Promise<number>;
  readonly at: number;
}

/** A hub of its own over a database of its own. */
interface Own {
  readonly base: TestDatabase;
  readonly outbox: string;
  readonly programs: Programs;
}

describe(`a night over ${EACH} of everything in two counties, whose process is killed halfway through each job (${HALVES}), and ${KILLS} times anywhere`, () => {
  const folders = [testFolder(), testFolder()];
  let site: Site;
  let work: NightWork;
  let known: ReadonlySet<string>;
  let hubs: Own[];
  beforeAll(async () => {
    buildHub();
    site = await openSite();
    const office = await openOffice();
    work = await nightWork(office, EACH, site.url);
    known = await idsIn(office.base.owner);
    const bases = await office.split(folders.length);
    hubs = await Promise.all(
      bases.map(async (base, at): Promise<Own> => {
        const settings = { HUB_ROLE_KEY: base.roleKey.toString('base64'), DATABASE_URL: base.ownerUrl };
        const [folder] = [folders[at]!];
        return { base, outbox: join(folder, 'outbox'), programs: await programsOn(folder, settings) };
      }),
    );
  }, LIMIT_MS);
  afterAll(async () => {
    for (const { programs } of hubs) await programs.close();
    for (const { base } of hubs) await base.close();
    site.close();
  });

  const sent = ({ outbox }: Own): string[] =>
    existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.json')) : [];
  /** How far a job is: notices by the files that are out, so that some kills fall between file and record; others by what the database has written. */
  const progress = async (own: Own, task: string): Promise<number> =>
    task === 'send-notices' ? sent(own).length : written(own.base.owner);
  /** A first half that is there: a notice that is out and not written down, or whatever one transaction has written. */
  const halved = (own: Own, task: string): Promise<number> =>
    task === 'send-notices' ? progress(own, task) : commits(own.base.owner);
  const begin = ({ base }: Own, task: string) => base.owner.query(`select enqueue($1, '{}'::json, null, $1)`, [task]);
  /** Out of the queue; nothing of it may have failed. */
  async function done({ base }: Own, task: string): Promise<boolean> {
    const { rows } = await base.owner.query<{ error: string | null }>(
      'select last_error as error from graphile_worker.jobs where task_identifier = $1',
      [task],
    );
    expect(rows.find(({ error }) => error)).toBeUndefined();
    return rows.length === 0;
  }

  /** Each job of a night, killed at the given points, each counted from the start of its process; how far each went, and how many kills there were. */
  async function night(own: Own, points: ReadonlyMap<string, readonly Point[]> = new Map()) {
    let kills = 0;
    let program: Program | undefined = own.programs.work();
    await program.says(/Working/); // what a first start writes is not the night's
    const went = new Map<string, number>();
    for (const task of NIGHT) {
      const from = await progress(own, task);
      await begin(own, task);
      for (const { far, at } of points.get(task) ?? []) {
        const start = await far(own, task);
        program ??= own.programs.work();
        while ((await far(own, task)) - start < at && !(await done(own, task)));
        expect(await program.end('SIGKILL')).toBeNull();
        program = undefined;
        if (await done(own, task)) break;
        kills++;
      }
      program ??= own.programs.work();
      while (!(await done(own, task)));
      went.set(task, (await progress(own, task)) - from);
    }
    await program?.end('SIGTERM');
    return { went, kills };
  }

  /** Each job between its halves; then job after job from one that is drawn, at parts of what it comes to undisturbed. */
  function drawn(went: ReadonlyMap<string, number>): Map<string, Point[]> {
    const all = fc.record({
      first: fc.nat({ max: NIGHT.length - 1 }),
      percents: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: KILLS, maxLength: KILLS }),
    });
    const [{ first, percents }] = fc.sample(fc.noBias(all), { seed: runSeed(), numRuns: 1 }) as [
      { first: number; percents: number[] },
    ];
    const shares = Math.ceil(KILLS / NIGHT.length);
    const points = new Map(NIGHT.map((task) => [task, Array<Point>(HALVES).fill({ far: halved, at: 1 })]));
    percents.forEach((percent, at) => {
      const task = NIGHT[(first + at) % NIGHT.length]!;
      points.get(task)!.push({ far: progress, at: 1 + Math.floor((percent * went.get(task)!) / 100 / shares) });
    });
    return points;
  }

  const one = async <Row>({ base }: Own, text: string): Promise<Row> => (await base.owner.query(text)).rows[0] as Row;

  it(
    'ends as an undisturbed one does: all rows of all tables, every fen and every file that went out, once',
    async () => {
      const [calm, killed] = hubs as [Own, Own];
      const { went } = await night(calm);
      const points = drawn(went);
      const { kills } = await night(killed, points);
      const told = [...points].map(
        ([task, all]) => `${task} at ${all.map(({ at }) => at).join(', ')} of ${went.get(task)}`,
      );
      process.stderr.write(`killed ${kills} times: ${told.join('; ')}\n`);
      expect(kills).toBeGreaterThan(0);

      const [expected, found] = [await allRows(calm.base.owner, known), await allRows(killed.base.owner, known)];
      for (const [table, rows] of expected) expect({ table, rows: found.get(table) }).toEqual({ table, rows });
      expect(found.size).toBe(expected.size);

      /* What a night of these comes to, by hand. */
      const { leases, expired, offers, over, shown, minors } = work;
      const lease = 3 * RENTS.first + (MONTHS - 3) * RENTS.revised;
      const came = `
        select (select count(*)::int from rent_entry where kind = 'CHARGE') as months, (select sum(amount_fen)::int from rent_entry) as fen,
          (select count(*)::int from contract where state = 'EXPIRED') as expired, (select count(*)::int from allotment where state = 'LAPSED') as offers,
          (select count(*)::int from publicity where state = 'ENDED') as over, (select count(*)::int from publicity where state = 'RUNNING') as shown,
          (select count(*)::int from detection_finding where kind = 'MINOR_HOLDER') as minors, (select count(*)::int from notice where state = 'DUE') as due,
          (select array_agg(id || '.json' order by id::text) from notice where state = 'SENT') as sent`;
      for (const own of hubs)
        expect(await one(own, came)).toEqual({
          ...{ months: leases * MONTHS, fen: leases * lease, expired, offers, over, shown, minors, due: 0 },
          sent: sent(own).sort(),
        });
    },
    LIMIT_MS,
  );
});
