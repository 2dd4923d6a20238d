import { Migration } from '@mikro-orm/migrations';

/* As the tables were first kept; what they are now: schema/tenancy/dwelling-moves. */
const STEPS: readonly (readonly [from: readonly string[], kind: string, to: string, whose: string])[] = [
  [['PLANNED'], 'START', 'UNDER_CONSTRUCTION', 'OFFICE'],
  [['UNDER_CONSTRUCTION'], 'COMPLETION', 'COMPLETED', 'OFFICE'],
  [['COMPLETED'], 'ACCEPTANCE', 'DELIVERABLE', 'OFFICE'],
  [['DELIVERABLE', 'RECOVERED', 'REPURCHASED', 'FROZEN'], 'RELEASE', 'PENDING_ALLOCATION', 'OFFICE'],
  [['DELIVERABLE', 'PENDING_ALLOCATION', 'RECOVERED'], 'FREEZE', 'FROZEN', 'OFFICE'],
  [['PENDING_ALLOCATION'], 'BATCHING', 'IN_BATCH', 'HUB'],
  [['IN_BATCH'], 'UNBATCHING', 'PENDING_ALLOCATION', 'HUB'],
  [['PENDING_ALLOCATION', 'IN_BATCH'], 'ALLOTMENT', 'ALLOTTED', 'HUB'],
  [['ALLOTTED'], 'RETURN', 'PENDING_ALLOCATION', 'HUB'],
  [['ALLOTTED'], 'HANDOVER', 'OCCUPIED', 'HUB'],
  [['OCCUPIED'], 'RECOVERY', 'RECOVERED', 'HUB'],
  [['OCCUPIED'], 'REPURCHASE', 'REPURCHASED', 'HUB'],
  [['OCCUPIED'], 'CONVERSION', 'CONVERTED', 'HUB'],
];
const STATES = [...new Set(STEPS.flatMap(([froms, , to]) => [...froms, to]))];

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(',');
const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** 保障性住房: each once by its unit code, moved by its steps along one table. */
export class Migration20261130Dwellings extends Migration {
  override up(): void {
    this.tables();
    this.begin();
    this.step();
    for (const [table, guard] of [
      ['dwelling', 'begin_dwelling'],
      ['dwelling_step', 'take_dwelling_step'],
    ])
      this.addSql(`
        call guard_by_region('${table}');
        grant select, insert on ${table} to anju_app;
        grant select on ${table} to anju_engine;
        revoke all on function ${guard} from public;
        create trigger ${guard} before insert on ${table} for each row execute function ${guard}()`);
  }

  private tables(): void {
    const rows = STEPS.flatMap(([froms, kind, to, whose]) =>
      froms.map((from) => `('${from}', '${kind}', '${to}', '${whose}')`),
    );
    this.addSql(`
      create table dwelling_move (from_state text not null, kind text not null, to_state text not null, whose text not null,
        primary key (from_state, kind));
      grant select on dwelling_move to anju_app;
      insert into dwelling_move values ${rows.join(', ')};
      create table dwelling (
        id uuid primary key,
        region_code text not null references region (code),
        unit_code text not null check (unit_code ~ '^[0-9]{12}[GJZ][A-Z][0-9]{5}[FLQW][0-9]{8}$'),
        project text not null,
        address text not null,
        programme text not null check (programme in ('LOW_RENT','PUBLIC_RENTAL','AFFORDABLE_SALE','PRICE_CAPPED_SALE')),
        unit_type text not null,
        area_cm2 bigint not null check (area_cm2 > 0),
        area_kind text not null check (area_kind in ('GROSS','USABLE')),
        owner text not null,
        manager text not null,
        rent_standard text,
        state text not null default 'PLANNED' check (state in (${quoted(STATES)})),
        version int not null default 0,
        recorded_at timestamptz not null,
        recorded_by text not null,
        constraint dwelling_once unique (unit_code)
      );
      create index on dwelling (region_code, state, id);
      create table dwelling_step (
        id uuid primary key,
        region_code text not null,
        dwelling_id uuid not null references dwelling (id),
        version int not null,
        kind text not null,
        to_state text not null default '',
        at timestamptz not null,
        on_day date not null,
        taken_by text not null,
        role text not null,
        office text not null,
        document_number text,
        constraint dwelling_version unique (dwelling_id, version),
        constraint dwelling_step_document check (kind <> 'FREEZE' or document_number is not null)
      )`);
  }

  /** Old stock is recorded where it stands, so long as nothing but its own building brought it there. */
  private begin(): void {
    this.addSql(`
      create function begin_dwelling() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if new.state not in ('PLANNED','UNDER_CONSTRUCTION','COMPLETED','DELIVERABLE') or new.version <> 0 then
          ${refusal('a dwelling begins at its building', 'dwelling_begins')}
        end if;
        if (select level from region where code = new.region_code) is distinct from 'COUNTY' then
          ${refusal('not a county', 'dwelling_of_county')}
        end if;
        return new;
      end $$`);
  }

  private step(): void {
    this.addSql(`
      create function take_dwelling_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        home dwelling;
        next dwelling_move;
      begin
        select * into home from dwelling where id = new.dwelling_id for update;
        if home.region_code is distinct from new.region_code then
          ${refusal('the step is of another dwelling', 'dwelling_step_of_dwelling')}
        end if;
        if new.version <> home.version then ${refusal('somebody was faster', 'dwelling_stale')} end if;
        if exists (select from dwelling_step s where s.dwelling_id = home.id and (s.at > new.at or s.on_day > new.on_day)) then
          ${refusal('before the step before', 'dwelling_in_time')}
        end if;
        select * into next from dwelling_move m where (m.from_state, m.kind) = (home.state, new.kind);
        if next.kind is null then ${refusal('not from this state', 'dwelling_legal_move')} end if;
        /* Taken by the guard of the record on which it rests, never by a statement of its own. */
        if next.whose = 'HUB' and pg_trigger_depth() < 2 then ${refusal('it rests on a record', 'dwelling_by_record')} end if;
        new.to_state := next.to_state;
        update dwelling set state = next.to_state, version = home.version + 1 where id = home.id;
        return new;
      end $$`);
  }
}
