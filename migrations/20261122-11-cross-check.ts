import { Migration } from '@mikro-orm/migrations';

/** In whose name a cross-check asks, and the sweep that puts forgotten work back into the queue. */
export class Migration20261122CrossCheck extends Migration {
  override up(): void {
    this.addSql(`
      alter table cross_check
        add column requester_role text not null,
        add column requester_office text not null,
        add column partner_fields text[]`);
    this.addSql(
      `comment on column cross_check.partner_fields is 'source.field a partner system may have; null for an officer'`,
    );
    this.addSql(`create index on cross_check (state) where state in ('REQUESTED','RUNNING')`);
    /* Runs as the owner, because only it sees the queue's tables and every region. Returns how many errands were put back. */
    this.addSql(`
      create function sweep_cross_checks(now timestamptz) returns int language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare errand record; swept int := 0;
      begin
        for errand in
          select 'run-cross-check' as task, json_build_object('crossCheckId', id) as payload, 'run-cross-check:' || id as key
            from cross_check where state in ('REQUESTED','RUNNING')
          union all
          select 'collect-deferred', json_build_object('queryId', query_id), 'collect-deferred:' || query_id
            from deferred_query where collected_at is null and next_poll_at <= now
        loop
          if not exists (select from graphile_worker.jobs j where j.key = errand.key and j.attempts < j.max_attempts) then
            perform enqueue(errand.task, errand.payload, null, errand.key);
            swept := swept + 1;
          end if;
        end loop;
        return swept;
      end $$;
      revoke all on function sweep_cross_checks from public;
      grant execute on function sweep_cross_checks to anju_app`);
  }
}
