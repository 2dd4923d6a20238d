import { Migration } from '@mikro-orm/migrations';

/** What is counted again: `t` the row, `from_day` and `code` of the days it was counted by. Rows of which `open` holds. */
interface Counted {
  readonly table: string;
  readonly code: string;
  readonly fromDay: string;
  readonly open: string;
  /** `due.day` is the last day, now that it is known. */
  readonly set: string;
}

/* What a household was told it may wait for is never taken back: its own time can only grow. The time of an office is what the calendar says. */
const COUNTED: readonly Counted[] = [
  {
    ...{ table: 'notice', code: 'notice.working-days', fromDay: 't.result_on', open: 't.due_provisional' },
    set: 'due_on = due.day, due_provisional = false',
  },
  {
    ...{ table: 'change', code: 'watch.reply-working-days', fromDay: 't.notified_on' },
    ...{ open: `t.state = 'NOTIFIED' and t.reply_by_provisional` },
    set: 'reply_by = greatest(n.reply_by, due.day), reply_by_provisional = false',
  },
  {
    ...{ table: 'review_campaign', code: 'review.declaration-working-days' },
    ...{ fromDay: `(t.opened_at at time zone 'Asia/Shanghai')::date`, open: 't.declare_by_provisional' },
    set: 'declare_by = greatest(n.declare_by, due.day), declare_by_provisional = false',
  },
];

const counted = ({ table, code, fromDay, open, set }: Counted): string => `
  update ${table} n set ${set}
  from ${table} t cross join lateral add_working_days(t.region_code, ${fromDay},
    parameter_in_force('${code}', t.region_code, ${fromDay}, clock_timestamp())::int) as due
  where n.id = t.id and ${open} and not due.provisional;`;

/** 放假安排公布后: what reached into a year not yet announced was counted by weekends alone, and is counted again once the year is. */
export class Migration20261130CountedAgain extends Migration {
  override up(): void {
    this.addSql(`
      create function count_again() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        ${COUNTED.map(counted).join('')}
        update annual_review r set declare_by = c.declare_by from review_campaign c
        where c.id = r.campaign_id and r.state = 'DECLARATION_OPEN' and r.declare_by < c.declare_by;
        return null;
      end $$;
      revoke all on function count_again from public;
      create constraint trigger count_again after insert on calendar_year deferrable initially deferred for each row execute function count_again()`);
    this.rewrite(
      'guard_change',
      'elsif not exists (select from legal_move',
      `elsif (to_jsonb(new) - 'reply_by' - 'reply_by_provisional') = (to_jsonb(old) - 'reply_by' - 'reply_by_provisional')
          and old.reply_by_provisional and not new.reply_by_provisional and new.reply_by >= old.reply_by then
          return new; -- its year is announced: the same time, counted again
        elsif not exists (select from legal_move`,
    );
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
