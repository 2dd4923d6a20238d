import { approval } from '../../engine/approval';
import { maxKnown } from '../../engine/aggregate';
import { cites, defineRule, WHILE_SECURED } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';

/**
 * 内蒙古通知 七: 年度动态审核. Counted from the last annual review that was closed before, else from the approval. A late review is
 * the authority's fault: it is found, and weighs nothing against the family.
 */
export const reviewInTime = defineRule({
  code: 'RR-35',
  title: '自上次年审或批准以来未超过年审期限',
  basis: cites('IM-7.1'),
  since: '2014-01-01',
  kinds: WHILE_SECURED,
  binds: 'AUTHORITY',
  needs: [],
  facts: sql`
    select household_id, case when reviewed_on > approved_on then reviewed_on else approved_on end as last_on
    from (
      select given.household_id, approved_on, ${maxKnown(sql`review.closed_on`)} as reviewed_on
      from given left join ${approval} using (household_id)
      left join housing_case as review on review.household_id = given.household_id and review.kind = 'ANNUAL_REVIEW'
        and review.id <> given.case_id and review.closed_on <= given.as_of
      group by given.household_id, approved_on
    ) as history`,
  holds: sql`given.as_of <= last_on + make_interval(months => ${parameter('review.interval-months')}::int)`,
  observed: sql`case when given.as_of >= last_on then
    extract(year from age(given.as_of, last_on)) * 12 + extract(month from age(given.as_of, last_on)) end`,
  threshold: parameter('review.interval-months'),
  unit: 'month',
  note: sql`last_on::text`,
  onFalse: 'FAIL',
  because: {
    fail: ({ note, threshold }) =>
      `上次年审或批准之日为 ${note}，至今已超过 ${threshold} 个月未完成年审，须督促主管部门。`,
    unknown: () => '平台没有该家庭正在享受的本类保障记录，无法判断年审是否逾期。',
    pass: ({ note, threshold }) => `上次年审或批准之日为 ${note}，未超过 ${threshold} 个月。`,
  },
});
