import { Migration } from '@mikro-orm/migrations';

const IN_FORCE = (code: string, of: string): string => `coalesce(parameter_in_force('${code}', ${of}), 0)`;
const ITS_DAY = `told.region_code, new.on_day, new.at`;

/** 告知 [GX-10.4.3-3]: where no number is in force the last day to tell somebody is unknown, and no day is taken for it. A number that comes later gives it. */
export class Migration20261130UnknownLimits extends Migration {
  override up(): void {
    this.unknownDays();
    this.knownLater();
  }

  private unknownDays(): void {
    this.addSql(`
      alter table notice alter column due_on drop not null;
      comment on column notice.due_on is 'last day to tell; null: the region has no period in force';
      comment on column notice.paper_by is 'last day to hand it over on paper, once sending has failed; null then: the region has no period in force';
      drop index notice_region_code_due_on_id_idx;
      create index on notice (region_code, (coalesce(due_on, 'infinity'::date)), id);
      create index notice_without_limit on notice (region_code) where due_on is null or paper_by is null and state = 'PAPER_TASK'`);
    const [due, paper] = [`region, day, moment`, ITS_DAY];
    this.rewrite('tell_of', IN_FORCE('notice.working-days', due), `parameter_in_force('notice.working-days', ${due})`);
    this.rewrite('tell_of', 'due.day, due.provisional, moment', 'due.day, coalesce(due.provisional, false), moment');
    this.rewrite(
      'take_notice_step',
      IN_FORCE('notice.paper-working-days', paper),
      `parameter_in_force('notice.paper-working-days', ${paper})`,
    );
  }

  private knownLater(): void {
    this.addSql(`
      create function notice_limit_is_known() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare moment timestamptz := greatest(clock_timestamp(), new.known_from);
      begin
        update notice n set due_on = due.day, due_provisional = due.provisional
        from notice o cross join lateral add_working_days(o.region_code, o.result_on,
          parameter_in_force('notice.working-days', o.region_code, o.result_on, moment)::int) as due
        where n.id = o.id and o.due_on is null;
        update notice n set paper_by = due.day
        from notice o join notice_step s on s.notice_id = o.id and s.kind = 'PAPER_TASK' cross join lateral add_working_days(o.region_code, s.on_day,
          parameter_in_force('notice.paper-working-days', o.region_code, s.on_day, moment)::int) as due
        where n.id = o.id and o.paper_by is null and o.state = 'PAPER_TASK';
        return null;
      end $$;
      revoke all on function notice_limit_is_known from public;
      create trigger notice_limit_is_known after insert on parameter for each row
        when (new.code in ('notice.working-days', 'notice.paper-working-days')) execute function notice_limit_is_known()`);
  }

  /** Other words in a function that stands; what is to be replaced must be there. */
  private rewrite(name: string, was: string, becomes: string): void {
    this.addSql(`
      do $do$
      declare body text := pg_get_functiondef('${name}'::regproc);
      begin
        if strpos(body, $was$${was}$was$) = 0 then raise exception '${name} is not as it was'; end if;
        execute replace(body, $was$${was}$was$, $new$${becomes}$new$);
      end $do$`);
  }
}
