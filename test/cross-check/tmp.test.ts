import { openStage, type Stage } from './stage';
describe('tmp', () => {
  let stage: Stage;
  beforeAll(async () => void (stage = await openStage(2400)), 120000);
  afterAll(() => stage.close());
  it('bulk', async () => {
    const t0 = performance.now();
    const { exchange, engine } = stage.hub;
    const timed = <A extends unknown[], R>(name: string, f: (...a: A) => Promise<R>) => async (...a: A) => { const t = performance.now(); const r = await f(...a); process.stderr.write(`${((performance.now()-t0)/1000).toFixed(1)} ${name} ${(performance.now() - t).toFixed(0)}; `); return r; };
    await stage.work({
      exchange: { ...exchange, ask: (q, s) => timed(q.source.slice(0, 3), () => exchange.ask(q, s))() },
      engine: { ...engine, evaluate: timed('EVAL', engine.evaluate), missing: timed('missing', engine.missing) },
    });
    const { rows } = await stage.base.owner.query<{ id: string }>(`select id from household where region_code like '45%' order by id`);
    const id = await stage.request(stage.as('45'), { households: rows.map((r) => r.id) });
    await stage.completed(id);
    process.stderr.write(`\n${rows.length} in ${((performance.now()-t0)/1000).toFixed(1)} s, cpu ${JSON.stringify(process.cpuUsage())}\n`);
    const { rows: q } = await stage.base.owner.query(`select name, calls from (select 1) x, lateral (select 'x' as name, 1 as calls) y`);
  }, 280000);
});
