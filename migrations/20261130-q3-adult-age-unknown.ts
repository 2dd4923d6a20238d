import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** 提交申请 [IM-6(1)]: nobody is called a minor where no age of majority is in force on the day; the number is to be registered first. */
export class Migration20261130AdultAgeUnknown extends Migration {
  override up(): void {
    this.addSql(`
      create or replace function admission_may_submit(app application, step application_step) returns void language plpgsql stable set search_path = public, pg_temp as $$
      declare years bigint := parameter_in_force('adult-age.years', app.region_code, step.on_day, step.at);
      begin
        if years is null then ${refusal('no age of majority is in force', 'application_adult_age_unset')} end if;
        if not exists (select from housing_case c join person p on p.id = c.applicant_id
          join household_member m on m.household_id = c.household_id and m.person_id = p.id and m.from_date <= step.on_day and coalesce(m.to_date >= step.on_day, true)
          where c.id = app.case_id and c.closed_on is null and p.birth_date + make_interval(years => years::int) <= step.on_day) then
          ${refusal('the applicant is no adult member on the day', 'application_by_adult')}
        end if;
        perform admission_letter(app, step);
      end $$`);
  }
}
