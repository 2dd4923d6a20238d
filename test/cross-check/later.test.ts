import { days, minutes, seconds } from '../../src/exchange/time';
import { collectDeferred } from '../../src/jobs/collect-deferred';
import { handOver } from '../../src/jobs/hand-over';
import { runCrossCheck } from '../../src/jobs/run-cross-check';
import { honestHouseholds, openHub, openStage, UNHURRIED, type Stage } from './stage';

const NEVER = new AbortController().signal;

describe('a batch that is to be looked for within minutes, while the clock jumps two days ahead and back', () => {
  let stage: Stage;
  let ahead = 0;
  const clock = () => new Date(Date.now() + ahead);
  let hub: Awaited<ReturnType<typeof openHub>>;
  let households: string[];

  beforeAll(async () => {
    stage = await openStage(120);
    households = (await honestHouseholds(stage, '15')).slice(0, 3);
    hub = await openHub(stage.parts, { ...UNHURRIED, retries: 0 }, clock);
  });
  beforeEach(async () => {
    await stage.base.owner.query('truncate answer, deferred_query; delete from graphile_worker._private_jobs');
    for (const source of ['civil-affairs', 'police'])
      await stage.sandbox.control.set(source, { readyAfterMs: minutes(9) });
    stage.sandbox.control.resetCounts();
  });
  afterEach(() => void (ahead = 0));
  afterAll(async () => {
    await hub.close();
    await stage.close();
  });

  const batch = async (source: string): Promise<string> =>
    (
      await stage.base.owner.query<{ id: string }>('select query_id as id from deferred_query where source = $1', [
        source,
      ])
    ).rows[0]!.id;
  /** In how many ms the errand of a source's batch is begun, by the clock that begins errands. */
  const begunIn = async (source: string): Promise<number | undefined> =>
    (
      await stage.base.owner.query<{ ms: number }>(
        `select extract(epoch from run_at - now())::float8 * 1000 as ms from graphile_worker.jobs where key = 'collect-deferred:' || $1`,
        [await batch(source)],
      )
    ).rows[0]?.ms;
  async function check(exchange = hub.exchange): Promise<void> {
    const crossCheckId = await stage.request({ ...stage.as('15'), hub }, { households });
    await runCrossCheck.run({ crossCheckId }, { ...hub, exchange }, NEVER);
    await handOver.run({ crossCheckId }, { ...hub, exchange }, NEVER);
  }
  const collect = async (source: string) => collectDeferred.run({ queryId: await batch(source) }, hub, NEVER);

  it.each(['civil-affairs', 'police'])(
    'between the question and its receipt, is looked for in time (%s)',
    async (source) => {
      const asked = () => stage.sandbox.control.state(source).counts.calls > 0;
      const jumping = await openHub(
        stage.parts,
        { ...UNHURRIED, retries: 0 },
        () => new Date(Date.now() + (asked() ? days(2) : 0)),
      );
      await check(jumping.exchange).finally(() => jumping.close());
      expect(await begunIn(source)).toBeLessThanOrEqual(minutes(15));
    },
  );

  it('while it is looked for, is looked for again in time, though another batch comes in and its households are judged meanwhile', async () => {
    await stage.sandbox.control.set('civil-affairs', { readyAfterMs: seconds(2) });
    await check();
    ahead = days(2);
    await collect('police');
    ahead = 0;
    const open = 'select from deferred_query where source = $1 and collected_at is null';
    while ((await stage.base.owner.query(open, ['civil-affairs'])).rowCount === 1) await collect('civil-affairs');
    expect(await begunIn('police')).toBeLessThanOrEqual(minutes(15)); // what seems two days old is looked for so rarely
  });

  it.each(['civil-affairs', 'police'])(
    'and whose errand is lost meanwhile, is put back by the next sweep, once (%s)',
    async (source) => {
      await check();
      ahead = days(2);
      await collect(source);
      ahead = 0;
      await stage.base.owner.query('delete from graphile_worker._private_jobs');
      const sweep = () => stage.hub.db.app.query('select sweep_cross_checks($1)', [clock()]);
      await sweep();
      expect(await begunIn(source)).toBeLessThanOrEqual(0);
      const errands = 'select id, key, run_at from graphile_worker.jobs where key like $1 order by id';
      const put = (await stage.base.owner.query(errands, [`%${await batch(source)}`])).rows;
      await sweep();
      expect((await stage.base.owner.query(errands, [`%${await batch(source)}`])).rows).toEqual(put);
      expect(put.length).toBe(1);
    },
  );
});
