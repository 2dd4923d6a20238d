import { Migration } from '@mikro-orm/migrations';

const KINDS = [
  ...['IDENTITY', 'HUKOU', 'MARRIAGE', 'INCOME', 'HOUSING', 'ASSETS', 'LETTER', 'OTHER'],
  ...['POPULATION', 'FAMILY_PLANNING', 'EMPLOYMENT', 'SERIOUS_ILLNESS', 'DISABILITY'],
];

/** 证明材料属实 [GX-10.2.2]: who issued a document, and what its source says of it. Of an illness nothing is kept but that. */
export class Migration20261130DocumentChecks extends Migration {
  override up(): void {
    const kinds = KINDS.map((kind) => `'${kind}'`).join(',');
    this.addSql(`
      alter table application_document drop constraint application_document_kind_check;
      alter table application_document add constraint application_document_kind_check check (kind in (${kinds}));
      alter table application_document
        add column issued_by text,
        add column check_result text check (check_result in ('CONFIRMED','CONTRADICTED')),
        add column checked_against text,
        add column checked_on date,
        add column checked_by text,
        add constraint application_document_checked check (num_nulls(issued_by, check_result, checked_against, checked_on, checked_by) in (0, 5));
      grant update (issued_by, check_result, checked_against, checked_on, checked_by) on application_document to anju_app;
      create function guard_document_check() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' and new.check_result is not null then
          raise exception 'checked after it is there' using errcode = 'check_violation', constraint = 'document_check_begins';
        end if;
        if tg_op = 'UPDATE' and new.check_result is null and old.check_result is not null then
          raise exception 'what was found stays until something else is' using errcode = 'check_violation', constraint = 'document_check_stands';
        end if;
        if new.check_result is not null and (new.withdrawn_on is not null and old.withdrawn_on is not null or new.checked_on < new.taken_on) then
          raise exception 'of a document that is there' using errcode = 'check_violation', constraint = 'document_check_in_time';
        end if;
        if new.checked_by = new.taken_by then
          raise exception 'by another person' using errcode = 'check_violation', constraint = 'document_check_second_person';
        end if;
        return new;
      end $$;
      create trigger guard_document_check before insert or update of issued_by, check_result, checked_against, checked_on, checked_by
        on application_document for each row execute function guard_document_check()`);
  }
}
