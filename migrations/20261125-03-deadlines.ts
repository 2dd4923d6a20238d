import { Migration } from '@mikro-orm/migrations';

/** Until when an agency may answer, when it is reminded of it, and what happens to answers that come later still. */
export class Migration20261125Deadlines extends Migration {
  override up(): void {
    this.addSql(`
      alter table deferred_query
        add column due_provisional boolean not null default false,
        add column reminded_at timestamptz,
        add column overdue_at timestamptz;
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
  }
}
