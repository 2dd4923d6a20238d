import { Migration } from '@mikro-orm/migrations';

/** 涉及保障住房的业务 [GX-9.2.1(5)]: what the bodies of registration, trade, letting and agency did with a dwelling, or would not say. */
export class Migration20261130DwellingDealings extends Migration {
  override up(): void {
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      values (gen_random_uuid(), 'sale.restricted-years', null, 5, 'year', '经济适用住房管理办法（建住房〔2007〕258号）第三十条', 'NATIONAL', '2014-01-01', '2014-01-01');
      create table dwelling_dealing (
        id uuid primary key,
        region_code text not null references region (code),
        dwelling_id uuid not null references dwelling (id),
        kind text not null check (kind in ('TITLE_TRANSFER','LAND_TITLE_CHANGE','TRADE','LEASE_FILING','AGENCY_LISTING')),
        answer text not null check (answer in ('DEALING','NONE','NO_ANSWER')),
        handling_body text not null,
        on_day date not null,
        document_number text,
        recorded_at timestamptz not null,
        recorded_by text not null
      );
      comment on column dwelling_dealing.answer is 'of the body: it did so, it did not, or it does not say';
      create index on dwelling_dealing (dwelling_id, kind, on_day);
      create index on dwelling_dealing (region_code, id);
      call guard_by_region('dwelling_dealing');
      grant select, insert on dwelling_dealing to anju_app;
      create function guard_dwelling_dealing() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if not exists (select from dwelling w where (w.id, w.region_code) = (new.dwelling_id, new.region_code)) then
          raise exception 'of another dwelling' using errcode = 'check_violation', constraint = 'dwelling_dealing_of_dwelling';
        end if;
        return new;
      end $$;
      revoke all on function guard_dwelling_dealing from public;
      create trigger guard_dwelling_dealing before insert on dwelling_dealing for each row execute function guard_dwelling_dealing()`);
  }
}
