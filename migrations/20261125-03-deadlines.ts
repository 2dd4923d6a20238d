import { Migration } from '@mikro-orm/migrations';

/** Until when an agency may answer, when it is reminded of it, and what happens to answers that come later still. */
export class Migration20261125Deadlines extends Migration {
  override up(): void {
    this.addSql(`
      alter table deferred_query
        add column answer_within int not null default 10,
        add column due_provisional boolean not null default false,
        add column reminded_at timestamptz,
        add column overdue_at timestamptz;
      comment on column deferred_query.answer_within is 'working days that the connector declares';
      comment on column deferred_query.due_provisional is 'the period reaches into a year whose holidays are not announced';
      comment on column deferred_query.overdue_at is 'when the hub found it overdue; it is still looked for until collected';
      create index on deferred_query (due_at) where collected_at is null`);
    /* Days that a region gives a source, the nearest region's word first; else what the connector declares (条例 art. 21). */
    this.addSql(`
      create function answer_due(source text, region text, asked date, declared int, out day date, out provisional boolean) language sql stable as $$
        select d.day, d.provisional from add_working_days(region, asked, coalesce((
          select p.value::int from region_lineage(region) l
          join parameter p on p.code = 'answer-within.' || source and p.region_code is not distinct from l.code
          where p.valid_from <= asked and (p.valid_to is null or p.valid_to >= asked) and p.known_from <= now()
          order by l.distance, p.valid_from desc, p.known_from desc limit 1), declared)) d
      $$`);
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), 'answer-reminder.working-days', region, 2, 'working-day', '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region`);
    /*
     * Once a day: dues that reached into a year announced since are counted anew; agencies whose time is nearly over are
     * reminded, once. As the owner, because the people asked about lie in every region. Returns how many were reminded.
     */
    this.addSql(`
      create function remind_answers(now timestamptz) returns int language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare today date := (now at time zone 'Asia/Shanghai')::date; reminded int;
      begin
        update deferred_query q set due_at = due.at, due_provisional = false
        from (
          select d.query_id, max((o.day + 1)::timestamp at time zone 'Asia/Shanghai') - interval '1 millisecond' as at, bool_or(o.provisional) as provisional
          from deferred_query d
          join lateral (select distinct region_code from answer a where a.query_id = d.query_id) r on true
          cross join lateral answer_due(d.source, r.region_code, (d.asked_at at time zone 'Asia/Shanghai')::date, d.answer_within) o
          where d.collected_at is null and d.due_provisional group by d.query_id
        ) as due
        where q.query_id = due.query_id and not due.provisional;
        update deferred_query q set reminded_at = now
        from (
          select d.query_id, min(r.region_code) as region from deferred_query d join answer r on r.query_id = d.query_id
          where d.collected_at is null and d.overdue_at is null and d.reminded_at is null group by d.query_id
        ) as open
        cross join lateral (
          select p.value::int as days from region_lineage(open.region) l
          join parameter p on p.code = 'answer-reminder.working-days' and p.region_code is not distinct from l.code
          where p.valid_from <= today and (p.valid_to is null or p.valid_to >= today)
          order by l.distance, p.valid_from desc, p.known_from desc limit 1
        ) as notice
        cross join lateral add_working_days(open.region, today, notice.days) as horizon
        where q.query_id = open.query_id and (q.due_at at time zone 'Asia/Shanghai')::date <= horizon.day;
        get diagnostics reminded = row_count;
        return reminded;
      end $$;
      revoke all on function remind_answers from public;
      grant execute on function remind_answers to anju_app`);
  }
}
