import { anyKnown, greatestSeen } from '../../engine/aggregate';
import { askedFor, madeOnce } from '../../engine/expression';
import { clause, defineRule } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';
import { lacking, yuan } from '../../engine/wording';

/** The dearest priced vehicle: 0 where the member has none, NULL where no vehicle has a price or nobody knows. */
const worth = sql`case when found = false or (found and dearest_vehicle_fen is null and unpriced_vehicles = 0 and ${askedFor('dearestVehicleFen')})
  then 0 else dearest_vehicle_fen end`;

/**
 * 内蒙古通知 六(二): 拥有高档消费品的家庭不得享受廉租住房保障. A known dear vehicle decides, whatever is unknown beside it; an unpriced
 * vehicle, or a region without a catalogue in force, leaves it open.
 */
export const noHighEndVehicle = defineRule({
  code: 'RR-12',
  title: '家庭名下无高档车辆',
  basis: clause('IM-6(2)'),
  since: '2014-01-01',
  programmes: ['LOW_RENT'],
  prohibition: true,
  review: { factor: 'ASSETS' },
  needs: ['vehicle'],
  facts: sql`
    select household_id, ${greatestSeen(sql`worth`)} as dearest_fen,
      ${anyKnown(sql`worth > price_limit or case when all_priced then false end`)} as has_high_end
    from (
      select vehicle.household_id, ${worth} as worth, found = false or unpriced_vehicles = 0 as all_priced,
        ${parameter('high-end-vehicle.price-fen')} as price_limit
      from vehicle join given using (household_id)
      ${madeOnce}
    ) as person group by household_id`,
  holds: sql`not has_high_end`,
  observed: sql`case when has_high_end is not null then dearest_fen end`,
  threshold: parameter('high-end-vehicle.price-fen'),
  unit: 'fen',
  onFalse: 'FAIL',
  because: {
    fail: ({ observed, threshold }) =>
      `家庭名下车辆价格 ${yuan(observed)}，高于高档车辆标准 ${yuan(threshold)}，不得享受廉租住房保障。`,
    unknown: (matter) =>
      matter.missing.length > 0
        ? `${lacking('车管部门', matter)}，车辆待核实。`
        : '家庭名下有车辆没有价格，是否属于高档车辆待核实。',
    pass: ({ observed, threshold }) =>
      observed === 0
        ? '家庭名下没有车辆。'
        : `家庭名下车辆价格最高 ${yuan(observed)}，不高于高档车辆标准 ${yuan(threshold)}。`,
  },
});
