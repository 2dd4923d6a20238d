import { carriedOutBy, clause } from '../../../src/clauses';
import { EVIDENCE_KINDS } from '../../../schema/admission/document';
import { DealingKind } from '../../../schema/supervision/dwelling-dealing';
import { SupervisionKind as Kind } from '../../../schema/supervision/supervision-finding';

/** One thing that supervision looks for. */
export interface Check {
  readonly finding: Kind;
  readonly clause: string;
  readonly carriedOut: () => void;
  /** Columns region_code, id, since, body, source. $1 regions, $2 today, $3 now. */
  readonly select: string;
}

const DEALINGS = Object.values(DealingKind)
  .map((kind) => `'${kind}'`)
  .join(', ');

/**
 * 动态跟踪复核: changes since which the rules have judged nobody, whatever was said to them; but a record that erred is no change. The last day
 * is unknown where no number is in force, and where it lies beyond a year whose days off are announced.
 */
const unchecked = (which: string, since: string, source: string): string => `
  select c.region_code, c.id, ${since} as since, null::text as body, ${source} as source
  from change c
  cross join lateral (select parameter_in_force('change.recheck-working-days', c.region_code, c.seen_on, $3)::int as days) as allowed
  left join lateral add_working_days(c.region_code, c.seen_on, allowed.days) as due on true
  where c.region_code = any ($1::text[]) and c.outcome is distinct from 'MISTAKEN' and ${which}
    and not exists (select from cross_check_household k join cross_check x on x.id = k.cross_check_id and x.purpose = 'ANNUAL_REVIEW'
      where k.household_id = c.household_id and x.as_of >= c.seen_on)`;
const RECHECK_NOT_OPENED = unchecked('not due.provisional and due.day < $2::date', 'due.day', 'c.source');
const RECHECK_LIMIT_UNKNOWN = unchecked(
  'due.provisional is not false',
  'c.seen_on',
  `case when allowed.days is null then 'change.recheck-working-days' else 'calendar_year' end`,
);

/** 证明材料 of an application that was handed in; one taken back is none. */
const evidence = (found: string): string => `
  select d.region_code, d.id, d.taken_on as since, d.issued_by as body, d.checked_against as source
  from application_document d join application a on a.id = d.application_id and a.state not in ('DRAFT', 'WITHDRAWN')
  where d.region_code = any ($1::text[]) and d.kind in (${EVIDENCE_KINDS.map((kind) => `'${kind}'`).join(', ')}) and d.withdrawn_on is null and ${found}`;

/** 信访、举报: decided, and not carried out yet. */
const PETITION_NOT_IMPLEMENTED = `
  select region_code, id, decided_on as since, decided_by as body, null::text as source
  from petition where region_code = any ($1::text[]) and decision = 'TO_BE_CARRIED_OUT' and implemented_on is null`;

/**
 * 涉及保障住房的业务. What is let may be dealt in by nobody; what was sold, after the years of the law: whether they are over is unknown where no
 * number is in force. What rests on a document of ours is the security's own: the filing of its contract, a repurchase.
 */
const dealings = (which: string, source: string): string => `
  select d.region_code, d.id, d.on_day as since, d.handling_body as body, ${source} as source
  from dwelling_dealing d join dwelling w on w.id = d.dwelling_id
  left join lateral (select min(k.starts_on) as day from contract k where k.dwelling_id = w.id and k.kind = 'SALE' and k.state <> 'DRAFT') as sold on true
  cross join lateral (select parameter_in_force('sale.restricted-years', d.region_code, d.on_day, $3)::int as years) as restricted
  cross join lateral (select w.programme in ('LOW_RENT', 'PUBLIC_RENTAL') or (d.on_day >= sold.day) is not true as whole) as held
  where d.region_code = any ($1::text[]) and d.answer = 'DEALING' and ${which}
    and not exists (select from dwelling_step s where s.dwelling_id = w.id and s.document_number = d.document_number)
    and not exists (select from contract k join tenancy_step s on s.subject_id = k.id
      where k.dwelling_id = w.id and s.document_number = d.document_number)`;
const DEALING_FORBIDDEN = dealings(
  '(held.whole or d.on_day < sold.day + make_interval(years => restricted.years))',
  'd.kind',
);
const DEALING_LIMIT_UNKNOWN = dealings('not held.whole and restricted.years is null', `'sale.restricted-years'`);
/** Of a dwelling that somebody has: the kinds of business of which no body has said anything, or the last that was asked did not. */
const DEALING_UNKNOWN = `
  select w.region_code, w.id, (w.recorded_at at time zone 'Asia/Shanghai')::date as since, string_agg(last.handling_body, '、' order by k.kind) as body,
    string_agg(k.kind, ' ' order by k.kind) as source
  from dwelling w cross join unnest(array[${DEALINGS}]) as k (kind)
  left join lateral (select d.answer, d.handling_body from dwelling_dealing d where d.dwelling_id = w.id and d.kind = k.kind
    order by d.on_day desc, d.recorded_at desc limit 1) as last on true
  where w.region_code = any ($1::text[]) and w.state in ('ALLOTTED', 'OCCUPIED') and coalesce(last.answer, 'NO_ANSWER') = 'NO_ANSWER'
  group by w.id`;

