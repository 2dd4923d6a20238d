import { Migration } from '@mikro-orm/migrations';

/**
 * A second blind index while the index key is rotated, and the doors through which rows are sealed anew. One person per
 * number holds all along: whoever registers persons does so under the gate, and writes every index that is in force.
 */
export class Migration20261125PersonIndex extends Migration {
  override up(): void {
    this.addSql('alter table person add column id_index_next bytea');
    this.addSql('create unique index person_id_index_next on person (id_index_next) where id_index_next is not null');
    this.registerPersons();
    this.resealing();
  }

  /**
   * Finds or makes persons by blind index. The caller says under which keys its indexes are; which of them counts is read
   * here, under a gate that a change of keys closes. AJ001: the caller does not know a key that is in force.
   */
  private registerPersons(): void {
    this.addSql('drop function register_persons(uuid[], text[], text[], date[], bytea[], text[], bytea[])');
    this.addSql(`
      create function register_persons(ids uuid[], regions text[], names text[], births date[], numbers bytea[], keys text[], indexes bytea[],
        index_key text default null, nexts bytea[] default null, next_key text default null)
      returns table (ordinal bigint, person_id uuid) language plpgsql volatile security definer set search_path = public, pg_temp as $$
      #variable_conflict use_column
      declare
        in_force text;
        coming text;
        must_write boolean;
        these bytea[] := indexes;
        those bytea[];
      begin
        perform pg_advisory_xact_lock_shared(20261125, 41);
        select id into in_force from sealing_key where purpose = 'index' and state = 'CURRENT';
        select id, state = 'READY' into coming, must_write from sealing_key where purpose = 'index' and state in ('NEXT', 'READY');
        if exists (select from sealing_key s where s.purpose = 'seal' and s.state = 'RETIRED' and s.id = any (keys)) then
          raise exception 'sealed under a retired key' using errcode = 'AJ001';
        end if;
        if index_key is not null and in_force is not null and index_key <> in_force then
          if next_key is distinct from in_force then
            raise exception 'indexed under a key that is not in force' using errcode = 'AJ001';
          end if;
          these := nexts;
        end if;
        if coming is not null and coming = next_key then
          those := nexts;
        elsif must_write then
          raise exception 'the coming index is missing' using errcode = 'AJ001';
        end if;
        insert into person (id, region_code, name, birth_date, id_number, id_number_key, id_index, id_index_next)
          select distinct on (g.this) g.id, g.region_code, g.name, g.birth_date, g.id_number, g.id_number_key, g.this, g.that
          from unnest(ids, regions, names, births, numbers, keys, these, those)
            with ordinality as g (id, region_code, name, birth_date, id_number, id_number_key, this, that, place)
          where not exists (select from person p where p.id_index_next = g.this)
          order by g.this, g.place
          on conflict do nothing;
        /* A statement of its own: it sees what another transaction registered while ours waited for it. */
        return query
          select g.place, coalesce(p.id, q.id) from unnest(these) with ordinality as g (this, place)
            left join person p on p.id_index = g.this left join person q on q.id_index_next = g.this
          order by g.place;
      end $$;
      revoke all on function register_persons from public;
      grant execute on function register_persons to anju_app`);
  }

  /** For the engine role, which reads every region already. Each changes a row only while it is as the caller has read it. */
  private resealing(): void {
    this.addSql(`
      create function reseal_persons(ids uuid[], was bytea[], becomes bytea[], key text) returns bigint
      language sql volatile security definer set search_path = public, pg_temp as $$
        with changed as (
          update person p set id_number = g.becomes, id_number_key = key
          from unnest(ids, was, becomes) as g (id, was, becomes) where p.id = g.id and p.id_number = g.was returning 1
        ) select count(*) from changed
      $$;
      create function index_persons(ids uuid[], nexts bytea[]) returns bigint
      language sql volatile security definer set search_path = public, pg_temp as $$
        with changed as (
          update person p set id_index_next = g.next
          from unnest(ids, nexts) as g (id, next) where p.id = g.id and p.id_index_next is null returning 1
        ) select count(*) from changed
      $$;
      create function settle_person_indexes(ids uuid[]) returns bigint
      language sql volatile security definer set search_path = public, pg_temp as $$
        with changed as (
          update person set id_index = id_index_next, id_index_next = null
          where id = any (ids) and id_index_next is not null returning 1
        ) select count(*) from changed
      $$;
      create function reseal_answers(ids uuid[], ats timestamptz[], was jsonb[], becomes jsonb[]) returns bigint
      language sql volatile security definer set search_path = public, pg_temp as $$
        with changed as (
          update answer a set value = g.becomes
          from unnest(ids, ats, was, becomes) as g (id, at, was, becomes)
          where a.id = g.id and a.at = g.at and a.value = g.was returning 1
        ) select count(*) from changed
      $$`);
    const doors = [
      'reseal_persons(uuid[], bytea[], bytea[], text)',
      'index_persons(uuid[], bytea[])',
      'settle_person_indexes(uuid[])',
      'reseal_answers(uuid[], timestamptz[], jsonb[], jsonb[])',
    ].join(', ');
    this.addSql(`revoke all on function ${doors} from public; grant execute on function ${doors} to anju_engine`);
  }
}
