import { Migration } from '@mikro-orm/migrations';

/** 动态跟踪复核 [GX-9.2.1(2)]: what a re-check after a change came to, and within how many days one is to be opened. */
export class Migration20261130RecheckResults extends Migration {
  override up(): void {
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), 'change.recheck-working-days', region, 20, 'working-day', '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region;
      alter table change add column result text check (result in ('KEEP','NOT_QUALIFIED'));
      comment on column change.result is 'of a re-check: what the report says on which its case stands';
      grant update (result) on change to anju_app;
      create function guard_change_result() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        if new.result is distinct from (case when new.outcome = 'RE_CHECKED' then (
          select case r.conclusion when 'ELIGIBLE' then 'KEEP' when 'INELIGIBLE_PROPOSED' then 'NOT_QUALIFIED' end
          from case_report r where (r.case_id, r.cross_check_id) = (new.case_id, new.cross_check_id)) end)
          or new.outcome = 'RE_CHECKED' and new.result is null then
          raise exception 'not what the re-check came to' using errcode = 'check_violation', constraint = 'change_result_of_re_check';
        end if;
        return new;
      end $$;
      create trigger guard_change_result before insert or update of outcome, result on change for each row execute function guard_change_result()`);
  }
}
