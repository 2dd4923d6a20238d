import { beijingDay } from '../access/day';
import { systemViewer, type Hub } from '../context';
import type { Job } from '../queue/job';
import { unlessOvertaken } from '../store/overtaken';
import { allotmentStep, contractStep } from '../store/tenancy/step';
import { clocksAgree } from './clocks-agree';
import { HUB } from '../../schema/admission/moves';
import { TenancyStepKind as Kind } from '../../schema/tenancy/tenancy-step';

interface Due {
  readonly noun: 'ALLOTMENT' | 'CONTRACT';
  readonly id: string;
  readonly version: number;
  readonly region: string;
}

const DUE = `
  select 'ALLOTMENT' as noun, id, version, region_code as region from allotment where state = 'OFFERED' and answer_by < $1
  union all select 'CONTRACT', id, version, region_code from contract where state = 'ACTIVE' and ends_on < $1
  order by noun, id`;
/** Leases whose renewal nobody has asked for: too late by now, or nobody can tell, for no number is in force. */
const RENEWALS = `
  select * from (
    select region_code as region, count(*) filter (where $1::date > ends_on - make_interval(months => ask.months))::int as missed,
      count(*) filter (where ask.months is null)::int as unknown
    from contract k cross join lateral (select parameter_in_force('renewal.ask-months', region_code, $1::date, $2)::int as months) as ask
    where state = 'ACTIVE' and kind = 'LEASE' and renewal_asked_on is null group by region_code
  ) as leases where missed + unknown > 0 order by region`;

interface Renewals {
  readonly region: string;
  readonly missed: number;
  readonly unknown: number;
}

/** 逾期未答复、合同到期: what the clock does with offers and contracts. Nobody has to leave by it; it tells where nobody asked for a renewal in time. */
export const runTenancies: Job<Pick<Hub, 'db' | 'orm' | 'now' | 'clockDrift' | 'log'>> = {
  task: 'run-tenancies',
  schedule: '50 16 * * *', // 00:50 in Beijing
  async run(_payload, hub, signal) {
    await clocksAgree(hub, 'run-tenancies');
    const today = beijingDay(hub.now());
    const { rows } = await hub.db.engine.query<Due>(DUE, [today]);
    for (const { noun, id, version, region } of rows) {
      if (signal.aborted) return;
      const viewer = systemViewer(region, [region], 'hub:run-tenancies');
      const ctx = { hub, viewer, requestId: `run-tenancies:${today}` };
      const taken =
        noun === 'ALLOTMENT'
          ? allotmentStep(ctx, 'lapseAllotment', Kind.LAPSE, { id, version }, { as: HUB })
          : contractStep(ctx, 'expireContract', Kind.EXPIRY, { id, version }, { as: HUB });
      await taken.catch(unlessOvertaken);
    }
    await tellOfRenewals(hub, today);
  },
};

async function tellOfRenewals({ db, log, now }: Pick<Hub, 'db' | 'now' | 'log'>, today: string): Promise<void> {
  const { rows } = await db.engine.query<Renewals>(RENEWALS, [today, now()]);
  for (const { region, missed, unknown } of rows) {
    if (missed > 0) log.warn({ region, missed }, 'leases near their end whose renewal nobody asked for in time');
    if (unknown > 0) log.warn({ region, unknown }, 'not told whose renewal is late: no renewal.ask-months is in force');
  }
}
