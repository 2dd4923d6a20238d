import { allKnown, countKnown } from '../../engine/aggregate';
import { nameForm } from '../../engine/expression';
import { clause, defineRule } from '../../engine/rule';
import { sql } from '../../engine/sql';

const declared = nameForm(sql`declared_name`);
const registered = nameForm(sql`name`);

/**
 * 广西规程 8.2.2(3): 保障对象真实性. Number and check character are proved at intake, but names are kept as
 * written: spellings of one name are the same. One that differs under one number is ambiguous: a person must settle it, so
 * it is never a FAIL.
 */
export const sameName = defineRule({
  code: 'RR-02',
  title: '申报姓名与该公民身份号码登记的姓名一致',
  basis: clause('GX-8.2.2(3)'),
  since: '2014-01-01',
  needs: [],
  facts: sql`
    select household_id, ${allKnown(sql`case when ${declared} = ${registered} then true end`)} as same,
      ${countKnown(sql`${declared} <> ${registered}`)} as different
    from member group by household_id`,
  holds: sql`same`,
  observed: sql`different`,
  threshold: sql`0`,
  unit: 'person',
  onFalse: 'FAIL',
  because: {
    fail: () => '申报姓名与登记姓名不一致。',
    unknown: ({ observed }) =>
      observed === null
        ? '家庭没有在册成员，无法核对姓名。'
        : `${observed} 名成员的申报姓名与同一号码登记的姓名不一致，身份存在歧义，须人工核实。`,
  },
});
