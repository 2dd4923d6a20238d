import { makeEngine } from '../../src/engine';
import { evaluationStatement } from '../../src/engine/evaluate';
import { rules } from '../../src/rules';
import { testDatabase, type TestDatabase } from '../support/database';
import { build, NOW, PURPOSE, TODAY, type Built } from './world/build';
import { cleanFamily } from './world/families';
import { ensureViews } from './world/views';
import { writeFileSync } from 'node:fs';

const engine = makeEngine(rules);
let base: TestDatabase;
let all: Built[] = [];
beforeAll(async () => {
  base = await testDatabase();
  await ensureViews(base.owner);
  await engine.ensureRuleSet(base.db.engine);
  for (let i = 0; i < 10; i++) all = all.concat(await build(base.owner, Array.from({ length: 1000 }, () => cleanFamily)));
  if (process.env.AN) await base.owner.query('analyze');
}, 120000);
afterAll(() => base.close());

it('perf', async () => {
  const client = await base.db.engine.connect();
  const run = async (n: number, times: number, label: string) => {
    const t: number[] = [], m: number[] = [];
    for (let i = 0; i < times; i++) {
      const from = Math.floor(Math.random() * (all.length - n));
      const req = { households: all.slice(from, from + n), purpose: PURPOSE, asOf: TODAY, now: NOW };
      const a = performance.now();
      await engine.evaluate(client, { ...req, crossCheckId: null });
      const b = performance.now();
      await engine.missing(client, req);
      t.push(b - a); m.push(performance.now() - b);
    }
    const p = (x: number[]) => x.slice().sort((a, b) => a - b)[Math.floor(x.length / 2)]!.toFixed(1);
    console.log(label, n, 'first', t.slice(0, 7).map((x) => x.toFixed(1)).join(' '), 'p50', p(t), 'missing p50', p(m));
  };
  await run(1, 60, 'one');
  await run(60, 3, 'page');
  await run(250, 6, 'page');
 await run(1000, 5, 'page');
 await run(5000, 2, 'page');
  const text = evaluationStatement(rules, engine.sources, 'MANY');
  for (const n of [1, 250, 1000]) {
    const hs = all.slice(0, n);
    const r = await client.query('explain (analyze, buffers off, costs on) ' + text, [hs.map((h) => h.householdId), hs.map((h) => h.caseId), hs.map((h) => h.letterId), PURPOSE, TODAY, NOW, null, engine.version]);
    writeFileSync(`/tmp/plan-${n}.txt`, r.rows.map((x) => x['QUERY PLAN']).join('\n'));
  }
  client.release();
}, 120000);
