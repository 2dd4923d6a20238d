import { anyKnown, sumKnown } from '../../engine/aggregate';
import { orNone } from '../../engine/expression';
import type { Matter } from '../../engine/matter';
import { cites, defineRule } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';
import { lacking, percent } from '../../engine/wording';

/** What the contributions say of wages: contribution = wage × ratio (住房公积金管理条例 16, 18), each member's rounded down to fen. */
const impliedWage = sql`floor(monthly_contribution_fen::numeric * 10000 / nullif(ratio_bp, 0))`;

/** 广西规程 10.2.2: 收入证明材料属实. A deviation contradicts; it is for a person to settle and refuses nobody by itself. */
export const declaredIncomePlausible = defineRule({
  code: 'RR-10',
  title: '申报收入与公积金缴存推算的收入相符',
  basis: cites('GX-10.2.2'),
  since: '2014-01-01',
  review: { factor: 'INCOME' },
  needs: ['provident-fund'],
  facts: sql`
    select household_id, ${anyKnown(sql`found`)} as has_account, ${sumKnown(orNone(impliedWage, sql`0`))} as implied_fen
    from provident_fund group by household_id`,
  applies: sql`has_account`,
  holds: sql`abs(implied_fen - given.declared_income_fen)::numeric * 10000
    <= ${parameter('income.deviation-bp')}::numeric * given.declared_income_fen`,
  observed: sql`ceil(abs(implied_fen - given.declared_income_fen)::numeric * 10000 / nullif(given.declared_income_fen, 0))`,
  threshold: parameter('income.deviation-bp'),
  unit: 'bp',
  note: sql`case when given.declared_income_fen is null then 'NOT_DECLARED' end`,
  onFalse: 'CONTRADICTION',
  because: {
    fail: ({ observed, threshold }) =>
      observed === null
        ? '申报月收入为零或过低，与公积金缴存推算的收入相矛盾，须人工核实。'
        : `申报月收入与公积金缴存推算的收入相差 ${percent(observed)}，超过允许的 ${percent(threshold)}，须人工核实。`,
    unknown,
    pass: ({ observed }) => `申报月收入与公积金缴存推算的收入相差 ${percent(observed ?? 0)}，在允许范围内。`,
  },
});

function unknown(matter: Matter): string {
  if (matter.note === 'NOT_DECLARED' && matter.missing.length === 0) return '家庭未申报月收入，无法与公积金缴存比对。';
  return `${lacking('公积金部门', matter)}，申报收入待核实。`;
}
