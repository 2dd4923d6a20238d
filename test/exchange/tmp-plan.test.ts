import { recall, recallValues } from '../../src/exchange/statements/recall';
import { loggedRead } from '../../src/audit/reads';
import { inScope } from '../../src/store/database';
import { PURPOSE } from './support/family';
import { smallHub } from './support/hub';
import { ABSENT, KNOWN, OTHER } from '../sandbox/support/world';
it('plans', async () => {
  const hub = await smallHub();
  const family = await hub.family([KNOWN, ABSENT, OTHER]);
  const q = { source: 'property', purpose: PURPOSE, fields: ['units'], asks: family.asks };
  const values = recallValues(q, q.asks, hub.time.now, new Date('2026-10-20'));
  const cfg = loggedRead(recall, values, { source: 'property', fields: ['units'] }, hub.session);
  await inScope(hub.base.db.app, ['150402'], async (client) => {
    const out: number[] = [];
    for (let i = 0; i < 12; i++) { const t = process.hrtime.bigint(); await client.query(cfg); out.push(Number(process.hrtime.bigint() - t) / 1e6); }
    console.log(out.map((x) => x.toFixed(1)).join(' '));
    await client.query("set local plan_cache_mode = force_custom_plan");
    const text = cfg.text!;
    const { rows } = await client.query({ text: `explain (analyze, costs off, timing off, summary on) ${text}`, values: cfg.values as unknown[] });
    console.log(rows.map((r: Record<string, string>) => r['QUERY PLAN']).join('\n').slice(-6000));
  });
  await hub.close();
});
