import type { ClientBase } from 'pg';
import type { Engine } from '../../engine';
import type { Database } from '../database';
import type { StandingReport } from '../case-report';
import { Programme } from '../../../schema/programme';
import type { AnnualReview } from '../../../schema/review/annual-review';
import type { ReportBody } from '../../../schema/sharing/report-body';

const BODY =
  'select body from report where cross_check_id = $1 and household_id = $2 and hash = $3 order by version desc limit 1';

/** 符合公共租赁住房保障条件 [IM-7.4]: by the answers and on the day of the report; what is unknown or in doubt is not eligible. */
export async function eligibleForPublicRental(
  { engine, db, now }: { readonly engine: Engine; readonly db: Database; readonly now: () => Date },
  client: ClientBase,
  { householdId, caseId }: AnnualReview,
  { crossCheckId, hash }: StandingReport,
): Promise<boolean> {
  const { rows } = await client.query<{ body: string }>(BODY, [crossCheckId, householdId, hash]);
  const { purpose, asOf, letter, sources, findings } = JSON.parse(rows[0]!.body) as ReportBody;
  if (findings.some(({ contests = [] }) => contests.length > 0)) return false;
  const request = {
    ...{ purpose, asOf, now: now(), sources: sources.map(({ source }) => source) },
    households: [{ householdId, caseId: caseId!, letterId: letter }],
  };
  const concluded = await engine.asIf(db.engine, request, Programme.PUBLIC_RENTAL);
  return concluded.get(householdId) === 'ELIGIBLE';
}
