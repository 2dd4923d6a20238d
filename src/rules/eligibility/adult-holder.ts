import { adultOn } from '../../engine/adult';
import { cites, defineRule, WHILE_SECURED } from '../../engine/rule';
import { sql } from '../../engine/sql';

/** 内蒙古通知 六(一): 已向未成年人提供廉租住房的要尽快纠正. The holder on the day of judgement; the 18th birthday counts as adult. */
export const adultHolder = defineRule({
  code: 'RR-19',
  title: '享受保障的名义人在核对日已成年',
  basis: cites('IM-6(1)-2'),
  since: '2014-01-01',
  programmes: ['LOW_RENT'],
  kinds: WHILE_SECURED,
  ...adultOn(sql`given.as_of`),
  because: {
    fail: ({ observed, threshold }) =>
      `享受廉租住房的名义人 ${observed} 周岁，未满 ${threshold} 周岁，须尽快纠正，由成年人承担。`,
    unknown: () => '名义人的出生日期无法确定，无法判断是否成年。',
    pass: ({ observed }) => `名义人 ${observed} 周岁，已成年。`,
  },
});
