import { beijingDay } from '../../../src/access/day';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { readPage, type PageArgs } from '../../../src/store/page';
import { ProcedureStage as Stage, type ProcedureFinding } from '../../../schema/admission/procedure-finding';
import type { Connection } from '../../../schema/page';

/** Numbers by which a county does a step: the rule that it has for it. Of applications it is the form. */
const RULES: readonly (readonly [stage: Stage, codes: readonly string[]])[] = [
  [Stage.APPLICATION, ['form-template']],
  [Stage.REVIEW, ['review.street-days', 'review.housing-days', 'review.civil-affairs-days']],
  [Stage.PUBLICITY, ['publicity.stage-1-days', 'publicity.stage-2-days', 'publicity.stage-3-days']],
  [Stage.WAITING, ['housing', 'income', 'year', 'choice', 'funds'].map((factor) => `waiting.points-${factor}`)],
  [Stage.RECHECK, ['review.interval-months', 'review.declaration-working-days']],
];
const BY_CODE = RULES.flatMap(([stage, codes]) => codes.map((code) => [stage, code] as const));

/* $1 regions; $2 and $3 today and now; $4 and $5 the last key's region and application. */
const OF_SCOPE = `a.region_code = any ($1::text[]) and (a.region_code, a.id) >= ($4::text, $5::uuid)`;
/** What the state of an application says it has come through. A withdrawn one came as far as its round. */
const PASSED = `
  passed as (
    select a.region_code, a.id, d.stage, d.round
    from application a cross join lateral (select a.state in ('CLEARED','APPROVED','REVOKED') as whole,
      a.state in ('DRAFT','SUBMITTED') or a.state = 'WITHDRAWN' and a.round = 1 as early) as at
    cross join lateral (
      select 'APPLICATION' as stage, 0 as round where a.state = 'SUBMITTED' or not at.early
      union all select 'ACCEPTANCE', 0 where not at.early
      union all select 'REVIEW', r from generate_series(1, a.round) r where not at.early and (r < a.round or a.state not in ('IN_REVIEW','WITHDRAWN'))
      union all select 'PUBLICITY', r from generate_series(1, a.round) r where not at.early and (r < a.round or at.whole)
      union all select s, 0 from unnest(array['APPROVAL','WAITING']) s where a.state in ('APPROVED','REVOKED')
    ) as d
    where ${OF_SCOPE}
    union all
    select a.region_code, a.id, 'RECHECK', v.year from application a join annual_review v using (household_id)
    where ${OF_SCOPE} and v.state in ('DECIDED','EXECUTED') and a.id = (select s.application_id from application_step s
      where s.household_id = v.household_id and s.kind = 'APPROVAL' order by s.at desc nulls last limit 1)
  )`;
/** What is on record of each step, by the words of its kind: who, when, and what came of it. */
const RECORDED = `
  recorded as (
    select a.region_code, a.id, k.stage, case when k.stage in ('REVIEW','PUBLICITY') then s.round else 0 end as round, s.taken_by as author, s.at, s.on_day,
      case k.stage when 'APPLICATION' then a.state = 'DRAFT' or a.submitted_on is not null
        when 'ACCEPTANCE' then btrim(s.document_number) <> '' when 'REVIEW' then btrim(s.note) <> '' when 'APPROVAL' then a.state in ('APPROVED','REVOKED')
        else exists (select from publicity p where p.id = s.publicity_id and p.state in ('CLEARED','UPHELD')) end as result
    from application a join application_step s on s.application_id = a.id
    join (values ('SUBMISSION','APPLICATION'), ('ACCEPTANCE','ACCEPTANCE'), ('PASS','REVIEW'), ('REJECTION','REVIEW'), ('CLEARANCE','PUBLICITY'),
      ('SENT_BACK','PUBLICITY'), ('APPROVAL','APPROVAL')) as k (kind, stage) using (kind)
    where ${OF_SCOPE}
    union all
    select a.region_code, a.id, 'WAITING', 0, 'by its approval', e.entered_on, e.entered_on, e.state <> ''
    from application a join waiting_list_entry e on e.application_id = a.id where ${OF_SCOPE}
    union all
    select a.region_code, a.id, 'WAITING', 0, s.taken_by, s.at, s.on_day, s.to_state <> ''
    from application a join waiting_list_entry e on e.application_id = a.id join waiting_step s on s.entry_id = e.id where ${OF_SCOPE}
    union all
    select p.region_code, p.id, 'RECHECK', p.round, s.taken_by, s.at, s.on_day, s.outcome is not null
    from passed p join application a on a.id = p.id join annual_review v on (v.household_id, v.year) = (a.household_id, p.round)
    join review_step s on s.review_id = v.id and s.kind = 'DECISION' where p.stage = 'RECHECK'
  )`;
