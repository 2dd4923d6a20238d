import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

interface Source {
  readonly kind: string;
  readonly table: string;
  /** What never changes of a row: it is made again from these. */
  readonly columns: readonly string[];
  /** What is blanked when the file is erased. */
  readonly personal: readonly string[];
  /** Section by what happened; '*': whatever else. */
  readonly sections: Readonly<Record<string, string>>;
  readonly on?: string;
  readonly file?: 'DWELLING';
}

const same = (section: string, ...facts: string[]) => Object.fromEntries(facts.map((fact) => [fact, section]));
const TAKEN = ['at', 'on_day', 'taken_by', 'role', 'office'];

/** What becomes an entry by itself [IM-4.6]. Contracts, occupancies and exits are lines of migrations of their own. */
const SOURCES: readonly Source[] = [
  {
    ...{ kind: 'APPLICATION_STEP', table: 'application_step', personal: ['note'] },
    columns: [
      ...['id', 'application_id', 'version', 'kind', 'round', ...TAKEN, 'agency', 'opinion', 'document_number'],
      ...['note', 'report_hash', 'publicity_id'],
    ],
    sections: {
      ...same('DECLARATION', 'SUBMISSION', 'RETURN', 'ACCEPTANCE', 'WITHDRAWAL', 'APPEAL'),
      '*': 'REVIEW',
    },
  },
  {
    ...{ kind: 'APPLICATION_DOCUMENT', table: 'application_document', personal: ['name', 'withdrawal_reason'] },
    columns: [...['id', 'application_id', 'kind', 'name', 'content_type', 'bytes', 'sha256', 'taken_on', 'taken_by']],
    sections: {
      ...same('HUKOU', 'IDENTITY', 'HUKOU', 'MARRIAGE'),
      ...{ INCOME: 'INCOME', HOUSING: 'HOUSING', ASSETS: 'ASSETS', '*': 'DECLARATION' },
    },
  },
  {
    ...{ kind: 'REVIEW_STEP', table: 'review_step', personal: ['note'] },
    columns: [
      ...['id', 'review_id', 'kind', ...TAKEN, 'agency', 'opinion', 'attended', 'outcome', 'conversion', 'amount_fen'],
      ...['basis', 'document_number', 'note', 'report_hash', 'cross_check_id', 'objections_until', 'effective_on'],
    ],
    sections: { ...same('DECLARATION', 'DECLARATION', 'NOT_DECLARED'), '*': 'REVIEW' },
  },
  {
    ...{ kind: 'ANNUAL_REVIEW', table: 'annual_review', personal: [], sections: { '*': 'REVIEW' } },
    columns: ['id', 'year', 'programme', 'case_id'],
    /* The one state that no step leads to: a report does. */
    on: `update of state, report_hash on annual_review for each row when (new.state = 'EVALUATED' and (old.state, old.report_hash) is distinct from (new.state, new.report_hash))`,
  },
  {
    ...{ kind: 'EXIT_CASE', table: 'exit_case', personal: [], sections: { '*': 'EXIT' } },
    columns: ['id', 'review_id', 'ground', 'basis', 'opened_on', 'vacate_by'],
  },
  {
    ...{ kind: 'WAITING_STEP', table: 'waiting_step', personal: ['note'], sections: { '*': 'ALLOCATION' } },
    columns: [
      ...['id', 'entry_id', 'version', 'kind', 'to_state', ...TAKEN, 'batch', 'deferred_until', 'document_number'],
      'note',
    ],
  },
  {
    ...{ kind: 'DWELLING_STEP', table: 'dwelling_step', personal: [], file: 'DWELLING' },
    columns: ['id', 'dwelling_id', 'version', 'kind', 'to_state', ...TAKEN, 'document_number'],
    sections: { ...same('COMPLETION', 'START', 'COMPLETION', 'ACCEPTANCE'), '*': 'ALLOTMENTS' },
  },
];

const list = (words: readonly string[]): string => `'{${words.join(',')}}'`;

/** What must hold of an archive, whoever writes, by whatever statement; and what becomes an entry without anybody writing it. */
export class Migration20261130ArchiveGuards extends Migration {
  override up(): void {
    this.registry();
    this.texts();
    this.keep();
    this.step();
    this.stand();
    this.facts();
  }

  private registry(): void {
    this.addSql(`
      create table archive_source (kind text primary key, source text not null, columns text[] not null, personal text[] not null, dwelling_of text);
      create table archive_source_section (
        kind text not null references archive_source (kind), file_kind text not null, fact text not null, section text not null,
        primary key (kind, file_kind, fact), foreign key (file_kind, section) references archive_section
      );
      comment on table archive_source is 'rows of which tables are entries by themselves, by which columns';
      comment on column archive_source.dwelling_of is 'SQL of whose dwelling a row t is, where it does not say so itself';
      comment on column archive_source_section.fact is 'what happened, the longest that fits; * for whatever follows';
      grant select on archive_source, archive_source_section to anju_app;
      create procedure archive_from(kind text, source text, columns text[], personal text[], file_kind text, facts text[], sections text[]) language sql as $$
        insert into archive_source (kind, source, columns, personal) values (kind, source, columns, personal) on conflict do nothing;
        insert into archive_source_section select kind, file_kind, f, s from unnest(facts, sections) as g (f, s)
      $$`);
  }

