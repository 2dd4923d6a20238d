import { anyKnown, countSeen } from '../../engine/aggregate';
import { SAME, SAME_PERSON, whereFoundOrSame, whereInWords } from '../../engine/elsewhere';
import { madeOnce } from '../../engine/expression';
import { cites, defineRule, law } from '../../engine/rule';
import { sql } from '../../engine/sql';

/** Each household's once, however many of its members sit there. */
const benefits = sql`(
        select benefit.* from (select distinct seat_of from seat) as place join entitlement as benefit on benefit.household_id = place.seat_of
        ${madeOnce}
      )`;

/**
 * 不得重复享受住房保障: neither twice, nor a dwelling and a subsidy together. Every region is searched. In a review of a
 * running entitlement 年审/复核 that entitlement itself is no second one.
 */
export const noDoubleBenefit = defineRule({
  code: 'RR-04',
  title: '家庭成员均未在其他处享受住房保障',
  basis: [...cites('IM-4.7', 'GX-8.2.2(4)'), ...law('公共租赁住房管理办法', '第三十一条')],
  since: '2014-01-01',
  needs: [],
  facts: sql`
    select household_id, ${anyKnown(sql`here or elsewhere`)} as found, ${countSeen(sql`here or elsewhere`)} as persons,
      ${anyKnown(sql`here`)} as here, ${anyKnown(sql`elsewhere`)} as elsewhere
    from (
      select member.household_id, member.person_id,
        ${anyKnown(sql`benefit.id is not null and benefit.region_code = given.region_code and seat.sure`)} as here,
        ${anyKnown(sql`benefit.id is not null and benefit.region_code <> given.region_code and seat.sure`)} as elsewhere
      from member join given using (household_id)
      left join (seat join ${benefits} as benefit on benefit.household_id = seat.seat_of)
        on seat.household_id = member.household_id and seat.person_id = member.person_id
        and benefit.since <= given.as_of and (benefit.until is null or benefit.until >= given.as_of)
        and not (given.kind <> 'APPLICATION' and benefit.household_id = given.household_id and benefit.programme = given.programme)
      group by member.household_id, member.person_id
    ) as person group by household_id`,
  holds: sql`not found`,
  observed: sql`persons`,
  threshold: sql`0`,
  unit: 'person',
  note: whereFoundOrSame,
  onFalse: 'FAIL',
  because: {
    fail: ({ observed, note }) => `${observed} 名成员${whereInWords(note)}正在享受住房保障，不得重复享受。`,
    unknown: ({ note }) =>
      note === SAME
        ? `${SAME_PERSON}，其正在享受住房保障，须先更正登记，再核对是否重复享受。`
        : '家庭没有在册成员，无法核对是否重复享受住房保障。',
  },
});
