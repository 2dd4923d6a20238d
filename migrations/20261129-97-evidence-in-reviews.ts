import { Migration } from '@mikro-orm/migrations';

/** A yearly review, too, is decided on exactly the evidence of officers that is in force on the day. */
export class Migration20261129EvidenceInReviews extends Migration {
  override up(): void {
    this.addSql(`
      create function guard_review_evidence() returns trigger language plpgsql set search_path = public, pg_temp as $$
      declare
        reviewed uuid := (select case_id from annual_review where id = new.review_id);
        laid uuid[] := (select c.laid from case_report c where c.case_id = reviewed);
        alive uuid[] := evidence_in_force(reviewed, (new.at at time zone 'Asia/Shanghai')::date);
      begin
        if not (laid @> alive and laid <@ alive) then
          raise exception 'the report stands on other evidence' using errcode = 'check_violation', constraint = 'review_on_evidence_in_force';
        end if;
        return new;
      end $$;
      create trigger guard_review_evidence before insert on review_step for each row when (new.kind = 'DECISION') execute function guard_review_evidence()`);
  }
}
