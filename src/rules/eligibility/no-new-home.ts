import { anyKnown, greatestSeen } from '../../engine/aggregate';
import { approval, listed } from '../../engine/approval';
import { askedFor, madeOnce } from '../../engine/expression';
import { cites, clause, defineRule, law, WHILE_SECURED } from '../../engine/rule';
import { sql } from '../../engine/sql';
import { lacking } from '../../engine/wording';

const registered = sql`(thing ->> 'registeredOn')::date`;

/** Was this unit registered after the approval; FALSE where the member has none. */
const acquired = sql`case when found = false then false
  when found and ${askedFor('units')} then
    case when thing is not null then ${registered} > approved_on when owned_area_cm2 > 0 then null else false end end`;

/**
 * 内蒙古通知 七: 住房变化情况. A new home contradicts what was approved and refuses nobody by itself: whether the family still
 * qualifies (公共租赁住房管理办法 31: 且不再符合保障条件) is said by RR-07 and settled by a person. A unit registered on the very day of approval was there when it was decided. What a sale
 * programme sells is registered to the buyer, so the rule is of rentals and subsidies.
 */
export const noNewHome = defineRule({
  code: 'RR-29',
  title: '获得保障以来家庭成员未新增产权住房',
  basis: [...clause('IM-7.1-d'), ...cites('GX-9.3.1(2)-c'), ...law('公共租赁住房管理办法', '第三十一条')],
  since: '2014-01-01',
  programmes: ['LOW_RENT', 'PUBLIC_RENTAL', 'RENTAL_SUBSIDY'],
  kinds: WHILE_SECURED,
  review: { factor: 'HOUSING', change: true },
  needs: ['property'],
  facts: sql`
    select household_id, approved_on, ${anyKnown(sql`acquired`)} as has_new,
      ${greatestSeen(sql`case when acquired then registered_on || unit end`)} as newest
    from (
      select property.household_id, approved_on, ${acquired} as acquired, thing ->> 'registeredOn' as registered_on,
        case when thing ->> 'unitCode' is null then '' else ' ' || (thing ->> 'unitCode') end as unit
      from property join given using (household_id) left join ${approval} using (household_id)
      ${listed('property', 'units')}
      where given.kind <> 'APPLICATION'
      ${madeOnce}
    ) as unit group by household_id, approved_on`,
  holds: sql`not has_new`,
  unit: null,
  note: sql`case when has_new then newest when approved_on is null then 'NO_APPROVAL' end`,
  onFalse: 'CONTRADICTION',
  because: {
    fail: ({ note }) => {
      const [day, unit] = note!.split(' ');
      return `获得保障以后，家庭成员于 ${day} 新登记了产权住房${unit ? `（不动产单元号 ${unit}）` : ''}，须复核是否仍符合保障条件。`;
    },
    unknown: (matter) =>
      matter.note === 'NO_APPROVAL' && matter.missing.length === 0
        ? '平台没有该家庭正在享受的本类保障记录，无法判断住房是否为保障以后新增。'
        : `${lacking('产权产籍部门', matter)}，是否新增住房待核实。`,
    pass: () => '获得保障以来家庭成员没有新登记的产权住房。',
  },
});
