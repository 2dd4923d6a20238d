import { Migration } from '@mikro-orm/migrations';

/**
 * How long to wait is a length of time, never the distance of two instants: the clock that told the one may not be the clock that
 * tells the other. A batch to be looked for at an instant further away than that was put off by a clock that ran ahead: it is due.
 */
export class Migration20261130Waits extends Migration {
  override up(): void {
    this.addSql(`
      alter table deferred_query add column poll_after interval not null default '6 hours';
      comment on column deferred_query.poll_after is 'how long it was to be waited, told when next_poll_at was'`);
    this.addSql(`
      create or replace function sweep_cross_checks(now timestamptz) returns int language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare errand record; swept int := 0;
      begin
        for errand in
          select 'run-cross-check' as task, json_build_object('crossCheckId', id) as payload, 'run-cross-check:' || id as key
            from cross_check where state in ('REQUESTED','RUNNING')
          union all
          select 'collect-deferred', json_build_object('queryId', query_id), 'collect-deferred:' || query_id
            from deferred_query where collected_at is null and (next_poll_at <= now or next_poll_at > now + poll_after)
        loop
          if not exists (select from graphile_worker.jobs j where j.key = errand.key and j.attempts < j.max_attempts) then
            perform enqueue(errand.task, errand.payload, null, errand.key);
            swept := swept + 1;
          end if;
        end loop;
        return swept;
      end $$`);
  }
}