/** A number that nobody has verified is no rule that anybody made: the nearest region's word counts. */
const FOUND = `
  with ${PASSED}, ${RECORDED}, lacking as (
    select region_code, id, stage, round, w.lack from recorded r cross join lateral (values ('AUTHOR', coalesce(btrim(r.author), '') = ''),
      ('TIME', num_nulls(r.at, r.on_day) > 0), ('RESULT', r.result is not true)) as w (lack, there) where w.there
    union
    select region_code, id, stage, round, lack from passed p cross join unnest(array['AUTHOR','TIME','RESULT']) as lack
    where not exists (select from recorded r where (r.id, r.stage, r.round) = (p.id, p.stage, p.round))
    union
    select c.code, $6::uuid, n.stage, 0, n.code from region c cross join unnest($7::text[], $8::text[]) as n (stage, code)
    where c.level = 'COUNTY' and c.code = any ($1::text[]) and case when n.code = 'form-template'
      then not exists (select from region_lineage(c.code) l join form_template t on t.region_code = l.code where t.valid_from <= $2::date and t.published_at <= $3)
      else coalesce((select p.mark from region_lineage(c.code) l join parameter p on p.code = n.code and p.programme is null and p.region_code is not distinct from l.code
        where p.valid_from <= $2::date and coalesce(p.valid_to >= $2::date, true) and p.known_from <= $3
        order by l.distance, p.known_from desc, p.valid_from desc limit 1), 'UNVERIFIED') = 'UNVERIFIED' end
  )`;
const PAGE = {
  name: 'procedure-findings',
  text: `${FOUND} select case when id = $6 then 'RULE_MISSING' else 'HISTORY_INCOMPLETE' end as finding, stage, region_code as "regionCode",
           nullif(id, $6) as "applicationId", nullif(round, 0) as round, array_agg(lack order by lack) as lacks
         from lacking where (region_code, id, stage, round) > ($4, $5, $9::text, $10::int)
         group by region_code, id, stage, round order by region_code, id, stage, round limit $11`,
};
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** What the histories of applications, and the rules of counties, lack today in a region and everything below it. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfProcedure(
  { hub, viewer }: RequestContext,
  region: string,
  args: PageArgs,
): Promise<Connection<ProcedureFinding>> {
  const now = hub.now();
  /* Counties are under no row scope: what others lack is not told either. */
  const mine = new Set(viewer.regions);
  const scope = hub.regions.scopeOf(region).filter((code) => mine.has(code));
  return readPage<ProcedureFinding>(hub.cursors, args, {
    list: `procedureFindings ${region}`,
    keyOf: ({ regionCode, applicationId, stage, round }) => [regionCode, applicationId ?? NOBODY, stage, round ?? 0],
    read: (after, limit) => {
      const [code, id, stage, round] = after ?? ['', NOBODY, '', 0];
      const rules = [BY_CODE.map(([of]) => of), BY_CODE.map(([, number]) => number)];
      const values = [scope, beijingDay(now), now, code, id, NOBODY, ...rules, stage, round, limit];
      return queryInScope<ProcedureFinding>(hub.db.app, viewer.regions, { ...PAGE, values });
    },
  });
}
