import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Exchange } from '../../src/exchange';
import type { Hub } from '../../src/context';
import { runCrossCheck } from '../../src/jobs/run-cross-check';
import { lackingOfLast, openTasks } from '../judgement/support/lacking';
import { openStage, type Stage } from './stage';

const NEVER = new AbortController().signal;

describe('a cross-check that is interrupted', () => {
  let stage: Stage;
  let households: string[];

  beforeAll(async () => {
    stage = await openStage(640);
    await stage.sandbox.control.set('civil-affairs', { readyAfterMs: 0 });
    const { rows } = await stage.base.owner.query<{ id: string }>(
      `select id from household where region_code like '15%' order by id limit 310`,
    );
    households = rows.map(({ id }) => id);
  });
  afterEach(() => stage.base.owner.query('delete from graphile_worker._private_jobs'));
  afterAll(() => stage.close());

  const tally = async (id: string) =>
    (
      await stage.base.owner.query<{
        households: number;
        reports: number;
        evaluations: number;
        states: string[];
        state: string;
        done: number;
      }>(
        `select (select count(distinct household_id)::int from report where cross_check_id = $1) as households,
           (select count(*)::int from report where cross_check_id = $1) as reports,
           (select count(*)::int from evaluation where cross_check_id = $1) as evaluations,
           (select array_agg(distinct state order by state) from cross_check_household where cross_check_id = $1) as states, state, done
         from cross_check where id = $1`,
        [id],
      )
    ).rows[0]!;
  const answersTwice = async (): Promise<number> =>
    (
      await stage.base.owner.query(
        `select from answer where status <> 'PENDING' group by person_id, case_id, source, query_id having count(*) > 1`,
      )
    ).rowCount!;
  const run = (id: string, on: Partial<Hub> = {}) =>
    runCrossCheck.run({ crossCheckId: id }, { ...stage.hub, ...on }, NEVER);
  const whole = async (id: string) => {
    expect(await tally(id)).toMatchObject({
      state: 'COMPLETED',
      states: ['DONE'],
      households: households.length,
      reports: households.length,
      done: households.length,
    });
    /* Tasks are written with the reports: whatever was cut off, they say what the reports say. */
    const lacking = await lackingOfLast(stage.base.owner);
    expect(await openTasks(stage.base.owner)).toEqual(lacking);
    expect(lacking.length).toBeGreaterThan(0);
  };

  /** Cuts the job off at the n-th call of a step, before it or after. */
  function cut(step: 'ask' | 'evaluate' | 'sign', nth: number, when: 'before' | 'after'): Partial<Hub> {
    let calls = 0;
    const stop = () => {
      throw new Error('killed here');
    };
    const cutting =
      <Args extends unknown[], Result>(work: (...args: Args) => Result) =>
      (...args: Args): Result => {
        calls++;
        if (calls === nth && when === 'before') stop();
        const result = work(...args);
        if (calls === nth) return (result instanceof Promise ? result.then(stop) : stop()) as Result;
        return result;
      };
    const { exchange, engine, signer } = stage.hub;
    if (step === 'ask')
      return {
        exchange: { ...exchange, ask: cutting<Parameters<Exchange['ask']>, ReturnType<Exchange['ask']>>(exchange.ask) },
      };
    if (step === 'evaluate') return { engine: { ...engine, evaluate: cutting(engine.evaluate) } };
    return { signer: { ...signer, sign: cutting(signer.sign) } };
  }

  it.each([
    ['ask', 6, 'before'],
    ['ask', 6, 'after'],
    ['evaluate', 2, 'before'],
    ['evaluate', 2, 'after'],
    ['sign', 200, 'after'],
  ] as const)('at %s %i, %s it, loses no household and reports none twice', async (step, nth, when) => {
    const id = await stage.request(stage.as('15'), { households });
    await expect(run(id, cut(step, nth, when))).rejects.toThrow('killed here');
    const half = await tally(id);
    expect(half.state).toBe('RUNNING');
    expect(half.reports).toBeLessThan(households.length);
    await run(id);
    await whole(id);
    expect(await answersTwice()).toBe(0);
  });

  /* Before any worker is there that would take the job, too. */
  it('whose letters end while it runs asks nobody of them any more, on the page under way and on those to come [G6]', async () => {
    await stage.base.owner.query('truncate answer, deferred_query');
    const id = await stage.request(stage.as('15'), { households });
    const ended = [...households.slice(160, 180), ...households.slice(300)];
    let asks = 0;
    let ending: Promise<unknown> | undefined;
    const end = async () => {
      stage.sandbox.control.resetCounts();
      await stage.base.owner.query(
        `update letter set ended_on = current_date, end_reason = 'WITHDRAWN' where household_id = any ($1::uuid[]) and state = 'ACTIVE'`,
        [ended],
      );
    };
    /** The page was looked up, its questions are put: then the letters end. */
    const ask: Exchange['ask'] = async (question, session) => {
      if (++asks > stage.hub.exchange.connectors.length) await (ending ??= end());
      return stage.hub.exchange.ask(question, session);
    };
    await run(id, { exchange: { ...stage.hub.exchange, ask } });
    const { rows } = await stage.base.owner.query<{ alive: number; answered: number; reported: string[] }>(
      `select (select count(*)::int from letter_member m join letter l on l.id = m.letter_id and l.state = 'ACTIVE'
               where l.household_id = any ($1::uuid[])) as alive,
         (select count(*)::int from answer where household_id = any ($2::uuid[])) as answered,
         (select array_agg(distinct body::jsonb ->> 'letter') from report where cross_check_id = $3 and household_id = any ($2::uuid[])) as reported`,
      [households.slice(150), ended, id],
    );
    expect(stage.sandbox.control.state('property').counts.people).toBe(rows[0]!.alive);
    expect(rows[0]!.answered).toBe(0);
    expect(rows[0]!.reported).toEqual([null]);
    await whole(id);
  });

  it('by kill -9 of its process, is finished by the next one', async () => {
    const id = await stage.request(stage.as('15'), { households });
    const worker = spawn(
      process.execPath,
      ['-r', '@swc-node/register', require.resolve('./worker-process.ts'), JSON.stringify(stage.parts)],
      { stdio: 'inherit' },
    );
    const notices = stage.hub.listener.follow('cross_check', NEVER);
    while ((await tally(id)).reports === 0) await notices.next();
    await notices.return(undefined);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    expect(await tally(id)).toMatchObject({ state: 'RUNNING' });
    await stage.work();
    await stage.completed(id);
    await whole(id);
  });

  it('stops between two pages when its process is asked to stop, and leaves the rest to the next', async () => {
    const id = await stage.request(stage.as('15'), { households });
    await runCrossCheck.run({ crossCheckId: id }, stage.hub, AbortSignal.abort());
    expect(await tally(id)).toMatchObject({ state: 'RUNNING' });
    await stage.work();
    await stage.completed(id);
    await whole(id);
  });

  it('run by two workers at once reports every household once', async () => {
    const id = await stage.request(stage.as('15'), { households });
    await Promise.all([run(id), run(id), run(id)]);
    await whole(id);
    expect((await tally(id)).evaluations).toBe(households.length);
  });

  it('that nobody knows of is no work', async () => {
    await expect(run(randomUUID())).resolves.toBeUndefined();
  });

  it('and has lost its job is found by the sweep', async () => {
    const id = await stage.request(stage.as('15'), { households: households.slice(0, 2) });
    await stage.base.owner.query('delete from graphile_worker._private_jobs');
    const swept = () =>
      stage.hub.db.app.query<{ n: number }>('select sweep_cross_checks(now()) as n').then(({ rows }) => rows[0]!.n);
    expect(await swept()).toBeGreaterThan(0);
    expect(await swept()).toBe(0);
    await stage.work();
    await stage.completed(id);
  });
});
