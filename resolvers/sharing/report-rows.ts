import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { readPersonal } from '../../src/store/reads';
import { inOrder, loaderOf } from '../loader';
import { viewOf } from './report-view';

interface ReportRow {
  readonly householdId: string;
  readonly at: Date;
  readonly version: number;
  readonly final: boolean;
  readonly canonical: string;
  readonly hash: string;
  readonly signature: string;
}

export type ReportView = ReportRow & ReturnType<typeof viewOf>;

/** The last version per household. A row per member, because the look is logged for each; the first carries the text. */
const LAST_REPORTS: PersonalSelect = {
  name: 'last-reports',
  takes: 2,
  text: `select m.person_id, r.household_id as "householdId", r.at, r.version, r.final, r.hash, r.signature,
           case when m.place is null or m.place = 1 then r.body end as canonical
         from cross_check c
         cross join unnest($2::uuid[]) as asked (id)
         cross join lateral (
           select * from report where cross_check_id = c.id and household_id = asked.id order by version desc limit 1
         ) r
         left join lateral (
           select person_id, row_number() over (order by person_id) as place from household_member
           where household_id = r.household_id and from_date <= c.as_of and (to_date is null or to_date >= c.as_of) group by person_id
         ) m on true
         where c.id = $1`,
};

/** The last report on a household; those of all households of a page by one statement. Null before the first. */
export function loadReport(
  ctx: RequestContext,
  crossCheckId: string,
  householdId: string,
  selected: ReadonlySet<string>,
): Promise<ReportView | null> {
  const fields = [...selected].sort();
  const loader = loaderOf(ctx, `reports ${crossCheckId} ${fields.join()}`, async (ids) => {
    const rows = await readPersonal<ReportRow>(
      ctx.hub.db.app,
      LAST_REPORTS,
      [crossCheckId, ids],
      { source: 'report', fields },
      ctx,
    );
    const reports = rows
      .filter(({ canonical }) => canonical !== null)
      .map((row) => ({ ...row, ...viewOf(row.canonical) }));
    reports.forEach(({ hash }) => ctx.evidence?.add(`report:${hash}`));
    return inOrder(ids, reports, (report) => report.householdId);
  });
  return loader.load(householdId);
}
