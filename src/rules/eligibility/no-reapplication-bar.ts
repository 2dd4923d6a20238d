import { anyKnown, countKnown, greatestSeen } from '../../engine/aggregate';
import { defineRule, law } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';

/** The last day on which it bars, counted from the day of return (民法典 201: the day itself does not count, the last one does). */
const until = sql`(bar.returned_on + make_interval(years => ${parameter('reapply-bar.years')}::int))::date`;

/**
 * 公共租赁住房管理办法 35, 36: 自退回之日起五年内不得再次申请. Every region is searched. 廉租 and the subsidy are public rental housing
 * since both were joined; what is sold is of other rules.
 */
export const noReapplicationBar = defineRule({
  code: 'RR-18',
  title: '家庭成员无骗取、违规使用退回未满期限的记录',
  basis: [...law('公共租赁住房管理办法', '第三十五条'), ...law('公共租赁住房管理办法', '第三十六条')],
  since: '2014-01-01',
  programmes: ['LOW_RENT', 'PUBLIC_RENTAL', 'RENTAL_SUBSIDY'],
  kinds: ['APPLICATION'],
  needs: [],
  facts: sql`
    select household_id, ${countKnown(sql`barred`)} as persons, ${greatestSeen(sql`until`)} as until
    from (
      select member.household_id, member.person_id, ${anyKnown(sql`bar.id is not null and ${until} >= given.as_of`)} as barred,
        ${greatestSeen(until)} as until
      from member join given using (household_id)
      left join reapply_bar as bar on bar.person_id = member.person_id and bar.returned_on <= given.as_of
        and (bar.lifted_on is null or bar.lifted_on > given.as_of)
      group by member.household_id, member.person_id
    ) as person group by household_id`,
  holds: sql`persons = 0`,
  observed: sql`persons`,
  threshold: sql`0`,
  unit: 'person',
  note: sql`until::text`,
  onFalse: 'FAIL',
  because: {
    fail: ({ observed, note }) => `${observed} 名成员曾因骗取或者违规使用退回住房保障，至 ${note} 止不得再次申请。`,
    unknown: () => '家庭没有在册成员，或者没有规定不得再次申请的年限，无法核对违规名单。',
    pass: () => '家庭成员没有骗取、违规使用退回未满期限的记录。',
  },
});
