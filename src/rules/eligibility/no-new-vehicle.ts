import { anyKnown, greatestSeen } from '../../engine/aggregate';
import { approval, listed } from '../../engine/approval';
import { askedFor } from '../../engine/expression';
import { cites, defineRule, WHILE_SECURED } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';
import { lacking, yuan } from '../../engine/wording';

const price = sql`(thing ->> 'priceFen')::bigint`;
const limit = parameter('high-end-vehicle.price-fen');

/**
 * Is this vehicle a dear one bought since. The register tells when a vehicle was first registered, not when it came to its
 * holder: a dear one first registered before may have been bought used since, and is unknown (RR-12 refuses it anyway).
 */
const bought = sql`case when found = false then false when found and ${askedFor('vehicles')} then
  case when thing is null or thing ->> 'status' = 'SCRAPPED' or ${price} <= ${limit} then false
    when ${price} > ${limit} and (thing ->> 'firstRegisteredOn')::date > approved_on then true end end`;

/** 内蒙古通知 六(二): 已获得廉租住房保障的家庭购买高档消费品的，要限期退出. Held to the limit of RR-12. */
export const noNewVehicle = defineRule({
  code: 'RR-30',
  title: '获得廉租住房保障以来家庭未购买高档车辆',
  basis: cites('IM-6(2)-2', 'GX-9.3.1(2)-b'),
  since: '2014-01-01',
  programmes: ['LOW_RENT'],
  kinds: WHILE_SECURED,
  review: { factor: 'ASSETS', change: true },
  needs: ['vehicle'],
  facts: sql`
    select household_id, ${anyKnown(sql`bought`)} as has_bought, ${greatestSeen(sql`case when bought then price end`)} as dearest_fen
    from (
      select vehicle.household_id, ${bought} as bought, ${price} as price
      from vehicle join given using (household_id) left join ${approval} using (household_id)
      ${listed('vehicle', 'vehicles')}
      where given.kind <> 'APPLICATION'
    ) as each_vehicle group by household_id`,
  holds: sql`not has_bought`,
  observed: sql`dearest_fen`,
  threshold: limit,
  unit: 'fen',
  onFalse: 'FAIL',
  because: {
    fail: ({ observed, threshold }) =>
      `获得保障以后新登记的车辆价格 ${yuan(observed)}，高于高档车辆标准 ${yuan(threshold)}，须限期退出廉租住房。`,
    unknown: (matter) =>
      matter.missing.length > 0
        ? `${lacking('车管部门', matter)}，是否购买高档车辆待核实。`
        : '家庭名下有车辆没有价格，或者无法确定高档车辆是否在获得保障以后购买，待核实。',
    pass: () => '获得保障以来家庭没有购买高档车辆。',
  },
});
