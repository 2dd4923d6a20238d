import { Migration } from '@mikro-orm/migrations';

/* As they were when this was written; schema/archive/sections has them too, and a test compares the two. */
const SECTIONS = {
  HOUSEHOLD: [
    ...['HUKOU', 'HOUSING', 'INCOME', 'ASSETS', 'DECLARATION', 'REVIEW', 'CONTRACT'],
    ...['ALLOCATION', 'EXIT'],
  ],
  DWELLING: ['TITLE', 'COMPLETION', 'ALLOTMENTS', 'CONTRACTS', 'REPAIRS'],
} as const;
const TIANJIN = '地方规定（天津），待本地文件确定';
const NUMBERS: readonly (readonly [code: string, value: number, unit: string])[] = [
  ['archive.filing-days', 90, 'day'],
  ['archive.paper-years', 30, 'year'],
  ['archive.electronic-years', 0, 'year'],
];

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(',');

/** 住房保障档案 [IM-4]: a file of each household and each dwelling, its entries in one chain, and the stages of what was collected. */
export class Migration20261130Archive extends Migration {
  override up(): void {
    this.numbers();
    this.files();
    this.entries();
    this.stages();
    for (const table of ['archive_file', 'archive_entry', 'archive_body', 'archive_step'])
      this.addSql(`call guard_by_region('${table}'); grant select on ${table} to anju_app`);
    this.addSql(`
      grant insert on archive_entry, archive_body, archive_step to anju_app;
      grant select (entry_id, sealed_key, key_id) on archive_body to anju_engine;
      create function reseal_archive(ids uuid[], was bytea[], becomes bytea[], under text) returns bigint
      language sql volatile security definer set search_path = public, pg_temp as $$
        with changed as (
          update archive_body b set sealed_key = g.becomes, key_id = under
          from unnest(ids, was, becomes) as g (id, was, becomes) where b.entry_id = g.id and b.sealed_key = g.was returning 1
        ) select count(*) from changed
      $$;
      revoke all on function reseal_archive from public;
      grant execute on function reseal_archive to anju_engine`);
  }

  private numbers(): void {
    const rows = NUMBERS.map(([code, value, unit]) => `('${code}', ${value}, '${unit}')`).join(', ');
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), n.code, region, n.value, n.unit, '${TIANJIN}', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region cross join (values ${rows}) as n (code, value, unit)`);
  }

  private files(): void {
    const sections = Object.entries(SECTIONS).flatMap(([kind, names]) => names.map((name) => `('${kind}', '${name}')`));
    this.addSql(`
      create table archive_section (file_kind text not null, section text not null, primary key (file_kind, section));
      insert into archive_section values ${sections.join(', ')};
      grant select on archive_section to anju_app;
      create table archive_file (
        id uuid primary key,
        region_code text not null references region (code),
        kind text not null check (kind in (${quoted(Object.keys(SECTIONS))})),
        household_id uuid,
        dwelling_id uuid,
        opened_at timestamptz not null,
        constraint archive_one_file unique (household_id),
        constraint archive_one_file_of_dwelling unique (dwelling_id),
        check (num_nonnulls(household_id, dwelling_id) = 1 and (kind = 'HOUSEHOLD') = (household_id is not null))
      );
      comment on table archive_file is 'opened by its first entry; it outlives what it is about';
      create index on archive_file (region_code, kind, id)`);
  }

  /** Nothing that can be erased is here: an entry stays for ever, as the hash of what it was. */
  private entries(): void {
    this.addSql(`
      create table archive_entry (
        id uuid primary key,
        region_code text not null,
        file_id uuid not null references archive_file (id),
        household_id uuid,
        dwelling_id uuid,
        seq int not null,
        section text not null,
        form text not null check (form in ('FACT','PAPER','ELECTRONIC')),
        subject_kind text not null,
        subject_id uuid not null,
        fact text,
        valid_from date not null,
        valid_to date,
        recorded_at timestamptz not null,
        corrects uuid references archive_entry (id),
        filed_by text not null,
        role text not null,
        office text not null,
        on_day date not null,
        body_hash text not null check (body_hash ~ '^[0-9a-f]{64}$'),
        prev_hash text not null,
        hash text not null,
        constraint archive_in_order unique (file_id, seq),
        constraint archive_corrected_once unique (corrects),
        constraint archive_valid check (valid_to >= valid_from),
        constraint archive_fact_named check ((form = 'FACT') = (fact is not null))
      );
      comment on column archive_entry.form is 'FACT: made by the database itself, of a row of another table';
      comment on column archive_entry.recorded_at is 'since when it is known; never before the entry before';
      comment on column archive_entry.body_hash is 'SHA-256 of the body, which holds a salt: without the body it tells nothing';
      comment on column archive_entry.hash is 'SHA-256 of the hash before and of archive_head(entry)';
      create index on archive_entry (household_id);
      create index on archive_entry (dwelling_id);
      create index on archive_entry (region_code, section, recorded_at, id);
      create table archive_body (
        entry_id uuid primary key references archive_entry (id),
        region_code text not null,
        salt bytea,
        sealed bytea,
        sealed_key bytea,
        key_id text,
        check (num_nulls(sealed, sealed_key, key_id) in (0, 3) and (salt is null) = (sealed is not null))
      );
      comment on column archive_body.salt is 'of a fact: with it and the row of the fact its body is made again';
      comment on column archive_body.sealed_key is 'of this body alone, sealed: it goes with the body'`);
  }

  private stages(): void {
    this.addSql(`
      create table archive_step (
        id uuid primary key,
        region_code text not null,
        entry_id uuid not null references archive_entry (id),
        stage text not null check (stage in ('ARRANGED','FILED')),
        at timestamptz not null,
        on_day date not null,
        taken_by text not null,
        role text not null,
        office text not null,
        constraint archive_stage_once unique (entry_id, stage)
      );
      comment on table archive_step is 'an entry is COLLECTED by being there; a fact is filed by being one';
      create table archive_move (from_stage text not null, to_stage text not null, primary key (from_stage, to_stage));
      insert into archive_move values ('COLLECTED', 'ARRANGED'), ('ARRANGED', 'FILED');
      grant select on archive_move to anju_app`);
  }
}
