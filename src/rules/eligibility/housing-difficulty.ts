import { headcount, sumKnown } from '../../engine/aggregate';
import { orNone } from '../../engine/expression';
import { cites, defineRule } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';
import { lacking, squareMetres } from '../../engine/wording';

/** 内蒙古通知 三: 对申请人的住房全面核查. Shares of all units of all members over the members, rounded down to whole cm². */
export const housingDifficulty = defineRule({
  code: 'RR-07',
  title: '家庭人均自有住房面积低于住房困难标准',
  basis: cites('IM-3.D3', 'IM-3.C6'),
  since: '2014-01-01',
  review: { factor: 'HOUSING' },
  needs: ['property'],
  facts: sql`
    select household_id, ${sumKnown(orNone(sql`owned_area_cm2`, sql`0`))} / ${headcount} as per_head_cm2
    from property group by household_id`,
  holds: sql`per_head_cm2 < ${parameter('housing.per-head-area-cm2')}`,
  observed: sql`per_head_cm2`,
  threshold: parameter('housing.per-head-area-cm2'),
  unit: 'cm2',
  onFalse: 'FAIL',
  because: {
    fail: ({ observed, threshold }) =>
      `人均自有住房面积 ${squareMetres(observed)}，不低于住房困难标准 ${squareMetres(threshold)}。`,
    unknown: (matter) => `${lacking('产权产籍部门', matter)}，住房面积待核实。`,
    pass: ({ observed, threshold }) =>
      `人均自有住房面积 ${squareMetres(observed)}，低于住房困难标准 ${squareMetres(threshold)}。`,
  },
});
