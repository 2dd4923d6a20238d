import { allKnown, anyKnown, countKnown, countSeen } from '../../engine/aggregate';
import { askedFor, nameForm } from '../../engine/expression';
import type { Matter } from '../../engine/matter';
import { cites, defineRule } from '../../engine/rule';
import { sql } from '../../engine/sql';
import { lacking } from '../../engine/wording';

const declared = nameForm(sql`declared_name`);
const registered = nameForm(sql`name`);

/** Alive and on the register: FALSE only where the police say when it ended. */
const living = sql`case when found and ${askedFor('deceasedOn')} and ${askedFor('cancelledOn')} then
  (deceased_on is null or deceased_on > given.as_of) and (cancelled_on is null or cancelled_on > given.as_of) end`;

/** One name, however written. A former name is not: it is NULL, for a person to settle, like any name that differs. */
const agreed = sql`case when ${declared} = ${registered} and name_match in ('EXACT', 'SPELLING') then true end`;

/**
 * 广西规程 8.2.2(3): 保障对象真实性. Number and check character are proved at intake; the police say whether
 * the number is that of this name and of somebody alive. A name that differs under one number is ambiguous and never a
 * FAIL; a death or a cancellation contradicts the file and is for a person to settle.
 */
export const sameName = defineRule({
  code: 'RR-02',
  title: '成员的姓名、号码与公安机关登记一致且户籍有效',
  basis: cites('GX-8.2.2(3)'),
  since: '2014-01-01',
  review: { factor: 'POPULATION' },
  needs: ['police'],
  facts: sql`
    select household_id, ${allKnown(sql`agreed and living`)} as genuine, ${countKnown(sql`differs`)} as different,
      ${countSeen(sql`not living`)} as ended, ${countSeen(sql`name_match = 'FORMER'`)} as former,
      ${countSeen(sql`name_match = 'SPELLING'`)} as spelt, ${countSeen(sql`found = false`)} as unrecorded,
      ${anyKnown(sql`differs`)} as any_differs
    from (
      select police.household_id, found, name_match, ${declared} <> ${registered} as differs,
        ${agreed} as agreed, ${living} as living
      from police join given using (household_id)
    ) as person group by household_id`,
  holds: sql`genuine`,
  observed: sql`case when genuine = false then ended when any_differs then different when former > 0 then former
    when unrecorded > 0 then unrecorded when genuine then spelt end`,
  threshold: sql`0`,
  unit: 'person',
  note: sql`case when genuine = false then null when any_differs then 'DIFFERS' when former > 0 then 'FORMER'
    when unrecorded > 0 then 'NO_RECORD' when household_id is null then 'NOBODY' end`,
  onFalse: 'CONTRADICTION',
  because: {
    fail: ({ observed }) => `公安机关登记 ${observed} 名成员已经死亡或户口已经注销，须人工核实。`,
    unknown,
    pass: ({ observed }) =>
      `全体成员的姓名、号码与公安机关登记一致，户籍有效${observed ? `；其中 ${observed} 名成员的姓名写法不同（空格、全半角或间隔号），为同一姓名` : ''}。`,
  },
});

const SETTLE: Readonly<Record<string, string>> = {
  DIFFERS: '名成员的申报姓名与同一号码登记的姓名不一致，身份存在歧义，须人工核实。',
  FORMER: '名成员以公安机关登记的曾用名申报，须核对证件后更正姓名。',
  NO_RECORD: '名成员在公安机关声明的范围内查无户籍登记，身份须人工核实。',
};

function unknown(matter: Matter): string {
  const { note, observed } = matter;
  if (note === 'NOBODY') return '家庭没有在册成员，无法核对姓名。';
  if (note && SETTLE[note]) return `${observed} ${SETTLE[note]}`;
  return `${lacking('公安机关', matter)}，姓名与户籍待核实。`;
}
