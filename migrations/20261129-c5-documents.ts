import { Migration } from '@mikro-orm/migrations';

const KINDS = ['IDENTITY', 'HUKOU', 'MARRIAGE', 'INCOME', 'HOUSING', 'ASSETS', 'LETTER', 'OTHER'];
const TYPES = ['application/pdf', 'image/png', 'image/jpeg'];
const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(',');
const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** 申请材料: what was handed in with an application; never changed, only taken back. The bytes lie in the file store. */
export class Migration20261129Documents extends Migration {
  override up(): void {
    this.table();
    this.guard();
  }

  private table(): void {
    this.addSql(`
      create table application_document (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        application_id uuid not null references application (id),
        kind text not null check (kind in (${quoted(KINDS)})),
        name text not null check (char_length(name) between 1 and 120 and name !~ '[[:cntrl:]/\\\\]'),
        content_type text not null check (content_type in (${quoted(TYPES)})),
        bytes int not null check (bytes > 0),
        sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
        taken_on date not null,
        taken_by text not null,
        withdrawn_on date,
        withdrawn_by text,
        withdrawal_reason text,
        sealed_key bytea not null,
        key_id text not null,
        constraint application_document_withdrawn check (num_nulls(withdrawn_on, withdrawn_by, withdrawal_reason) in (0, 3))
      );
      comment on column application_document.name is 'as whoever handed it in calls it: never a path';
      comment on column application_document.sha256 is 'of the bytes as they were handed in';
      comment on column application_document.sealed_key is 'of this file alone, sealed: the file store holds nothing that opens it';
      create index on application_document (application_id);
      create index on application_document (household_id);
      create index on application_document (region_code);
      call guard_by_region('application_document');
      grant select, insert, update (withdrawn_on, withdrawn_by, withdrawal_reason) on application_document to anju_app;
      grant select (id, sealed_key, key_id) on application_document to anju_engine;
      create function reseal_documents(ids uuid[], was bytea[], becomes bytea[], under text) returns bigint
      language sql volatile security definer set search_path = public, pg_temp as $$
        with changed as (
          update application_document d set sealed_key = g.becomes, key_id = under
          from unnest(ids, was, becomes) as g (id, was, becomes) where d.id = g.id and d.sealed_key = g.was returning 1
        ) select count(*) from changed
      $$;
      revoke all on function reseal_documents from public;
      grant execute on function reseal_documents to anju_engine`);
  }

  /** The application is held meanwhile, so that no two are counted as one and none slips in behind a step. */
  private guard(): void {
    this.addSql(`
      create function guard_application_document() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare app application;
      begin
        if tg_op = 'UPDATE' then
          if (new.id, new.region_code, new.household_id, new.application_id, new.kind, new.name, new.content_type, new.bytes, new.sha256, new.taken_on, new.taken_by)
            is distinct from (old.id, old.region_code, old.household_id, old.application_id, old.kind, old.name, old.content_type, old.bytes, old.sha256, old.taken_on, old.taken_by) then
            ${refusal('a document is never changed', 'document_stands')}
          end if;
          if (new.withdrawn_on, new.withdrawn_by, new.withdrawal_reason) is not distinct from (old.withdrawn_on, old.withdrawn_by, old.withdrawal_reason) then
            return new;
          end if;
          if old.withdrawn_on is not null then ${refusal('taken back already', 'document_taken_back_once')} end if;
        elsif new.withdrawn_on is not null then
          ${refusal('a document begins as one', 'document_begins')}
        end if;
        select * into app from application where id = new.application_id for update;
        if (app.region_code, app.household_id) is distinct from (new.region_code, new.household_id) then
          ${refusal('of another household', 'document_of_household')}
        end if;
        if app.state not in ('DRAFT', 'SUBMITTED') and not (tg_op = 'INSERT' and app.state = 'IN_REVIEW') then
          ${refusal('not in this state', 'document_in_time')}
        end if;
        return new;
      end $$;
      revoke all on function guard_application_document from public;
      create trigger guard_application_document before insert or update on application_document for each row execute function guard_application_document()`);
  }
}
