import { adultOn } from '../../engine/adult';
import { clause, defineRule } from '../../engine/rule';
import { sql } from '../../engine/sql';

/** 内蒙古通知 六(一): 不准以未成年人名义申请. The 18th birthday itself counts as adult (民法典第十七条). */
export const adultApplicant = defineRule({
  code: 'RR-01',
  title: '申请人在提交申请之日已成年',
  basis: clause('IM-6(1)'),
  since: '2014-01-01',
  kinds: ['APPLICATION'],
  prohibition: true,
  ...adultOn(sql`given.submitted_on`),
  because: {
    fail: ({ observed, threshold }) =>
      `提交申请之日申请人 ${observed} 周岁，未满 ${threshold} 周岁，不准以未成年人名义申请。`,
    unknown: () => '申请人的出生日期无法确定，无法判断是否成年。',
    pass: ({ observed }) => `提交申请之日申请人 ${observed} 周岁，已成年。`,
  },
});
