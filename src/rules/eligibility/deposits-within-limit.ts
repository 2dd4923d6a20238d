import { clause, defineRule, law, WHILE_SECURED } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';

/**
 * 内蒙古通知 七: 财产变化情况, of which 存款. No bank is a source yet, so that the rule knows nothing of anybody: where the region has deposits checked it
 * stays open until officers have settled it by a paper, and where it has not, the report says that nobody asked.
 */
export const depositsWithinLimit = defineRule({
  code: 'RR-11',
  title: '家庭存款已经查核且符合标准',
  basis: [...clause('IM-7.1-c'), ...law('社会救助法', '第四十一条')],
  since: '2014-01-01',
  kinds: WHILE_SECURED,
  review: { factor: 'ASSETS' },
  unsourced: true,
  needs: [],
  facts: sql`select household_id, null::boolean as within from given`,
  applies: sql`${parameter('deposits.checked')} = 1`,
  holds: sql`within`,
  unit: null,
  onFalse: 'FAIL',
  because: {
    fail: () => '家庭存款不符合标准。',
    unknown: () => '当地规定查核家庭存款，平台没有银行来源：须由经办人提交金融机构或者民政部门出具的文件，另一人确认。',
    exempt: () => '没有查询家庭存款：当地没有规定查核，或者本案不是年审、复核。',
  },
});
