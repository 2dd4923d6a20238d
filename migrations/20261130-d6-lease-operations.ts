import { Migration } from '@mikro-orm/migrations';

/** 维修养护、物业管理 [GX-9.2.1(1)] of a dwelling. Signing and rent have records of their own. */
export class Migration20261130LeaseOperations extends Migration {
  override up(): void {
    this.addSql(`
      create table lease_operation (
        id uuid primary key,
        region_code text not null,
        dwelling_id uuid not null references dwelling (id),
        kind text not null check (kind in ('REPAIR','PROPERTY_MANAGEMENT')),
        on_day date not null,
        summary text not null,
        done_by text not null,
        amount_fen bigint check (amount_fen >= 0),
        document_number text,
        recorded_at timestamptz not null,
        recorded_by text not null
      );
      create index on lease_operation (dwelling_id, on_day);
      call guard_by_region('lease_operation');
      grant select, insert on lease_operation to anju_app;
      grant select on lease_operation to anju_engine;
      create function guard_lease_operation() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if not exists (select from dwelling w where (w.id, w.region_code) = (new.dwelling_id, new.region_code)) then
          raise exception 'of another dwelling' using errcode = 'check_violation', constraint = 'lease_operation_of_dwelling';
        end if;
        return new;
      end $$;
      revoke all on function guard_lease_operation from public;
      create trigger guard_lease_operation before insert on lease_operation for each row execute function guard_lease_operation()`);
  }
}
