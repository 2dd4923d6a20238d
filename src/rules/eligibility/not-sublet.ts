import { anyKnown, countSeen, greatestSeen } from '../../engine/aggregate';
import { inspectedFor } from '../../engine/inspected';
import { cites, defineRule, law, WHILE_SECURED } from '../../engine/rule';
import { sql } from '../../engine/sql';

/**
 * 内蒙古通知 七, 公共租赁住房管理办法 27: 转租、转借、擅自改变用途. A signal proves nothing: until somebody has been there it is open, and
 * where there is no signal nothing is judged, because nobody watches every door.
 */
export const notSublet = defineRule({
  code: 'RR-32',
  title: '未转租、转借，未擅自改变用途',
  basis: [...cites('IM-7.5', 'IM-7.6', 'GX-9.2.1(4)'), ...law('公共租赁住房管理办法', '第二十七条')],
  since: '2014-01-01',
  kinds: WHILE_SECURED,
  needs: [],
  facts: sql`
    select household_id, ${countSeen(sql`id is not null`)} as signals, ${anyKnown(sql`case when id is null then false else confirmed end`)} as misused,
      ${greatestSeen(sql`case when confirmed then kind end`)} as misuse
    from ${inspectedFor(sql`'SUBLET', 'LENT', 'CHANGE_OF_USE'`)} group by household_id`,
  applies: sql`signals > 0`,
  holds: sql`not misused`,
  observed: sql`signals`,
  unit: null,
  note: sql`misuse`,
  onFalse: 'FAIL',
  because: {
    fail: ({ note }) =>
      `经巡查属实：${MISUSES[note ?? ''] ?? '违规使用'}。责令退出须商民政等部门并听取意见后由住房保障部门决定。`,
    unknown: ({ observed }) => `有 ${observed ?? 0} 条使用情况线索尚未巡查完毕，是否转租、转借、改变用途待核实。`,
    pass: () => '使用情况线索经巡查不属实，或者有正当理由。',
  },
});

const MISUSES: Readonly<Record<string, string>> = { SUBLET: '转租', LENT: '转借', CHANGE_OF_USE: '擅自改变用途' };
