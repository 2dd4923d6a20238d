import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** Who is of age is a number in force (民法典第十七条), for letters as for applications, and years are counted in one way: whoever was born on 29 February comes of age on 1 March. */
export class Migration20261130OfAge extends Migration {
  override up(): void {
    this.addSql(`
      create function years_old(birth date, on_day date) returns integer language sql immutable parallel safe as
        $$ select date_part('year', age(on_day::timestamp, birth::timestamp))::int $$;
      comment on function years_old is 'completed years of age on a day; the birthday itself counts'`);
    this.letters();
    this.applications();
  }

  /** Without a number nobody can say who signs: the letter is not whole. A function of plpgsql keeps its plans: over a million letters they are most of the work. */
  private letters(): void {
    this.addSql(`
      create or replace function letter_is_whole(whole uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
      declare l letter; signing date; years numeric;
      begin
        select * into l from letter where id = whole;
        if not exists (select from letter_member n where n.letter_id = l.id) then return false; end if;
        if exists (select from household_member h where h.household_id = l.household_id and h.to_date is null
          and not exists (select from letter_member n where n.letter_id = l.id and n.person_id = h.person_id)) then return false; end if;
        for signing in select distinct coalesce(m.signed_on, l.signed_on) from letter_member m where m.letter_id = l.id loop
          years := parameter_in_force('adult-age.years', l.region_code, signing, clock_timestamp());
          if exists (
            select from letter_member n join person p on p.id = n.person_id
            where n.letter_id = l.id and coalesce(n.signed_on, l.signed_on) is not distinct from signing and (case
              when not exists (select from household_member h where h.household_id = l.household_id and h.person_id = n.person_id) then false
              when years_old(p.birth_date, signing) >= years then n.signature = 'SELF' and n.signed_by = n.person_id
              else n.signature = 'GUARDIAN' and exists (
                select from letter_member g join person q on q.id = g.person_id
                where g.letter_id = l.id and g.person_id = n.signed_by and years_old(q.birth_date, signing) >= years)
            end) is not true) then return false; end if;
        end loop;
        return true;
      end $$`);
  }

  private applications(): void {
    this.addSql(`
      create or replace function admission_may_submit(app application, step application_step) returns void language plpgsql stable set search_path = public, pg_temp as $$
      declare years bigint := parameter_in_force('adult-age.years', app.region_code, step.on_day, step.at);
      begin
        if years is null then ${refusal('no age of majority is in force', 'application_adult_age_unset')} end if;
        if not exists (select from housing_case c join person p on p.id = c.applicant_id
          join household_member m on m.household_id = c.household_id and m.person_id = p.id and m.from_date <= step.on_day and coalesce(m.to_date >= step.on_day, true)
          where c.id = app.case_id and c.closed_on is null and years_old(p.birth_date, step.on_day) >= years) then
          ${refusal('the applicant is no adult member on the day', 'application_by_adult')}
        end if;
        perform admission_letter(app, step);
      end $$`);
  }
}
