import { yearsOld } from '../../engine/expression';
import type { Matter } from '../../engine/matter';
import { cites, defineRule, law } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';
import { lacking } from '../../engine/wording';

/** A place abolished since stands for its successor. */
const place = sql`case when place.successor_code is null then hukou_place else place.successor_code end`;
const digits = sql`${parameter('hukou.local-code-digits')}::int`;

/**
 * 内蒙古通知 三: 对申请人的户籍全面核查. How long and how near is the region's to say. Where the programme admits people
 * without a local register (公共租赁住房管理办法 7: 外来务工人员), the rule is not theirs.
 */
export const localRegister = defineRule({
  code: 'RR-05',
  title: '申请人具有本地户籍且达到规定年限',
  basis: [...cites('IM-3.C6', 'IM-3.D6'), ...law('公共租赁住房管理办法', '第七条')],
  since: '2014-01-01',
  review: { factor: 'POPULATION' },
  needs: ['police'],
  about: 'APPLICANT',
  facts: sql`
    select police.household_id, ${yearsOld(sql`hukou_since`, sql`given.as_of`)} as years,
      case when found = false then false
        when found then left(${place}, ${digits}) = left(given.region_code, ${digits}) end as local
    from police join given using (household_id) left join region as place on place.code = hukou_place
    where is_applicant`,
  applies: sql`local or ${parameter('hukou.non-local-admitted')} = 0`,
  holds: sql`local and years >= ${parameter('hukou.years')}`,
  observed: sql`case when local then years end`,
  threshold: parameter('hukou.years'),
  unit: 'year',
  note: sql`case when local = false then 'NON_LOCAL' end`,
  onFalse: 'FAIL',
  because: {
    fail: ({ observed, threshold, note }) =>
      note === 'NON_LOCAL'
        ? '申请人的户籍不在本地，不符合本类保障的户籍条件。'
        : `申请人的本地户籍 ${observed} 年，未满 ${threshold} 年。`,
    unknown: (matter: Matter) => `${lacking('公安机关', matter)}，户籍待核实。`,
    pass: ({ observed, threshold }) => `申请人的本地户籍 ${observed} 年，已满 ${threshold} 年。`,
  },
});
