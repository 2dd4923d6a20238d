import { beijingDay } from '../access/day';
import { actingAs } from '../audit/writes';
import { systemViewer, type Hub } from '../context';
import type { Job } from '../queue/job';
import { inScope } from '../store/database';
import { clocksAgree } from './clocks-agree';

/**
 * Every month that is over, or in which somebody has left, of every lease: charged where it was not, adjusted where it is due otherwise since. One
 * statement, and so a region's months are all there or none; run again it finds nothing to do.
 */
const CHARGE = `
  with due as (
    select k.id, k.household_id, m::date as month, rent_of_month(k.id, m::date) as fen, rent_charged(k.id, m::date) as charged,
      exists (select from rent_entry e where e.contract_id = k.id and e.month = m::date and e.kind = 'CHARGE') as known
    from contract k
    cross join generate_series(date_trunc('month', k.charged_from), date_trunc('month', least($2::date, coalesce(k.charged_until, $2::date))), interval '1 month') m
    where k.region_code = $1 and k.kind = 'LEASE' and k.charged_from <= $2::date and (m + interval '1 month' <= $2::date or k.charged_until <= $2::date)
  )
  insert into rent_entry (id, region_code, household_id, contract_id, kind, month, amount_fen, at, on_day, taken_by, role, office)
  select gen_random_uuid(), $1, household_id, id, case when known then 'ADJUSTMENT' else 'CHARGE' end, month, fen - charged, $3, $2, 'hub:charge-rents', 'HUB', $1
  from due where not known or fen <> charged order by id, month`;

/** 应收租金: by the clock, each month once. */
export const chargeRents: Job<Pick<Hub, 'db' | 'now' | 'clockDrift' | 'log'>> = {
  task: 'charge-rents',
  schedule: '55 16 * * *', // 00:55 in Beijing
  async run(_payload, hub, signal) {
    await clocksAgree(hub, 'charge-rents');
    const { db, now } = hub;
    const at = now();
    const today = beijingDay(at);
    const { rows } = await db.engine.query<{ region: string }>(
      `select distinct region_code as region from contract where charged_from <= $1 order by 1`,
      [today],
    );
    for (const { region } of rows) {
      if (signal.aborted) return;
      await inScope(db.app, [region], async (client) => {
        const viewer = systemViewer(region, [region], 'hub:charge-rents');
        await client.query(actingAs({ viewer, requestId: `charge-rents:${today}` }, 'chargeRents'));
        await client.query(`select pg_advisory_xact_lock(hashtextextended('rent of ' || $1, 0))`, [region]);
        await client.query(CHARGE, [region, today, at]);
      });
    }
  },
};
