import type { ClientBase } from 'pg';
import { beijingDay } from '../access/day';
import { actingAs } from '../audit/writes';
import { carriedOutBy, clause } from '../clauses';
import { systemViewer, type Hub } from '../context';
import type { Job } from '../queue/job';
import { inScope } from '../store/database';
import { clocksAgree } from './clocks-agree';

type NightHub = Pick<Hub, 'db' | 'now' | 'clockDrift' | 'log'>;

/** 以未成年人名义、未经审核合格的廉租住房保障，逾期未腾退的: found by the machine, put right by officers. */
const MINORS = carriedOutBy('MEASURE', clause('IM-6(1)-2'));
const CATEGORIES = carriedOutBy('MEASURE', clause('IM-6(3)-a', 'IM-6(3)-b', 'IM-6(3)-c', 'IM-6(3)-d', 'IM-6(3)-f'));
const NOT_CARRIED_OUT = carriedOutBy('MEASURE', clause('GX-9.2.1(3)'));
const EXIT_LATE = carriedOutBy('DEADLINE', clause('IM-6(2)-2'));

const REGIONS = `
  select region_code as region from entitlement where since <= $1 and (until is null or until >= $1)
  union select region_code from detection_finding where state <> 'CLEARED'
  union select region_code from exit_case where state <> 'VACATED' and vacate_by < $1
  union select region_code from annual_review where state = 'DECIDED' order by 1`;

/**
 * 清理检查: each night, a transaction a region. Finds what is wrong with a security that is held, once each until it is put right, and
 * follows what was found to the end of its exit or case. Run again it finds nothing more.
 */
export const detectIneligible: Job<NightHub> = {
  task: 'detect-ineligible',
  schedule: '10 17 * * *', // 01:10 in Beijing
  async run(_payload, hub, signal) {
    await clocksAgree(hub, 'detect-ineligible');
    const { db, now, log } = hub;
    const today = beijingDay(now());
    const { rows } = await db.engine.query<{ region: string }>(REGIONS, [today]);
    for (const { region } of rows) {
      if (signal.aborted) return;
      await inScope(db.app, [region], async (client) => {
        const viewer = systemViewer(region, [region], 'hub:detect-ineligible');
        await client.query(actingAs({ viewer, requestId: `detect-ineligible:${today}` }, 'detectIneligible'));
        await follow(client, region, today);
        await detect(client, region, today, now());
        const { rows: adult } = await client.query<{ unknown: boolean }>(ADULT_UNKNOWN, [region, today, now()]);
        if (adult[0]!.unknown)
          log.warn({ region }, 'minors who hold a security not looked for: no adult-age.years is in force');
      });
    }
  },
};

/** $1 region, $2 today. */
const held = (programme: string): string => `
  select e.id as entitlement_id, e.household_id, e.admission_ground from entitlement e join household h on h.id = e.household_id and h.closed_on is null
  where e.region_code = $1 and e.since <= $2::date and (e.until is null or e.until >= $2::date) and e.programme = '${programme}'`;

const ADULT_UNKNOWN = `select parameter_in_force('adult-age.years', $1, $2::date, $3) is null as unknown`;
/** $3 now. Who holds: the applicant of the file today. Who is of age on the day counts as adult, as in RR-19. */
const MINOR = `
  select held.*, m.person_id, c.id as case_id
  from (${held('LOW_RENT')}) as held
  cross join lateral (
    select person_id from household_member m where m.household_id = held.household_id and m.relation = 'APPLICANT'
      and m.from_date <= $2::date and (m.to_date is null or m.to_date >= $2::date) order by m.from_date desc, m.id limit 1
  ) as m
  join person p on p.id = m.person_id and years_old(p.birth_date, $2::date) < parameter_in_force('adult-age.years', $1, $2::date, $3)
  left join lateral (
    select id from housing_case c where c.household_id = held.household_id and c.kind = 'RE_CHECK' and c.closed_on is null order by submitted_on desc, id limit 1
  ) as c on true`;

/** 纠正案: a re-check of the household, unless one is open. */
const CORRECT = `
  insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on)
  select gen_random_uuid(), $1, household_id, 'RE_CHECK', 'LOW_RENT', person_id, $2::date from (${MINOR}) as minor where case_id is null`;

