import fc from 'fast-check';
import { openStage, type Stage } from '../cross-check/stage';
import { buildHub } from '../support/program';
import { runSeed } from '../support/seed';
import { programsOf, written, type Programs } from './support/programs';
import { told } from './support/told';

/** Long form: npm run long:kills. */
const HOUSEHOLDS = Number(process.env.KILLS_HOUSEHOLDS ?? 300);
const KILLS = Number(process.env.KILLS ?? 4);
const LIMIT_MS = HOUSEHOLDS * 500 + 60_000;
const PAGE = 150;
const PROMPT = ['property', 'vehicle', 'provident-fund'];

interface Outcome {
  readonly household: string;
  readonly finals: number;
  readonly last: object;
}

describe(`a cross-check of ${HOUSEHOLDS} households whose process is killed ${KILLS} times`, () => {
  let stage: Stage;
  let households: string[];
  let programs: Programs;
  beforeAll(async () => {
    buildHub();
    stage = await openStage(Math.ceil(HOUSEHOLDS * 2.4));
    for (const source of ['civil-affairs', 'police']) await stage.sandbox.control.set(source, { readyAfterMs: 0 });
    const { rows } = await stage.base.owner.query<{ id: string }>(
      `select id from household where region_code like '15%' order by id limit $1`,
      [HOUSEHOLDS],
    );
    households = rows.map(({ id }) => id);
    expect(households).toHaveLength(HOUSEHOLDS);
    programs = await programsOf(stage);
  }, LIMIT_MS);
  afterAll(async () => {
    await programs.close();
    await stage.close();
  });

  const progress = () => written(stage.base.owner);
  const stateOf = async (id: string) =>
    (await stage.base.owner.query<{ state: string }>('select state from cross_check where id = $1', [id])).rows[0]!
      .state;
  const asked = () => PROMPT.map((source) => stage.sandbox.control.state(source).counts.people);

  /** What each household was told, without what differs between two runs: ids of answers, and instants. */
  async function outcomes(id: string): Promise<Outcome[]> {
    const { rows } = await stage.base.owner.query<{ household: string; finals: number; body: string }>(
      `select household_id as household, count(*) filter (where final)::int as finals,
         (array_agg(body order by version desc))[1] as body
       from report where cross_check_id = $1 group by household_id order by household_id`,
      [id],
    );
    return rows.map(({ household, finals, body }) => ({ household, finals, last: told(JSON.parse(body)) }));
  }
  async function undisturbed(): Promise<{ outcomes: Outcome[]; asked: number[]; bytes: number }> {
    const from = await progress();
    const worker = await stage.work();
    const id = await stage.request(stage.as('15'), { households });
    await stage.completed(id);
    await worker.stop();
    return { outcomes: await outcomes(id), asked: asked(), bytes: (await progress()) - from };
  }

  /** Kills at these amounts of progress, each counted from the first work of its process. Returns how many kills there were. */
  async function killedAt(points: readonly number[], id: string): Promise<number> {
    let kills = 0;
    for (const point of points) {
      const from = await progress();
      const worker = programs.work();
      while ((await progress()) - from < point && (await stateOf(id)) !== 'COMPLETED');
      expect(await worker.end('SIGKILL')).toBeNull();
      if ((await stateOf(id)) === 'COMPLETED') return kills;
      kills++;
    }
    return kills;
  }

  it(
    'ends as an undisturbed one does: each household reported once, with the same words, no answer twice',
    async () => {
      const calm = await undisturbed();
      await stage.base.owner.query('truncate answer, deferred_query');
      stage.sandbox.control.resetCounts();
      const share = Math.floor((1.6 * calm.bytes) / KILLS);
      const points = fc.sample(fc.noBias(fc.integer({ min: 1, max: share })), { seed: runSeed(), numRuns: KILLS });
      const id = await stage.request(stage.as('15'), { households });
      const kills = await killedAt(points, id);
      process.stderr.write(`killed ${kills} times, after ${points.join(', ')} bytes of ${calm.bytes}\n`);
      expect(kills).toBeGreaterThan(0);
      const worker = await stage.work();
      await stage.completed(id);
      await worker.stop();
      expect(await outcomes(id)).toEqual(calm.outcomes);
      expect(calm.outcomes.map(({ finals }) => finals)).toEqual(households.map(() => 1));
      await nothingTwice();
      expectOnlyLostCallsAgain(calm.asked, kills, await peopleOfAPage());
    },
    LIMIT_MS,
  );

  async function nothingTwice(): Promise<void> {
    const { rows } = await stage.base.owner.query<Record<string, number>>(
      `select (select count(*)::int from (select from answer where status <> 'PENDING'
                 group by person_id, case_id, source, query_id having count(*) > 1) a) as answers,
              (select count(*)::int from (select from answer where status in ('FOUND', 'NOT_FOUND') and source = any ($1)
                 group by person_id, case_id, source having count(*) > 1) a) as again`,
      [PROMPT],
    );
    expect(rows[0]).toEqual({ answers: 0, again: 0 });
  }

  /** At most one page is under way when a process is killed. */
  function expectOnlyLostCallsAgain(calm: readonly number[], kills: number, page: number): void {
    asked().forEach((people, index) => {
      expect(people).toBeGreaterThanOrEqual(calm[index]!);
      expect(people).toBeLessThanOrEqual(calm[index]! + kills * page);
    });
  }

  async function peopleOfAPage(): Promise<number> {
    const { rows } = await stage.base.owner.query<{ people: number }>(
      `select sum(n)::int as people from (select count(*) as n from household_member where household_id = any ($1) group by household_id order by 1 desc limit $2) m`,
      [households, PAGE],
    );
    return rows[0]!.people;
  }
});
