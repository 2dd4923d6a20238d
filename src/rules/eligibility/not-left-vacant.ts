import { anyKnown, countSeen, greatestSeen } from '../../engine/aggregate';
import { inspectedFor } from '../../engine/inspected';
import { cites, defineRule, law, WHILE_SECURED } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';

/** A confirmed vacancy counts when it had lasted for the months of the law on the day somebody went there. */
const vacant = sql`case when id is null then false when confirmed then inspected_on >= (seen_from + make_interval(months => months::int))::date else confirmed end`;

/**
 * 内蒙古通知 七: 无正当理由连续 6 个月空置. Meters alone are no proof: only what an officer confirmed on the spot, after so many months,
 * and without a reason that was accepted.
 */
export const notLeftVacant = defineRule({
  code: 'RR-33',
  title: '未无正当理由连续空置满规定月数',
  basis: [...cites('IM-7.7'), ...law('公共租赁住房管理办法', '第二十七条')],
  since: '2014-01-01',
  kinds: WHILE_SECURED,
  needs: [],
  facts: sql`
    select household_id, ${countSeen(sql`id is not null`)} as signals, ${anyKnown(vacant)} as vacant,
      ${greatestSeen(sql`case when confirmed then seen_from end`)} as vacant_from
    from (
      select inspected.*, ${parameter('vacancy.months')} as months
      from ${inspectedFor(sql`'VACANT'`)} join given using (household_id)
    ) as visit group by household_id`,
  applies: sql`signals > 0`,
  holds: sql`not vacant`,
  threshold: parameter('vacancy.months'),
  unit: 'month',
  note: sql`vacant_from::text`,
  onFalse: 'FAIL',
  because: {
    fail: ({ note, threshold }) =>
      `经巡查属实：自 ${note} 起连续空置满 ${threshold} 个月且无正当理由。责令退出须商民政等部门并听取意见后由住房保障部门决定。`,
    unknown: () => '空置线索尚未巡查完毕，或者没有规定空置月数，是否连续空置待核实。',
    pass: () => '空置线索经巡查不属实、有正当理由，或者空置未满规定月数。',
  },
});
