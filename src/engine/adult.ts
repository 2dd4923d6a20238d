import { yearsOld } from './expression';
import type { RuleDeclaration } from './rule';
import { parameter, sql, type Sql } from './sql';

/** Is the applicant of the case of age on a day? What every rule of adulthood has in common; the birthday itself counts (民法典第十七条). */
export const adultOn = (
  day: Sql,
): Pick<RuleDeclaration, 'needs' | 'facts' | 'holds' | 'observed' | 'threshold' | 'unit' | 'onFalse'> => ({
  needs: [],
  facts: sql`
    select given.household_id, ${yearsOld(sql`person.birth_date`, day)} as age
    from given join person on person.id = given.applicant_id`,
  holds: sql`age >= ${parameter('adult-age.years')}`,
  observed: sql`age`,
  threshold: parameter('adult-age.years'),
  unit: 'year',
  onFalse: 'FAIL',
});