const found = (kind: string, from: string): string => `
  insert into detection_finding (id, region_code, household_id, entitlement_id, kind, ground, found_on, exit_id, case_id, state)
  select gen_random_uuid(), $1, household_id, entitlement_id, '${kind}', ground, $2::date, exit_id, case_id, 'OPEN' from (${from}) as f
  on conflict (entitlement_id, kind) where state <> 'CLEARED' do nothing`;

const NONE = 'null::text as ground, null::uuid as exit_id, null::uuid as case_id';
const MINOR_HOLDERS = found(
  'MINOR_HOLDER',
  `select household_id, entitlement_id, null::text as ground, null::uuid as exit_id, case_id from (${MINOR}) as minor`,
);

/** 等不符合条件的家庭, whatever the ground: no judgement of low-rent security ever found the household eligible. */
const ELIGIBLE = `evaluation v join housing_case c on c.id = v.case_id and c.programme = 'LOW_RENT' where v.conclusion = 'ELIGIBLE'`;
const UNREVIEWED = found(
  'INELIGIBLE_CATEGORY',
  `select household_id, entitlement_id, admission_ground as ground, null::uuid as exit_id, null::uuid as case_id from (${held('LOW_RENT')}) as held
   where not exists (select from ${ELIGIBLE} and v.household_id = held.household_id)`,
);

/** A decision that takes effect, and neither the end of the security nor the task of taking the dwelling back. */
const UNEXECUTED = found(
  'OUTCOME_NOT_CARRIED_OUT',
  `select r.household_id, r.entitlement_id, ${NONE} from annual_review r
   join review_step s on s.review_id = r.id and s.kind = 'DECISION' and s.report_hash = r.report_hash and s.effective_on < $2::date
   where r.region_code = $1 and r.state = 'DECIDED' and r.outcome in ('TERMINATE', 'ORDER_EXIT')`,
);

const OVERDUE = found(
  'EXIT_OVERDUE',
  `select x.household_id, r.entitlement_id, null::text as ground, x.id as exit_id, null::uuid as case_id
   from exit_case x join annual_review r on r.id = x.review_id where x.region_code = $1 and x.state <> 'VACATED' and x.vacate_by < $2::date`,
);

async function detect(client: ClientBase, region: string, today: string, now: Date): Promise<void> {
  await client.query(CORRECT, [region, today, now]);
  await client.query(MINOR_HOLDERS, [region, today, now]);
  MINORS();
  await client.query(UNREVIEWED, [region, today]);
  CATEGORIES();
  await client.query(UNEXECUTED, [region, today]);
  NOT_CARRIED_OUT();
  await client.query(OVERDUE, [region, today]);
  EXIT_LATE();
}

/** An exit that was opened clears what was found of the household when it is completed. */
const CLEARING = `
  update detection_finding f set exit_id = x.id, state = 'CLEARING' from exit_case x
  where f.region_code = $1 and f.state = 'OPEN' and f.kind <> 'OUTCOME_NOT_CARRIED_OUT' and x.household_id = f.household_id and x.opened_on <= $2::date
    and x.id = coalesce(f.exit_id, x.id) and (x.state <> 'VACATED' or x.opened_on >= f.found_on)`;

/** What is put right is cleared; the database looks again (`guard_detection`). */
const CLEARED = `
  update detection_finding f set state = 'CLEARED', cleared_on = $2::date, case_id = coalesce(f.case_id, judged.case_id)
  from detection_finding own left join lateral (
    select v.case_id from ${ELIGIBLE} and v.household_id = own.household_id order by v.at desc limit 1
  ) as judged on own.kind = 'INELIGIBLE_CATEGORY'
  where own.id = f.id and f.region_code = $1 and f.state <> 'CLEARED' and (
    exists (select from exit_case x where x.id = f.exit_id and x.state = 'VACATED')
    or f.kind = 'MINOR_HOLDER' and exists (select from housing_case c where c.id = f.case_id and c.closed_on is not null)
    or judged.case_id is not null
    or f.kind = 'OUTCOME_NOT_CARRIED_OUT' and not exists (select from annual_review r where r.entitlement_id = f.entitlement_id and r.state = 'DECIDED'))`;

async function follow(client: ClientBase, region: string, today: string): Promise<void> {
  await client.query(CLEARING, [region, today]);
  await client.query(CLEARED, [region, today]);
}
