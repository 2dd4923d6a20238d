import { Migration } from '@mikro-orm/migrations';

const WORDS =
  '您户已于{day}被责令退出住房保障，文号：{number}。事由：{ground}。依据合同条款：{clause}。退出的最后一日：{until}。';
const GROUND = `case x.ground when 'NO_LONGER_ELIGIBLE' then '不再符合条件' when 'CHANGE_OF_USE' then '擅自改变用途' when 'SUBLET' then '转租' when 'LENT' then '转借'
  when 'VACANT' then '无正当理由连续空置' when 'SOLD' then '出售' end`;

/** 责令退出的告知: like every other result, the order itself makes it. Whoever was ordered before this is told by other means. */
export class Migration20261130ExitNotices extends Migration {
  override up(): void {
    this.addSql(`
      insert into notice_wording values ('EXIT_ORDERED', '${WORDS}');
      create function tell_of_exit_order() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        reason text := (select ${GROUND} from exit_case x where x.id = new.subject_id);
      begin
        perform tell_of('EXIT_ORDERED', new.region_code, new.household_id, null, new.id, new.on_day, new.at,
          jsonb_build_object('number', new.document_number, 'ground', reason, 'clause', new.clause_id, 'until', new.due_on));
        return null;
      end $$;
      revoke all on function tell_of_exit_order from public;
      create trigger tell_of_exit_order after insert on tenancy_step for each row when ((new.noun, new.kind) = ('EXIT', 'ORDER')) execute function tell_of_exit_order()`);
  }
}