  /** The body of a fact, and the head of an entry: texts whose hashes are kept. Times are of UTC, whoever asks. */
  private texts(): void {
    this.addSql(`
      create function archive_text(subject_kind text, subject uuid, salt bytea) returns text language plpgsql stable
      set search_path = public, pg_temp set timezone = 'UTC' as $$
      declare
        source archive_source;
        told jsonb;
      begin
        select * into source from archive_source s where s.kind = subject_kind;
        execute format('select jsonb_strip_nulls(to_jsonb(t)) from (select %s from %I where id = $1) t',
          (select string_agg(quote_ident(c), ',') from unnest(source.columns) as c), source.source) into told using subject;
        return jsonb_build_object('salt', encode(salt, 'hex'), 'of', subject_kind, 'row', told)::text;
      end $$;
      create function archive_person(household uuid) returns uuid language sql stable set search_path = public, pg_temp as $$
        select coalesce(
          (select c.applicant_id from housing_case c where c.household_id = household order by c.submitted_on desc, c.id desc limit 1),
          (select m.person_id from household_member m where m.household_id = household order by m.relation <> 'APPLICANT', m.from_date desc, m.id limit 1))
      $$;
      comment on function archive_person is 'whom what is kept about a household speaks of';
      create function archive_head(e archive_entry) returns text language sql stable set search_path = public, pg_temp as $$
        select json_build_array(e.id::text, e.file_id::text, e.seq::text, e.section, e.form, e.subject_kind, e.subject_id::text, e.fact,
          to_char(e.valid_from, 'YYYY-MM-DD'), to_char(e.valid_to, 'YYYY-MM-DD'),
          to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.corrects::text,
          e.filed_by, e.role, e.office, to_char(e.on_day, 'YYYY-MM-DD'), e.body_hash)::text
      $$;
      create function archive_hash(e archive_entry) returns text language sql stable set search_path = public, pg_temp as $$
        select encode(sha256(convert_to(e.prev_hash || archive_head(e), 'UTF8')), 'hex')
      $$`);
  }

  private keep(): void {
    this.addSql(`
      create function keep_archive_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        file archive_file;
        last archive_entry;
        was archive_entry;
      begin
        if new.form = 'FACT' and pg_trigger_depth() < 2 then ${refusal('facts are kept by themselves', 'archive_fact_by_itself')} end if;
        /* What happened is kept wherever its file is. */
        if new.form = 'FACT' then
          new.region_code := coalesce((select f.region_code from archive_file f where f.household_id = new.household_id or f.dwelling_id = new.dwelling_id),
            (select h.region_code from household h where h.id = new.household_id), (select d.region_code from dwelling d where d.id = new.dwelling_id));
        elsif new.household_id is not null and not exists (select from household h where (h.id, h.region_code) = (new.household_id, new.region_code)) then
          ${refusal('there is no such household', 'archive_of_household')}
        elsif new.dwelling_id is not null and not exists (select from dwelling d where (d.id, d.region_code) = (new.dwelling_id, new.region_code)) then
          ${refusal('there is no such dwelling', 'archive_of_household')}
        end if;
        insert into archive_file (id, region_code, kind, household_id, dwelling_id, opened_at)
        values (gen_random_uuid(), new.region_code, case when new.household_id is null then 'DWELLING' else 'HOUSEHOLD' end,
          new.household_id, new.dwelling_id, new.recorded_at) on conflict do nothing;
        select * into file from archive_file f where f.household_id = new.household_id or f.dwelling_id = new.dwelling_id for update;
        if file.region_code is distinct from new.region_code then ${refusal('of another region', 'archive_of_household')} end if;
        if not exists (select from archive_section s where (s.file_kind, s.section) = (file.kind, new.section)) then
          ${refusal('no such section', 'archive_section')}
        end if;
        select * into last from archive_entry e where e.file_id = file.id order by e.seq desc limit 1;
        if new.corrects is not null then
          select * into was from archive_entry e where e.id = new.corrects;
          if was.file_id is distinct from file.id then ${refusal('it corrects another file', 'archive_of_household')} end if;
          if was.form = 'FACT' then ${refusal('what happened stands', 'archive_fact_stands')} end if;
          if was.section <> new.section or was.form <> new.form then ${refusal('it corrects another section', 'archive_section')} end if;
        end if;
        new.file_id := file.id;
        new.seq := coalesce(last.seq, 0) + 1;
        new.prev_hash := coalesce(last.hash, repeat('0', 64));
        new.recorded_at := greatest(new.recorded_at, last.recorded_at);
        new.hash := archive_hash(new);
        return new;
      end $$`);
  }

