import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

const DRAFTED = ['region_code', 'version', 'title', 'text', 'legal_basis', 'steps', 'drafted_at', 'drafted_by'];
const row = (which: string, columns: readonly string[]): string =>
  `(${columns.map((column) => `${which}.${column}`).join(', ')})`;

/** What must hold of procedures and batches, whoever writes. */
export class Migration20261130AllocationGuards extends Migration {
  override up(): void {
    this.procedure();
    this.publishing();
    this.batch();
    this.step();
    this.addSql(
      `revoke all on function guard_allocation_procedure, publish_allocation_procedure, guard_allocation_batch, take_allocation_step from public`,
    );
  }

  /** 拟定 and 报同级人民政府批准: with a legal basis, by the government of the region itself, one version after the other. */
  private procedure(): void {
    this.addSql(`
      create function guard_allocation_procedure() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        place region;
      begin
        select * into place from region where code = new.region_code;
        if tg_op = 'INSERT' then
          if new.state <> 'DRAFT' then ${refusal('a procedure begins as a draft', 'allocation_procedure_drafted')} end if;
          if place.level not in ('PREFECTURE','COUNTY') then ${refusal('neither a city nor a county', 'allocation_procedure_of_office')} end if;
        else
          if not exists (select from legal_move where noun = 'allocation_procedure' and (from_state, to_state) = (old.state, new.state)) then
            ${refusal('not from this state', 'allocation_procedure_move')}
          end if;
          if new.edition <> old.edition + 1 then ${refusal('somebody was faster', 'allocation_procedure_stale')} end if;
          if (new.id, new.region_code, new.version) <> (old.id, old.region_code, old.version)
            or new.state <> 'DRAFT' and ${row('new', DRAFTED)} <> ${row('old', DRAFTED)}
            or old.state = 'SUBMITTED' and (new.submitted_on, new.submitted_by) <> (old.submitted_on, old.submitted_by) then
            ${refusal('what was submitted stays', 'allocation_procedure_move')}
          end if;
        end if;
        if jsonb_array_length(new.steps) = 0 or exists (select from jsonb_array_elements(new.steps) as s (step)
          left join allocation_step_title t on to_jsonb(t.code) = s.step group by s.step having count(*) > 1 or count(t.code) = 0) then
          ${refusal('steps are those of the table, each once', 'allocation_procedure_steps')}
        end if;
        if new.state = 'SUBMITTED' and (jsonb_array_length(new.legal_basis) = 0 or exists (select from jsonb_array_elements(new.legal_basis) as b (basis)
          where coalesce(btrim(basis ->> 'title'), '') = '' or coalesce(btrim(basis ->> 'documentNumber'), '') = '')) then
          ${refusal('it rests on nothing', 'allocation_legal_basis')}
        end if;
        if new.state = 'APPROVED' then
          if right(new.approving_body, length(place.name) + 4) <> place.name || (case place.division_kind when 'LEAGUE' then '行政公署' else '人民政府' end) then
            ${refusal('not the government of the same level', 'allocation_same_level')}
          end if;
          if new.approved_on > (new.approval_recorded_at at time zone 'Asia/Shanghai')::date then
            ${refusal('not approved yet', 'allocation_procedure_approved_on')}
          end if;
          perform pg_advisory_xact_lock(hashtext('allocation procedure ' || new.region_code));
          if exists (select from allocation_procedure p where p.region_code = new.region_code and p.state = 'APPROVED' and p.id <> new.id
            and (p.valid_from >= new.valid_from or p.version > new.version)) then
            ${refusal('before the version before', 'allocation_procedure_in_order')}
          end if;
        end if;
        return new;
      end $$;
      create trigger guard_allocation_procedure before insert or update on allocation_procedure for each row execute function guard_allocation_procedure()`);
  }

  /** Law is cited as people cite it; the steps by the names of the table. */
  private publishing(): void {
    this.addSql(`
      create function publish_allocation_procedure() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        insert into published_allocation_procedure (id, region_code, version, title, text, legal_basis, steps, approving_body, document_number, approved_on, valid_from)
        select new.id, new.region_code, new.version, new.title, new.text,
          (select jsonb_agg(concat(b.basis ->> 'title', '（', b.basis ->> 'documentNumber', '）', b.basis ->> 'article') order by b.place)
           from jsonb_array_elements(new.legal_basis) with ordinality as b (basis, place)),
          (select jsonb_agg(t.title order by s.place) from jsonb_array_elements_text(new.steps) with ordinality as s (code, place)
           join allocation_step_title t using (code)),
          new.approving_body, new.document_number, new.approved_on, new.valid_from;
        return null;
      end $$;
      create trigger publish_allocation_procedure after update on allocation_procedure for each row
        when (new.state = 'APPROVED') execute function publish_allocation_procedure()`);
  }

  /** Bound when it is opened, and for good. */
  private batch(): void {
    this.addSql(`
      create function guard_allocation_batch() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' then
          if new.state <> 'OPEN' or new.version <> 0 then ${refusal('a batch begins open', 'allocation_batch_begins')} end if;
          if new.opened_on <> (new.opened_at at time zone 'Asia/Shanghai')::date then ${refusal('another day', 'allocation_batch_begins')} end if;
          if new.procedure_id is distinct from allocation_procedure_in_force(new.region_code, new.opened_on) then
            ${refusal('no approved procedure of its own in force', 'allocation_batch_in_force')}
          end if;
          return new;
        end if;
        if not exists (select from legal_move where noun = 'allocation_batch' and (from_state, to_state) = (old.state, new.state)) then
          ${refusal('not from this state', 'allocation_batch_move')}
        end if;
        if new.version <> old.version + 1 then ${refusal('somebody was faster', 'allocation_batch_stale')} end if;
        if (new.id, new.region_code, new.name, new.procedure_id, new.opened_on, new.opened_at, new.opened_by)
            <> (old.id, old.region_code, old.name, old.procedure_id, old.opened_on, old.opened_at, old.opened_by)
          or old.state = 'CLOSED' and (new.closed_on, new.closed_by) <> (old.closed_on, old.closed_by) then
          ${refusal('bound for good', 'allocation_batch_bound')}
        end if;
        return new;
      end $$;
      create trigger guard_allocation_batch before insert or update on allocation_batch for each row execute function guard_allocation_batch()`);
  }

  private step(): void {
    this.addSql(`
      create function take_allocation_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        batch allocation_batch;
        again boolean;
      begin
        select * into batch from allocation_batch where id = new.batch_id for update;
        again := exists (select from allocation_batch_step s where s.batch_id = new.batch_id and s.step = new.step);
        if batch.region_code is distinct from new.region_code then ${refusal('of another batch', 'allocation_step_of_batch')} end if;
        if new.version <> batch.version then ${refusal('somebody was faster', 'allocation_batch_stale')} end if;
        if new.on_day < batch.opened_on or new.on_day > (new.at at time zone 'Asia/Shanghai')::date
          or new.on_day > batch.closed_on then
          ${refusal('not within the batch', 'allocation_step_day')}
        end if;
        if again <> (new.correction is not null) then ${refusal('a step is recorded once, then corrected', 'allocation_step_correction')} end if;
        if again and new.on_day is null then ${refusal('a known day is not unlearned', 'allocation_step_corrected_day')} end if;
        if batch.state = 'CLOSED' and not again then ${refusal('the batch is closed', 'allocation_batch_closed')} end if;
        update allocation_batch set version = batch.version + 1 where id = batch.id;
        return new;
      end $$;
      create trigger take_allocation_step before insert on allocation_batch_step for each row execute function take_allocation_step()`);
  }
}
