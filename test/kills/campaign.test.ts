import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { beijingDay } from '../../src/access/day';
import { checkReviews } from '../../src/commands/check-reviews';
import { openReviewCampaign } from '../../src/commands/open-review-campaign';
import { openStage, type Stage } from '../cross-check/stage';
import { buildHub } from '../support/program';
import { runSeed } from '../support/seed';
import { programsOf, written, type Programs } from './support/programs';
import { told } from './support/told';

/** Long form: npm run long:campaign. */
const HOUSEHOLDS = Number(process.env.KILLS_HOUSEHOLDS ?? 160);
const KILLS = Number(process.env.KILLS ?? 4);
const LIMIT_MS = HOUSEHOLDS * 500 + 60_000;
const TODAY = beijingDay(new Date());
const CAMPAIGN = { region: '15', year: Number(TODAY.slice(0, 4)) };

/** What a review came to, without what differs between two runs: ids, and instants. */
interface Came {
  readonly household: string;
  readonly state: string;
  readonly exempt: string | null;
  readonly due: string;
  readonly steps: readonly string[];
  readonly applicant: string | null;
  readonly report: object | null;
}

describe(`a campaign over ${HOUSEHOLDS} households whose process is killed ${KILLS} times`, () => {
  let stage: Stage;
  let programs: Programs;
  beforeAll(async () => {
    buildHub();
    stage = await openStage(Math.ceil(HOUSEHOLDS * 2.4));
    /* Every file of Inner Mongolia is secured; some since this year. */
    await stage.base.owner.query('truncate entitlement cascade');
    await stage.base.owner.query(
      `insert into entitlement (id, region_code, household_id, programme, since)
       select gen_random_uuid(), region_code, id, 'LOW_RENT', case row_number() over (order by id) % 10 when 0 then date_trunc('year', $2::date) else date '2023-05-01' end
       from (select * from household where region_code like '15%' and closed_on is null order by id limit $1) as h`,
      [HOUSEHOLDS, TODAY],
    );
    await stage.base.owner.query('analyze entitlement');
    programs = await programsOf(stage);
  }, LIMIT_MS);
  afterAll(async () => {
    await programs.close();
    await stage.close();
  }, LIMIT_MS);

  const one = async <Row>(text: string, values: unknown[] = []): Promise<Row> =>
    (await stage.base.owner.query(text, values)).rows[0] as Row;
  const progress = () => written(stage.base.owner);
  const complete = async () =>
    (await one<{ yes: boolean }>('select bool_and(complete) as yes from review_campaign')).yes;
  const checked = async () =>
    (await one<{ yes: boolean }>(`select count(*) > 0 and bool_and(state = 'COMPLETED') as yes from cross_check`)).yes;

  async function came(): Promise<Came[]> {
    const { rows } = await stage.base.owner.query<Omit<Came, 'report'> & { body: string | null }>(
      `select r.household_id as household, r.state, r.exempt_as as exempt, r.due_on::text as due, c.applicant_id as applicant,
         array(select kind from review_step s where s.review_id = r.id order by at, id) as steps, p.body
       from annual_review r left join housing_case c on c.id = r.case_id left join case_report k on k.case_id = c.id
       left join lateral (select body from report where cross_check_id = k.cross_check_id and household_id = k.household_id and hash = k.hash) p on true
       order by 1`,
    );
    return rows.map(({ body, ...row }) => ({ ...row, report: body === null ? null : told(JSON.parse(body)) }));
  }
  /** By the officer's verb; what follows is the worker's. */
  const open = async () => void (await openReviewCampaign(stage.as('15'), CAMPAIGN));

  /** Every second case gets its letter, to sources that answer at once; everybody has declared. */
  async function letters(): Promise<void> {
    const { owner } = stage.base;
    await owner.query(
      `insert into letter (id, region_code, household_id, case_id, purpose, sources, notice_version, signed_on, valid_until, registered_by)
       select gen_random_uuid(), region_code, household_id, case_id, 'ANNUAL_REVIEW', '{property,vehicle,provident-fund}', '1', $1, '2099-12-31', 'test'
       from annual_review where case_id is not null and ('x' || right(household_id::text, 1))::bit(4)::int % 2 = 0`,
      [TODAY],
    );
    await owner.query(
      `insert into letter_member (letter_id, person_id, region_code, signature, signed_by)
       select distinct on (l.id, m.person_id) l.id, m.person_id, l.region_code, case when grown then 'SELF' else 'GUARDIAN' end, case when grown then m.person_id else c.applicant_id end
       from letter l join housing_case c on c.id = l.case_id join household_member m on m.household_id = l.household_id and m.to_date is null
       join person p on p.id = m.person_id cross join lateral (select p.birth_date <= $1::date - interval '18 years' as grown) as g
       where l.purpose = 'ANNUAL_REVIEW'`,
      [TODAY],
    );
    await owner.query(
      `insert into review_step (id, region_code, household_id, review_id, kind, at, on_day, taken_by, role, office)
       select gen_random_uuid(), region_code, household_id, id, 'DECLARATION', now(), $1, 'test', 'COUNTY_HOUSING', region_code
       from annual_review where case_id is not null order by id`,
      [TODAY],
    );
  }

  async function undisturbed(): Promise<{ came: Came[]; opening: number; checking: number }> {
    const from = await progress();
    const worker = await stage.work();
    await open();
    while (!(await complete()));
    const opened = await progress();
    await letters();
    const before = await progress();
    const checks = await checkReviews(stage.as('15'), CAMPAIGN);
    for (const id of checks) await stage.completed(id);
    await worker.stop();
    return { came: await came(), opening: opened - from, checking: (await progress()) - before };
  }

  /** Kills at these amounts of progress, each counted from the first work of its process, until it is done. Returns how many kills there were. */
  async function killedAt(points: readonly number[], done: () => Promise<boolean>): Promise<number> {
    let kills = 0;
    for (const point of points) {
      const from = await progress();
      const worker = programs.work();
      while ((await progress()) - from < point && !(await done()));
      expect(await worker.end('SIGKILL')).toBeNull();
      if (await done()) return kills;
      kills++;
    }
    const worker = await stage.work();
    while (!(await done()));
    await worker.stop();
    return kills;
  }

  /** All of the campaign; earlier reviews, which the population has behind it, stay. */
  const forgetAll = () =>
    stage.base.owner.query(
      `create temp table of_campaign as select case_id from annual_review where case_id is not null;
       truncate review_step, annual_review, review_campaign, case_report, evidence_task, report, evaluation, answer, deferred_query, cross_check, cross_check_household cascade;
       alter table letter_member disable trigger user; alter table letter disable trigger user;
       delete from letter_member where letter_id in (select id from letter where purpose = 'ANNUAL_REVIEW');
       delete from letter where purpose = 'ANNUAL_REVIEW';
       alter table letter_member enable trigger user; alter table letter enable trigger user;
       delete from housing_case where id in (select case_id from of_campaign)`,
    );

  it(
    'ends as an undisturbed one does: each household reviewed once, in the same state, with the same words',
    async () => {
      const calm = await undisturbed();
      expect(calm.came).toHaveLength(HOUSEHOLDS);
      expect(new Set(calm.came.map(({ state }) => state))).toEqual(new Set(['EVALUATED', 'EXEMPT']));
      expect(calm.came.some(({ report }) => report !== null)).toBe(true);
      await forgetAll();

      const share = (bytes: number) =>
        fc.sample(fc.noBias(fc.integer({ min: 1, max: Math.floor((1.6 * bytes) / KILLS) })), {
          seed: runSeed(),
          numRuns: Math.ceil(KILLS / 2),
        });
      await open();
      const opening = await killedAt(share(calm.opening), complete);
      await letters();
      await checkReviews(stage.as('15'), CAMPAIGN);
      const checking = await killedAt(share(calm.checking), checked);
      process.stderr.write(`killed ${opening} times at the opening and ${checking} times in the checks\n`);
      expect(opening + checking).toBeGreaterThan(0);
      /* By household, so that of fifty thousand only those that differ are laid side by side. */
      const now = new Map((await came()).map((each) => [each.household, each]));
      expect(now.size).toBe(calm.came.length);
      const differing = calm.came.filter((each) => !isDeepStrictEqual(each, now.get(each.household)));
      expect(differing.slice(0, 2).map(({ household }) => now.get(household))).toEqual(differing.slice(0, 2));
    },
    LIMIT_MS,
  );
});