  private step(): void {
    this.addSql(`
      create function take_archive_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        entry archive_entry;
        stood text;
      begin
        select * into entry from archive_entry e where e.id = new.entry_id;
        if entry.region_code is distinct from new.region_code then ${refusal('of another region', 'archive_of_household')} end if;
        perform from archive_file f where f.id = entry.file_id for update;
        select coalesce((select s.stage from archive_step s where s.entry_id = entry.id order by s.at desc, s.stage desc limit 1),
          case entry.form when 'FACT' then 'FILED' else 'COLLECTED' end) into stood;
        if not exists (select from archive_move m where (m.from_stage, m.to_stage) = (stood, new.stage))
          or exists (select from archive_entry c where c.corrects = entry.id) then
          ${refusal('not from this stage', 'archive_legal_move')}
        end if;
        if new.on_day < entry.on_day or exists (select from archive_step s where s.entry_id = entry.id and (s.on_day > new.on_day or s.at > new.at)) then
          ${refusal('before the stage before', 'archive_in_time')}
        end if;
        return new;
      end $$`);
  }

  /** Nobody changes an entry or takes one away, not even the owner [IM-4.8]. */
  private stand(): void {
    for (const [table, guard] of [
      ['archive_entry', 'keep_archive_entry'],
      ['archive_step', 'take_archive_step'],
    ])
      this.addSql(`
        revoke all on function ${guard} from public;
        create trigger ${guard} before insert on ${table} for each row execute function ${guard}()`);
    this.addSql(`
      create function archive_stands() returns trigger language plpgsql as $$
      begin
        ${refusal('an archive is only added to', 'archive_stands')}
      end $$`);
    for (const table of ['archive_file', 'archive_entry', 'archive_step'])
      this.addSql(
        `create trigger archive_stands before update or delete or truncate on ${table} for each statement execute function archive_stands()`,
      );
  }

  /** Who and when: of the row, else of the transaction; the clock is the hub's where it says so. */
  private facts(): void {
    this.addSql(`
      create function archive_fact() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        told jsonb := to_jsonb(new);
        who jsonb := coalesce(nullif(current_setting('app.caller', true), '')::jsonb,
          jsonb_build_object('subject', 'db:' || session_user, 'role', 'SYSTEM', 'office', '-'));
        moment timestamptz := coalesce(nullif(current_setting('app.moment', true), '')::timestamptz, clock_timestamp());
        what text := concat_ws('_', told ->> 'noun', coalesce(told ->> 'kind', told ->> 'state'));
        source archive_source;
        day date := coalesce(told ->> 'on_day', told ->> 'taken_on', told ->> 'opened_on', (moment at time zone 'Asia/Shanghai')::date::text)::date;
        place record;
        salt bytea;
        entry uuid;
        region text;
      begin
        select * into source from archive_source s where s.kind = tg_argv[0];
        if source.dwelling_of is not null then
          execute format('select jsonb_build_object(''dwelling_id'', %s) || $2 from %I t where t.id = $1', source.dwelling_of, source.source) into told using new.id, told;
        end if;
        for place in
          select distinct on (s.file_kind) s.file_kind, s.section, (told ->> case s.file_kind when 'HOUSEHOLD' then 'household_id' else 'dwelling_id' end)::uuid as of
          from archive_source_section s where s.kind = tg_argv[0] and what like replace(s.fact, '*', '%') order by s.file_kind, length(s.fact) desc
        loop
          continue when place.of is null;
          salt := uuid_send(gen_random_uuid());
          entry := gen_random_uuid();
          insert into archive_entry (id, region_code, household_id, dwelling_id, section, form, subject_kind, subject_id, fact, valid_from, recorded_at,
            filed_by, role, office, on_day, body_hash)
          values (entry, new.region_code, case place.file_kind when 'HOUSEHOLD' then place.of end, case place.file_kind when 'DWELLING' then place.of end,
            place.section, 'FACT', tg_argv[0], new.id, what, day, moment,
            coalesce(told ->> 'taken_by', who ->> 'subject'), coalesce(told ->> 'role', who ->> 'role'), coalesce(told ->> 'office', who ->> 'office'), day,
            encode(sha256(convert_to(archive_text(tg_argv[0], new.id, salt), 'UTF8')), 'hex'))
          returning region_code into region;
          insert into archive_body (entry_id, region_code, salt) values (entry, region, salt);
        end loop;
        return null;
      end $$;
      revoke all on function archive_fact from public`);
    for (const { kind, table, columns, personal, sections, on, file = 'HOUSEHOLD' } of SOURCES)
      this.addSql(`
        call archive_from('${kind}', '${table}', ${list(columns)}, ${list(personal)}, '${file}', ${list(Object.keys(sections))}, ${list(Object.values(sections))});
        create trigger archive_fact after ${on ?? `insert on ${table} for each row`} execute function archive_fact('${kind}')`);
  }
}
