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

/** The report on which a case stands, whoever asked for it: a row per member of the household on the day of the report. */
const OF_CASES: PersonalSelect = {
  name: 'reports-of-cases',
  takes: 1,
  text: `select m.person_id, k.case_id as "caseId", r.household_id as "householdId", r.at, r.version, r.final, r.hash, r.signature,
           case when m.place is null or m.place = 1 then r.body end as canonical
         from case_report k
         cross join lateral (
           select * from report where cross_check_id = k.cross_check_id and household_id = k.household_id and hash = k.hash order by version desc limit 1
         ) r
         left join lateral (
           select person_id, row_number() over (order by person_id) as place from household_member
           where household_id = r.household_id and from_date <= (r.at at time zone 'Asia/Shanghai')::date
             and (to_date is null or to_date >= (r.at at time zone 'Asia/Shanghai')::date) group by person_id
         ) m on true
         where k.case_id = any ($1::uuid[])`,
};

/** The report on which a case stands. Null before the first. */
export function loadCaseReport(
  ctx: RequestContext,
  caseId: string,
  selected: ReadonlySet<string>,
): Promise<ReportView | null> {
  const fields = [...selected].sort();
  const loader = loaderOf(ctx, `reports of cases ${fields.join()}`, async (ids) => {
    const look = { source: 'report', fields };
    const rows = await readPersonal<ReportRow & { caseId: string }>(ctx.hub.db.app, OF_CASES, [ids], look, ctx);
    return inOrder(ids, shown(ctx, rows), (report) => report.caseId);
  });
  return loader.load(caseId);
}

function shown<Row extends ReportRow>(ctx: RequestContext, rows: readonly Row[]) {
  const reports = rows
    .filter(({ canonical }) => canonical !== null)
    .map((row) => ({ ...row, ...viewOf(row.canonical) }));
  reports.forEach(({ hash }) => ctx.evidence?.add(`report:${hash}`));
  return reports;
}

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
    return inOrder(ids, shown(ctx, rows), (report) => report.householdId);
  });
  return loader.load(householdId);
}
