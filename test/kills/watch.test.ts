import fc from 'fast-check';
import { beijingDay } from '../../src/access/day';
import { openStage, type Stage } from '../cross-check/stage';
import { buildHub } from '../support/program';
import { runSeed } from '../support/seed';
import { programsOf, written, type Programs } from './support/programs';

/** Long form: npm run long:watch. */
const HOUSEHOLDS = Number(process.env.KILLS_HOUSEHOLDS ?? 90);
const KILLS = Number(process.env.KILLS ?? 2);
const LIMIT_MS = HOUSEHOLDS * 500 + 30_000;
const TODAY = beijingDay(new Date());

describe(`a night of the watch over ${HOUSEHOLDS} households whose process is killed ${KILLS} times`, () => {
  let stage: Stage;
  let programs: Programs;
  let members: number;
  beforeAll(async () => {
    buildHub();
    stage = await openStage(Math.ceil(HOUSEHOLDS * 2.4));
    const { owner } = stage.base;
    await owner.query('truncate entitlement cascade');
    await owner.query(
      `insert into entitlement (id, region_code, household_id, programme, since)
       select gen_random_uuid(), region_code, id, 'LOW_RENT', '2023-05-01' from household
       where region_code like '15%' and closed_on is null order by id limit $1`,
      [HOUSEHOLDS],
    );
    await owner.query(
      `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on)
       select distinct on (e.household_id) gen_random_uuid(), e.region_code, e.household_id, 'RE_CHECK', 'LOW_RENT', m.person_id, $1::date
       from entitlement e join household_member m on m.household_id = e.household_id and m.to_date is null order by e.household_id, m.relation = 'APPLICANT' desc`,
      [TODAY],
    );
    await owner.query(
      `insert into letter (id, region_code, household_id, case_id, purpose, sources, notice_version, signed_on, valid_until, registered_by)
       select gen_random_uuid(), region_code, household_id, id, 'CHANGE_WATCH', '{property,vehicle}', '1', $1, '2099-12-31', 'test' from housing_case where kind = 'RE_CHECK'`,
      [TODAY],
    );
    const signed = await owner.query(
      `insert into letter_member (letter_id, person_id, region_code, signature, signed_by)
       select distinct on (l.id, m.person_id) l.id, m.person_id, l.region_code, case when grown then 'SELF' else 'GUARDIAN' end, case when grown then m.person_id else c.applicant_id end
       from letter l join housing_case c on c.id = l.case_id join household_member m on m.household_id = l.household_id and m.to_date is null
       join person p on p.id = m.person_id cross join lateral (select p.birth_date <= $1::date - interval '18 years' as grown) as g
       where l.purpose = 'CHANGE_WATCH'`,
      [TODAY],
    );
    members = signed.rowCount!;
    /* Everybody has a car since yesterday, and nothing else that is new. */
    await stage.world.owner.query(`update property.unit set registered_on = '2010-01-01'`);
    await stage.world.owner.query(`update vehicle.vehicle set first_registered_on = '2010-01-01'`);
    await stage.world.owner.query(
      `insert into vehicle.vehicle select id_number, name, '蒙K' || row_number() over (order by id_number), '02', 'LVIN' || row_number() over (order by id_number), '试', $1::date - 1, 'NORMAL', 4000000 from police.person`,
      [TODAY],
    );
    programs = await programsOf(stage);
  }, LIMIT_MS);
  afterAll(async () => {
    await programs.close();
    await stage.close();
  });

  const one = async <Row>(text: string): Promise<Row> => (await stage.base.owner.query(text)).rows[0] as Row;
  const progress = () => written(stage.base.owner);
  /** The errand is out of the queue. */
  const done = async () =>
    (
      await one<{ n: number }>(
        `select count(*)::int as n from graphile_worker.jobs where task_identifier = 'watch-changes'`,
      )
    ).n === 0;
  const begin = () => stage.hub.db.app.query(`select enqueue('watch-changes', '{}'::json, null, 'watch-changes')`);
  const came = async () =>
    (
      await stage.base.owner.query(
        `select household_id, person_id, kind, source, item, dated_on::text, state from change order by person_id, household_id, kind, item`,
      )
    ).rows as object[];

  it(
    'ends as an undisturbed one does: each new thing told once, and no value left',
    async () => {
      const from = await progress();
      const worker = await stage.work();
      await begin();
      while (!(await done()));
      await worker.stop();
      const bytes = (await progress()) - from;
      const calm = await came();
      expect(calm.length).toBeGreaterThan(members * 0.8);
      expect(calm.length).toBeLessThanOrEqual(members);
      await stage.base.owner.query('truncate change, watch_mark, answer, deferred_query cascade');

      const points = fc.sample(fc.noBias(fc.integer({ min: 1, max: Math.floor((1.6 * bytes) / KILLS) })), {
        ...{ seed: runSeed(), numRuns: KILLS },
      });
      let kills = 0;
      await begin();
      for (const point of points) {
        if (await done()) break;
        const start = await progress();
        const program = programs.work();
        while ((await progress()) - start < point && !(await done()));
        expect(await program.end('SIGKILL')).toBeNull();
        kills += (await done()) ? 0 : 1;
      }
      const last = await stage.work();
      while (!(await done()));
      await last.stop();
      process.stderr.write(`killed ${kills} times in the night\n`);
      expect(kills).toBeGreaterThan(0);
      expect(await came()).toEqual(calm);
      expect(await one(`select count(value)::int as n from answer`)).toEqual({ n: 0 });
    },
    LIMIT_MS,
  );
});
