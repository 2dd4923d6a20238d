import { anyKnown } from '../../engine/aggregate';
import { sameIdentity } from '../../engine/identity';
import type { Matter } from '../../engine/matter';
import { cites, defineRule } from '../../engine/rule';
import { sql } from '../../engine/sql';
import { lacking } from '../../engine/wording';

/** 广西规程 10.2.2: 人口证明材料属实. Spouses are compared by blind index; no number is opened. */
export const spouseDeclared = defineRule({
  code: 'RR-16',
  title: '申报的配偶与民政部门登记的配偶一致',
  basis: cites('GX-10.2.2'),
  since: '2014-01-01',
  review: { factor: 'POPULATION' },
  needs: ['civil-affairs'],
  about: 'APPLICANT',
  facts: sql`
    select civil_affairs.household_id, civil_affairs.found, marriage_status, ${anyKnown(sql`other.relation = 'SPOUSE'`)} as declared,
      ${anyKnown(sql`other.relation = 'SPOUSE' and ${sameIdentity(sql`other`, sql`spouse`)}`)} as matches
    from civil_affairs join member as other using (household_id)
    where civil_affairs.is_applicant
    group by civil_affairs.household_id, civil_affairs.found, marriage_status, spouse_index, spouse_index_next`,
  holds: sql`case when marriage_status = 'MARRIED' then matches
    when marriage_status in ('UNMARRIED', 'WIDOWED', 'DIVORCED') then not declared end`,
  unit: null,
  note: sql`case when found = false then 'NO_RECORD' when marriage_status <> 'MARRIED' then 'NOT_MARRIED'
    when matches is not false then null when declared then 'OTHER_PERSON' else 'OMITTED' end`,
  onFalse: 'CONTRADICTION',
  because: {
    fail: ({ note }) => CONTRADICTIONS[note ?? ''] ?? '申报的婚姻状况与民政部门登记不一致，须人工核实。',
    unknown,
  },
});

const CONTRADICTIONS: Readonly<Record<string, string>> = {
  OMITTED: '民政部门登记申请人已婚，但家庭未申报配偶，须补报并人工核实。',
  OTHER_PERSON: '申报的配偶不是民政部门登记的配偶，须人工核实。',
  NOT_MARRIED: '家庭申报了配偶，但民政部门没有申请人现存的婚姻登记，须人工核实。',
};

function unknown(matter: Matter): string {
  if (matter.missing.length > 0) return `${lacking('民政部门', matter)}，婚姻状况待核实。`;
  if (matter.note === 'NO_RECORD') return '民政部门没有申请人的记录，婚姻状况待核实。';
  return '民政部门未说明申请人的婚姻状况或配偶，待核实。';
}
