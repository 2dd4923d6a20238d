import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** 审批结果公布记录 [GX-10.2.3]: where and when an approved household's allotment was made public. Only grows: a later record says what an earlier one left out. */
export class Migration20261130ApprovalPublicity extends Migration {
  override up(): void {
    this.addSql(`
      create table approval_publicity (
        id uuid primary key,
        region_code text not null references region (code),
        allotment_id uuid not null references allotment (id),
        medium text check (medium in ('TELEVISION','NEWSPAPER','GOVERNMENT_SITE','HOUSING_SITE','OTHER')),
        place text,
        url text,
        published_on date not null,
        document_number text not null,
        recorded_at timestamptz not null,
        recorded_by text not null,
        constraint approval_publicity_somewhere check (num_nonnulls(place, url) > 0)
      );
      comment on column approval_publicity.medium is 'null where nobody could tell the medium: supervision is told of it';
      create index on approval_publicity (allotment_id);
      create index on approval_publicity (region_code, id);
      call guard_by_region('approval_publicity');
      grant select, insert on approval_publicity to anju_app`);
    this.addSql(`
      create function guard_approval_publicity() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        it allotment;
      begin
        select * into it from allotment a where (a.id, a.region_code) = (new.allotment_id, new.region_code);
        if it.id is null then ${refusal('of another allotment', 'approval_publicity_of_allotment')} end if;
        if it.state not in ('ACCEPTED','CONTRACT_SIGNED','HANDED_OVER') or not exists (select from application a where a.id = it.application_id and a.state = 'APPROVED') then
          ${refusal('nothing was allotted', 'approval_publicity_of_allotted')}
        end if;
        if new.published_on < allotted_on(it.id) or new.published_on > (new.recorded_at at time zone 'Asia/Shanghai')::date then
          ${refusal('before it was allotted, or not yet', 'approval_publicity_day')}
        end if;
        return new;
      end $$;
      revoke all on function guard_approval_publicity from public;
      create trigger guard_approval_publicity before insert on approval_publicity for each row execute function guard_approval_publicity()`);
  }
}
