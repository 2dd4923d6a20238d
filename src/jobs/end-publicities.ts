import { beijingDay } from '../access/day';
import { systemViewer, type Hub } from '../context';
import type { Job } from '../queue/job';
import { itsPublicity } from '../store/admission/publicity';
import { stepOf } from '../store/admission/step';
import { unlessOvertaken } from '../store/overtaken';
import { clocksAgree } from './clocks-agree';
import { ApplicationStepKind } from '../../schema/admission/application-step';
import { HUB } from '../../schema/admission/moves';

const OVER = `
  select a.id, a.version, a.region_code as region from publicity p join application a on a.id = p.application_id
  where p.state = 'RUNNING' and p.last_day < $1 and a.state = 'PUBLICITY' order by p.last_day, a.id`;

/** 公示期满: settles which days counted of what was posted on the net, then ends each publicity whose last day is over, one transaction each. Killed and run again it ends the rest, and none twice. */
export const endPublicities: Job<Pick<Hub, 'db' | 'orm' | 'now' | 'clockDrift' | 'log'>> = {
  task: 'end-publicities',
  schedule: '10 16 * * *', // 00:10 in Beijing
  async run(_payload, hub, signal) {
    await clocksAgree(hub, 'end-publicities');
    const today = beijingDay(hub.now());
    await hub.db.engine.query('select settle_publicities($1, $2)', [today, hub.now()]);
    const { rows } = await hub.db.engine.query<{ id: string; version: number; region: string }>(OVER, [today]);
    for (const { id: applicationId, version, region } of rows) {
      if (signal.aborted) return;
      const viewer = systemViewer(region, [region], 'hub:end-publicities');
      const ctx = { hub, viewer, requestId: `end-publicities:${today}` };
      await stepOf(
        ctx,
        'endPublicity',
        ApplicationStepKind.PERIOD_END,
        { applicationId, version },
        async (application, em) => ({
          ...(await itsPublicity(application, em)),
          as: HUB,
        }),
      ).catch(unlessOvertaken);
    }
  },
};
