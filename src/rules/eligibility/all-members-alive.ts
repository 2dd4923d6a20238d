import { anyKnown, countSeen } from '../../engine/aggregate';
import { askedFor } from '../../engine/expression';
import { clause, defineRule } from '../../engine/rule';
import { sql } from '../../engine/sql';
import { lacking } from '../../engine/wording';

/** 内蒙古通知 七: 家庭人口变化情况. The death part of RR-28: a member whom civil affairs knows as dead on the day of judgement. */
export const allMembersAlive = defineRule({
  code: 'RR-28',
  title: '在册成员在核对日均健在',
  basis: clause('IM-7.1-a', 'GX-9.4.1-3-4'),
  since: '2014-01-01',
  needs: ['civil-affairs'],
  facts: sql`
    select household_id, ${anyKnown(sql`dead`)} as any_dead, ${countSeen(sql`dead`)} as persons
    from (
      select civil_affairs.household_id,
        case when found = false then false
          when found and ${askedFor('deceasedOn')} then deceased_on is not null and deceased_on <= given.as_of end as dead
      from civil_affairs join given using (household_id)
    ) as person group by household_id`,
  holds: sql`not any_dead`,
  observed: sql`case when any_dead is not null then persons end`,
  threshold: sql`0`,
  unit: 'person',
  onFalse: 'CONTRADICTION',
  because: {
    fail: ({ observed }) => `民政部门登记 ${observed} 名在册成员已经死亡，须核实人口并调整保障。`,
    unknown: (matter) => `${lacking('民政部门', matter)}，人口变化待核实。`,
  },
});
