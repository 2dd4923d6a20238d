import { carriedOutBy, clause } from '../../../src/clauses';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import type { DwellingEvent } from '../../../schema/tenancy/dwelling-event';
import { groupedInOrder, loaderOf } from '../../loader';

/*
 * Each from its own record: the stock, its steps, and what was offered and signed of it. Signing and handing over are steps of an allotment
 * and of a contract at once; each is shown where it stands. A batch is the one for which whoever got it was invited.
 */
const EVENTS = {
  name: 'events-of-dwellings',
  text: `
    select dwelling_id as "dwellingId", kind, step, on_day as "onDay", office, document_number as "documentNumber" from (
      select id as dwelling_id, 'PROJECT' as kind, 'RECORDED' as step, (recorded_at at time zone 'Asia/Shanghai')::date as on_day, region_code as office,
        project as document_number, recorded_at as at, 0 as place, 0 as nth
      from dwelling where id = any ($1::uuid[])
      union all
      select dwelling_id, case when kind in ('START','COMPLETION','ACCEPTANCE') then 'CONSTRUCTION' when kind in ('RELEASE','FREEZE') then 'RAISING'
        when kind in ('BATCHING','UNBATCHING') then 'BATCH' when kind in ('ALLOTMENT','RETURN') then 'ALLOTMENT' else 'OCCUPANCY' end,
        case when kind = 'RELEASE' then coalesce((select w.raising from dwelling w where w.id = dwelling_id), kind) else kind end,
        on_day, office, document_number, at, case when kind in ('HANDOVER','RECOVERY','REPURCHASE','CONVERSION') then 9 else 1 end, version
      from dwelling_step where dwelling_id = any ($1::uuid[])
      union all
      select a.dwelling_id, 'BATCH', 'INVITATION', s.on_day, s.office, s.batch, s.at, 1, s.version
      from allotment a join waiting_step s on s.entry_id = a.entry_id and s.kind = 'INVITATION' and s.at <= a.offered_at where a.dwelling_id = any ($1::uuid[])
      union all
      select a.dwelling_id, 'ALLOTMENT', 'OFFER', a.offered_on, a.office, a.document_number, a.offered_at, 2, 0 from allotment a where a.dwelling_id = any ($1::uuid[])
      union all
      select a.dwelling_id, 'ALLOTMENT', s.kind, s.on_day, s.office, s.document_number, s.at, 3, s.version
      from allotment a join tenancy_step s on s.subject_id = a.id and s.noun = 'ALLOTMENT' where a.dwelling_id = any ($1::uuid[])
      union all
      select k.dwelling_id, 'CONTRACT', 'DRAWN', (k.drawn_at at time zone 'Asia/Shanghai')::date, k.region_code, null, k.drawn_at, 4, 0
      from contract k where k.dwelling_id = any ($1::uuid[])
      union all
      select k.dwelling_id, 'CONTRACT', s.kind, s.on_day, s.office, s.document_number, s.at, 5, s.version
      from contract k join tenancy_step s on s.subject_id = k.id and s.noun = 'CONTRACT' where k.dwelling_id = any ($1::uuid[])
    ) as event order by on_day, at, place, nth, step`,
};

/** 从开发建设到申请审核分配的全过程, of one dwelling. */
const WHOLE_WAY = carriedOutBy('DATA', clause('IM-5.4'));

/** Everything that became of a dwelling, the earliest first. */
export function eventsOf(ctx: RequestContext, dwellingId: string): Promise<DwellingEvent[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'events of dwellings', async (ids) => {
    const rows = await queryInScope<DwellingEvent & { dwellingId: string }>(hub.db.app, viewer.regions, {
      ...EVENTS,
      values: [ids],
    });
    WHOLE_WAY();
    return groupedInOrder(ids, rows, (row) => row.dwellingId);
  });
  return loader.load(dwellingId);
}
