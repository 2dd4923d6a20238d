import { allKnown, anyKnown, countKnown } from '../../engine/aggregate';
import { madeOnce, yearsOld } from '../../engine/expression';
import { cites, defineRule, law } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';

/** Signed by the member where adult, by a guardian where minor; a letter not in force covers nobody. */
const covered = sql`case when signer_id is null then false when years < adult_age then signature = 'GUARDIAN'
  when years >= adult_age then signature = 'SELF' end`;

/** 书面同意核查 授权书: without it no agency is asked, and every rule that needs an answer stays open by itself. */
export const letterInForce = defineRule({
  code: 'RR-14',
  title: '授权书有效并覆盖全体成员',
  basis: [
    ...cites('IM-4.3'),
    ...law('公共租赁住房管理办法', '第八条'),
    ...law('个人信息保护法', '第三十一条'),
    ...law('社会救助法', '第四十条'),
  ],
  since: '2014-01-01',
  needs: [],
  facts: sql`
    select household_id, ${allKnown(sql`covered`)} as all_covered, ${countKnown(sql`not covered`)} as uncovered,
      ${anyKnown(sql`without_letter`)} as without_letter
    from (
      select household_id, ${covered} as covered, without_letter
      from (
        with in_force as materialized (
          select given.household_id, letter.id from given left join letter on letter.id = given.letter_id and letter.case_id = given.case_id
            and letter.household_id = given.household_id and letter.purpose = given.purpose
            and letter.signed_on <= given.as_of and letter.valid_until >= given.as_of and letter.ended_on is null
        )
        select member.household_id, in_force.id is null as without_letter, signed.person_id as signer_id, signed.signature,
          ${yearsOld(sql`member.birth_date`, sql`given.as_of`)} as years, ${parameter('adult-age.years')} as adult_age
        from member join given using (household_id) join in_force using (household_id)
        left join (
          select letter.household_id, signature.person_id, signature.signature
          from in_force as letter join letter_member as signature on signature.letter_id = letter.id
          ${madeOnce}
        ) as signed on signed.household_id = member.household_id and signed.person_id = member.person_id
        ${madeOnce}
      ) as signature
      ${madeOnce}
    ) as person group by household_id`,
  holds: sql`all_covered`,
  observed: sql`uncovered`,
  threshold: sql`0`,
  unit: 'person',
  note: sql`case when without_letter then 'NO_LETTER' end`,
  onFalse: 'FAIL',
  because: {
    fail: ({ observed, note }) =>
      note === 'NO_LETTER'
        ? '没有在核对日有效的授权书，不得向任何部门查询。'
        : `授权书未有效覆盖 ${observed ?? '部分'} 名成员：成年成员须本人签名，未成年人须由监护人签名。`,
    unknown: () => '家庭没有在册成员，无法核对授权书。',
  },
});
