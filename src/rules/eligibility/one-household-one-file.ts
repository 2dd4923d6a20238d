import { anyKnown, countSeen } from '../../engine/aggregate';
import { SAME, SAME_PERSON, whereFoundOrSame, whereInWords } from '../../engine/elsewhere';
import { clause, defineRule } from '../../engine/rule';
import { sql } from '../../engine/sql';

/** 内蒙古通知 四: 做到一户一档. Every region is searched. Whom an officer found to be one with somebody on file elsewhere is a matter for people. */
export const oneHouseholdOneFile = defineRule({
  code: 'RR-03',
  title: '家庭成员均未列入另一在册家庭',
  basis: clause('IM-4.7'),
  since: '2014-01-01',
  prohibition: true,
  needs: [],
  facts: sql`
    select household_id, ${anyKnown(sql`here or elsewhere`)} as found, ${countSeen(sql`here or elsewhere`)} as persons,
      ${anyKnown(sql`here`)} as here, ${anyKnown(sql`elsewhere`)} as elsewhere
    from (
      select member.household_id, member.person_id,
        ${anyKnown(sql`other.id is not null and other.region_code = given.region_code and seat.sure`)} as here,
        ${anyKnown(sql`other.id is not null and other.region_code <> given.region_code and seat.sure`)} as elsewhere
      from member join given using (household_id)
      left join (seat join household as other on other.id = seat.seat_of and seat.seat_of <> seat.household_id)
        on seat.household_id = member.household_id and seat.person_id = member.person_id
        and other.registered_on <= given.as_of and (other.closed_on is null or other.closed_on > given.as_of)
      group by member.household_id, member.person_id
    ) as person group by household_id`,
  holds: sql`not found`,
  observed: sql`persons`,
  threshold: sql`0`,
  unit: 'person',
  note: whereFoundOrSame,
  onFalse: 'FAIL',
  because: {
    fail: ({ observed, note }) => `${observed} 名成员${whereInWords(note)}已列入另一在册家庭，不符合一户一档。`,
    unknown: ({ note }) =>
      note === SAME ? `${SAME_PERSON}，须先更正登记，再核对一户一档。` : '家庭没有在册成员，无法核对一户一档。',
  },
});
