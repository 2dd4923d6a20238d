import { Migration } from '@mikro-orm/migrations';

/**
 * The read and write log as leaves of one RFC 6962 tree. What a leaf is made of is written down in docs/audit-log.md and
 * never changes; `hub audit verify` makes it again by itself.
 */
export class Migration20261125LogTree extends Migration {
  override up(): void {
    this.addSql('create sequence log_entry_id; grant usage on sequence log_entry_id to anju_audit_writer');
    for (const table of ['read_entry', 'write_entry']) this.numbered(table);
    this.addSql(`
      alter table read_entry
        add column persons int not null default 1,
        alter column person_id drop not null,
        add column person_ref bytea,
        add constraint person_or_ref check (num_nonnulls(person_id, person_ref) = 1 and (person_ref is null) = (erased_by is null));
      alter table write_entry
        add column op text not null default 'ACT' check (op in ('ACT','INSERT','UPDATE','DELETE','TRUNCATE')),
        add column rows int not null default 1,
        alter column entity_id drop not null,
        add column entity_ref bytea,
        add constraint entity_or_ref check (num_nonnulls(entity_id, entity_ref) = 1 and (entity_ref is null) = (erased_by is null))`);
    this.tables();
    this.leaves();
    this.sequencer();
  }

  /**
   * One row of numbers for both logs. `tx`: the transaction that wrote the entry; `salt`: hides whom the leaf commits to once
   * the entry is erased, and goes with it.
   */
  private numbered(table: string): void {
    this.addSql(`
      alter table ${table} drop column id cascade;
      alter table ${table}
        add column id bigint not null default nextval('log_entry_id'),
        add column tx bigint not null default (pg_current_xact_id()::text)::bigint,
        add column salt uuid default gen_random_uuid(),
        add column erased_by bigint,
        add primary key (id, at);
      create index on ${table} (tx, id)`);
  }

  private tables(): void {
    this.addSql(`
      create table log_leaf (
        seq bigint primary key,
        log "char" not null check (log in ('r', 'w')),
        entry_id bigint not null unique,
        entry_at timestamptz not null,
        hash bytea not null check (length(hash) = 32)
      )`);
    /* Roots of complete subtrees of 256, 65,536 and so on leaves; what lies between is made when it is asked for. */
    this.addSql(`
      create table log_node (
        level int not null check (level % 8 = 0 and level > 0),
        index bigint not null,
        hash bytea not null check (length(hash) = 32),
        primary key (level, index)
      )`);
    /* The last head; all of them stand in the file outside. */
    this.addSql(`
      create table log_head (
        one boolean primary key default true check (one),
        size bigint not null,
        at timestamptz not null,
        root bytea not null,
        canonical text not null,
        signature text not null
      )`);
    /* One row. `horizon`: every entry of an older transaction has its leaf. `resume_…`: where a full batch stopped. */
    this.addSql(`
      create table log_state (
        one boolean primary key default true check (one),
        log_id uuid not null default gen_random_uuid(),
        size bigint not null default 0,
        horizon bigint not null default 0,
        resume_tx bigint not null default 0,
        resume_id bigint not null default 0
      );
      insert into log_state default values`);
    this.addSql(`
      grant select on log_leaf, log_node, log_head, log_state to anju_app;
      grant insert on log_node, log_head to anju_app;
      grant update on log_head to anju_app`);
  }

  private leaves(): void {
    const instant = `to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
    const leaf = (items: string) =>
      `select sha256('\\x00'::bytea || convert_to(jsonb_build_array(${items})::text, 'UTF8'))`;
    this.addSql(`
      create function leaf_of(e read_entry) returns bytea language sql stable as $$
        ${leaf(`'anju/read/1', e.id::text, ${instant}, e.subject, e.role, e.office,
          encode(coalesce(e.person_ref, sha256(uuid_send(e.salt) || uuid_send(e.person_id))), 'hex'), e.source, to_jsonb(e.fields),
          e.purpose, e.case_id, e.letter_id, e.request_id, e.persons::text`)}
      $$;
      create function leaf_of(e write_entry) returns bytea language sql stable as $$
        ${leaf(`'anju/write/1', e.id::text, ${instant}, e.subject, e.role, e.office, e.verb, e.op, e.entity,
          encode(coalesce(e.entity_ref, sha256(uuid_send(e.salt) || convert_to(e.entity_id, 'UTF8'))), 'hex'), e.region_code,
          to_jsonb(e.fields), e.request_id, e.rows::text`)}
      $$;
      revoke all on function leaf_of(read_entry), leaf_of(write_entry) from public`);
  }

  /**
   * Numbers entries that were committed and have no leaf yet, at most `most` of them, oldest transaction first. Whoever
   * calls waits for another caller. Nothing is skipped: what is not visible now belongs to a transaction that is running
   * now, hence to one that is not older than the new horizon. A horizon of another cluster (a restored dump) is dropped.
   */
  private sequencer(): void {
    const fresh = (log: string, table: string, range: string) => `
            (select '${log}'::"char" as log, e.id, e.at, e.tx, leaf_of(e) as hash from ${table} e
              where ${range} and not exists (select from log_leaf l where l.entry_id = e.id) order by e.tx, e.id limit most)`;
    const late = 'e.tx >= state.horizon and e.tx < state.resume_tx';
    const next = '(e.tx, e.id) > (state.resume_tx, state.resume_id)';
    this.addSql(`
      create function sequence_log(most int) returns table (seq bigint, hash bytea)
      language plpgsql volatile security definer set search_path = public, pg_temp
      set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
      #variable_conflict use_column
      declare
        state log_state;
      begin
        select * into state from log_state for update;
        if state.horizon > (pg_snapshot_xmax(pg_current_snapshot())::text)::bigint then
          state.horizon := 0;
          state.resume_tx := 0;
          state.resume_id := 0;
        end if;
        return query
          with cut as (select (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint as xmin),
          fresh as (${[late, next]
            .flatMap((range) => [fresh('r', 'read_entry', range), fresh('w', 'write_entry', range)])
            .join(' union all ')}
          ),
          numbered as (select row_number() over (order by tx, id) as n, * from fresh order by tx, id limit most),
          written as (
            insert into log_leaf (seq, log, entry_id, entry_at, hash)
            select state.size + n - 1, log, id, at, hash from numbered returning seq, hash
          ),
          last as (select tx, id, n = most as is_full, n from numbered order by n desc limit 1),
          moved as (
            update log_state set size = state.size + coalesce((select n from last), 0),
              (horizon, resume_tx, resume_id) = (
                select case when l.is_full then least(xmin, l.tx) else xmin end, case when l.is_full then l.tx else xmin end,
                  case when l.is_full then l.id else 0 end
                from cut left join last l on true
              )
          )
          select seq, hash from written order by seq;
      end $$;
      revoke all on function sequence_log from public;
      grant execute on function sequence_log to anju_app`);
  }
}
