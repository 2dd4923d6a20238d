import { yearsOld } from './expression';
import type { RuleDeclaration } from './rule';
import { guarded, parameter, sql, type Sql } from './sql';

/** Of the applicant, who need not be a member any more. */
const birthDate = guarded`case when member.person_id is null then (select birth_date from person where person.id = given.applicant_id) else member.birth_date end`;

/** Is the applicant of the case of age on a day? What every rule of adulthood has in common; the birthday itself counts (民法典第十七条). */
export const adultOn = (
  day: Sql,
): Pick<RuleDeclaration, 'needs' | 'facts' | 'holds' | 'observed' | 'threshold' | 'unit' | 'onFalse'> => ({
  needs: [],
  facts: sql`
    select given.household_id, ${yearsOld(birthDate, day)} as age
    from given left join member on member.household_id = given.household_id and member.person_id = given.applicant_id`,
  holds: sql`age >= ${parameter('adult-age.years')}`,
  observed: sql`age`,
  threshold: parameter('adult-age.years'),
  unit: 'year',
  onFalse: 'FAIL',
});
