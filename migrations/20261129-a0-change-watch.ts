import { Migration } from '@mikro-orm/migrations';

const DEFAULTS = [
  ['watch.interval-days', 30, 'day'],
  ['watch.reply-working-days', 15, 'working-day'],
] as const;

const FIELDS = [
  ...['property.units', 'vehicle.vehicles', 'civil-affairs.marriageStatus', 'civil-affairs.deceasedOn'],
  'police.deceasedOn',
].join(',');

/** 变动监测: a purpose for watching, what the last look held as keyed digests, and no value of an answer longer than it takes to compare it. */
export class Migration20261129ChangeWatch extends Migration {
  override up(): void {
    this.addSql(`
      alter table purpose add column watches boolean not null default false;
      comment on column purpose.watches is 'asked for by the nightly watch alone: nothing is judged under it';
      insert into purpose (code, title, basis, sources, fields, watches) values
        ('CHANGE_WATCH', '变动监测', 'GX-9.3.1(2)', '{property,vehicle,civil-affairs,police}', '{${FIELDS}}', true)`);
    for (const [code, value, unit] of DEFAULTS)
      this.addSql(`
        insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
        select gen_random_uuid(), '${code}', region, ${value}, '${unit}', '部署约定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
        from unnest(array['15','45']) as region`);
    this.marks();
    this.forgetting();
    this.doubts();
  }

  private marks(): void {
    this.addSql(`
      create table watch_mark (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        person_id uuid not null references person (id),
        source text not null,
        key bytea not null,
        key_id text not null,
        digests text[],
        looked_on date,
        tried_on date not null,
        status text not null check (status in ('ANSWERED','NOT_ANSWERED')),
        reason text,
        constraint watch_mark_once unique (household_id, person_id, source),
        constraint watch_mark_says_why check ((status = 'NOT_ANSWERED') = (reason is not null)),
        constraint watch_mark_holds_what_it_saw check ((digests is null) = (looked_on is null) and (status = 'NOT_ANSWERED' or looked_on = tried_on))
      );
      comment on column watch_mark.key is 'of this row alone, sealed: the digests of two rows tell nothing of each other';
      comment on column watch_mark.digests is 'of what the last answer that counted held; null: there was none yet';
      create index on watch_mark (region_code);
      create index on watch_mark (person_id);
      call guard_by_region('watch_mark');
      grant select, insert, update on watch_mark to anju_app;
      grant select on watch_mark to anju_engine;
      create function reseal_marks(ids uuid[], was bytea[], becomes bytea[], under text) returns bigint
      language sql volatile security definer set search_path = public, pg_temp as $$
        with changed as (
          update watch_mark m set key = g.becomes, key_id = under
          from unnest(ids, was, becomes) as g (id, was, becomes) where m.id = g.id and m.key = g.was returning 1
        ) select count(*) from changed
      $$;
      revoke all on function reseal_marks from public;
      grant execute on function reseal_marks to anju_engine`);
  }

  /** The one right to take something out of an answer: what it said, once it is compared, where it was asked for to watch. It is never used again. */
  private forgetting(): void {
    this.addSql(`
      alter table answer add column compared_at timestamptz;
      comment on column answer.compared_at is 'of an answer to the watch: since when it holds no value any more';
      create index answer_to_compare on answer (region_code, at) where purpose = 'CHANGE_WATCH' and compared_at is null and status <> 'PENDING';
      create function forget_watched(ids uuid[], moment timestamptz) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
        update answer a set value = null, source_record_id = null, max_age = interval '0', compared_at = moment,
          reason = case when a.value is null then a.reason else 'COMPARED' end
        where a.id = any (ids) and a.purpose = 'CHANGE_WATCH' and a.status <> 'PENDING' and a.compared_at is null
          and a.region_code = any ((select hub_regions())::text[])
      $$;
      revoke all on function forget_watched from public;
      grant execute on function forget_watched to anju_app`);
  }

  /** As before; and what was told to the watch ends no doubt: nobody judged by it. */
  private doubts(): void {
    this.addSql(`
      create or replace function end_contests(cases uuid[], moment timestamptz) returns boolean language plpgsql volatile set search_path = public, pg_temp as $$
      begin
        update fact_contest f set ended_at = moment, ended_by_answer = newer.id
        from fact_contest open cross join lateral (
          select a.id from answer a join purpose p on p.code = a.purpose and not p.watches
          where a.case_id = open.case_id and a.household_id = open.household_id and a.person_id = open.person_id and a.source = open.source
            and (a.status = 'FOUND' or a.covered and a.status = 'NOT_FOUND') and a.asked_at > open.contested_at
          order by a.at desc, a.id desc limit 1
        ) as newer
        where f.id = open.id and open.ended_at is null and open.case_id = any (cases);
        return exists (select from fact_contest where case_id = any (cases) and ended_at is null)
          or exists (select from paper_evidence where case_id = any (cases) and state = 'CONFIRMED');
      end $$`);
  }
}
