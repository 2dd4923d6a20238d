import type { Matter } from '../../engine/matter';
import { cites, clause, defineRule, law } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';
import { lacking, yuan } from '../../engine/wording';

/**
 * 广西规程 10.1.2: 民政部门做好收入家庭认定工作. Two ways to qualify in one rule, so that an unknown recognition does not fail a
 * family that passes by income: a social-assistance class in force (社会救助法 26, 42), or a determination in force that is
 * within the limit. Only civil affairs determines: without a determination in force the income stays unknown.
 */
export const incomeWithinLimit = defineRule({
  code: 'RR-09',
  title: '家庭收入经民政部门认定符合标准',
  basis: [
    ...clause('GX-10.1.2', 'IM-7.1-b'),
    ...cites('IM-3.D3'),
    ...law('社会救助法', '第二十六条'),
    ...law('社会救助法', '第四十二条'),
  ],
  since: '2014-01-01',
  review: { factor: 'INCOME' },
  needs: ['civil-affairs'],
  about: 'APPLICANT',
  facts: sql`
    select civil_affairs.household_id, found, determination_valid_until,
      case when found = false or allowance_class = 'NONE' then false
        when allowance_class <> 'NONE' then allowance_valid_until >= given.as_of end as recognised,
      case when determination_valid_until >= given.as_of then per_head_monthly_fen end as per_head_fen
    from civil_affairs join given using (household_id) where is_applicant`,
  holds: sql`recognised or per_head_fen <= ${parameter('income.per-head-monthly-fen')}`,
  observed: sql`per_head_fen`,
  threshold: parameter('income.per-head-monthly-fen'),
  unit: 'fen',
  note: sql`case when recognised then 'RECOGNISED' when determination_valid_until < given.as_of then determination_valid_until::text
    when found = false or (not recognised and determination_valid_until is null) then 'NO_DETERMINATION' end`,
  onFalse: 'FAIL',
  because: {
    fail: ({ observed, threshold }) =>
      `民政部门认定的人均月收入 ${yuan(observed)}，高于标准 ${yuan(threshold)}，且没有有效的社会救助认定。`,
    unknown,
    pass: ({ observed, threshold, note }) =>
      note === 'RECOGNISED'
        ? '申请人持有有效的社会救助认定，收入予以互认。'
        : `民政部门认定的人均月收入 ${yuan(observed)}，不高于标准 ${yuan(threshold)}。`,
  },
});

function unknown(matter: Matter): string {
  if (matter.missing.length > 0 || matter.note === null) return `${lacking('民政部门', matter)}，收入待核实。`;
  if (matter.note === 'NO_DETERMINATION') return '民政部门没有有效的社会救助认定，也没有收入认定，须先申请认定。';
  return `民政部门的收入认定已于 ${matter.note} 到期，须重新认定。`;
}