/** 告知: when the last day to tell somebody is unknown, so is whether it is over; what was told the same day is told in time. */
const NOTICE_LIMIT_UNKNOWN = `
  select region_code, id, result_on as since, null::text as body,
    case when due_on is null then 'notice.working-days' else 'notice.paper-working-days' end as source
  from notice where region_code = any ($1::text[]) and (due_on is null or paper_by is null and state = 'PAPER_TASK') and told_on is distinct from result_on`;

const recheckTold = carriedOutBy('MEASURE', clause('GX-9.2.1(2)'));
const dealingsTold = carriedOutBy('MEASURE', clause('GX-9.2.1(5)'));

/**
 * 审批结果的公布: of whoever was approved and allotted, in time and in a medium. A record without a medium is told as such from its day on, and
 * not as none besides; where no limit is in force nobody can tell whether it is late.
 */
const approval = (since: string, found: string): string => `
  select a.region_code, a.id, ${since} as since, null::text as body, said.places as source
  from allotment a join application p on p.id = a.application_id and p.state = 'APPROVED'
  cross join lateral (select allotted_on(a.id) as day) as allotted
  cross join lateral (select parameter_in_force('publication.working-days', a.region_code, allotted.day, $3)::int as days) as allowed
  left join lateral add_working_days(a.region_code, allotted.day, coalesce(allowed.days, 0)) as limited on allowed.days is not null
  cross join lateral (select count(*) as records, count(r.medium) as media, min(r.published_on) as first_on, string_agg(distinct coalesce(r.place, r.url), '、') as places
    from approval_publicity r where r.allotment_id = a.id) as said
  where a.region_code = any ($1::text[]) and a.state in ('ACCEPTED', 'CONTRACT_SIGNED', 'HANDED_OVER') and ${found}`;
const approvalTold = carriedOutBy('MEASURE', clause('GX-10.2.3'));

const evidenceTold = carriedOutBy('MEASURE', clause('GX-10.2.2'));

export const CHECKS: readonly Check[] = [
  {
    ...{ finding: Kind.RECHECK_NOT_OPENED, clause: 'GX-9.2.1(2)', carriedOut: recheckTold },
    select: RECHECK_NOT_OPENED,
  },
  {
    ...{ finding: Kind.RECHECK_LIMIT_UNKNOWN, clause: 'GX-9.2.1(2)', carriedOut: recheckTold },
    select: RECHECK_LIMIT_UNKNOWN,
  },
  {
    ...{ finding: Kind.EVIDENCE_UNVERIFIED, clause: 'GX-10.2.2', carriedOut: evidenceTold },
    select: evidence('d.check_result is null'),
  },
  {
    ...{ finding: Kind.EVIDENCE_CONTRADICTED, clause: 'GX-10.2.2', carriedOut: evidenceTold },
    select: evidence(`d.check_result = 'CONTRADICTED'`),
  },
  {
    ...{ finding: Kind.PETITION_NOT_IMPLEMENTED, clause: 'GX-10.2.4', select: PETITION_NOT_IMPLEMENTED },
    carriedOut: carriedOutBy('MEASURE', clause('GX-10.2.4')),
  },
  {
    ...{ finding: Kind.DEALING_FORBIDDEN, clause: 'GX-9.2.1(5)', carriedOut: dealingsTold },
    select: DEALING_FORBIDDEN,
  },
  {
    ...{ finding: Kind.DEALING_LIMIT_UNKNOWN, clause: 'GX-9.2.1(5)', carriedOut: dealingsTold },
    select: DEALING_LIMIT_UNKNOWN,
  },
  { ...{ finding: Kind.DEALING_UNKNOWN, clause: 'GX-9.2.1(5)', select: DEALING_UNKNOWN }, carriedOut: dealingsTold },
  {
    ...{ finding: Kind.APPROVAL_NOT_PUBLISHED, clause: 'GX-10.2.3', carriedOut: approvalTold },
    select: approval('limited.day', 'limited.day < $2::date and said.records = 0'),
  },
  {
    ...{ finding: Kind.APPROVAL_WITHOUT_MEDIUM, clause: 'GX-10.2.3', carriedOut: approvalTold },
    select: approval('said.first_on', 'said.records > 0 and said.media = 0'),
  },
  {
    ...{ finding: Kind.APPROVAL_LIMIT_UNKNOWN, clause: 'GX-10.2.3', carriedOut: approvalTold },
    select: approval('allotted.day', 'limited.day is null and said.records = 0'),
  },
  {
    ...{ finding: Kind.NOTICE_LIMIT_UNKNOWN, clause: 'GX-10.4.3-3', select: NOTICE_LIMIT_UNKNOWN },
    carriedOut: carriedOutBy('DEADLINE', clause('GX-10.4.3-3')),
  },
];
