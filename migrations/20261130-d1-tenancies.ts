import { Migration } from '@mikro-orm/migrations';

/* As the table was first kept; what it is now: schema/tenancy/moves. */
type Step = readonly [noun: string, from: readonly string[], kind: string, to: string, whose: string];
const STEPS: readonly Step[] = [
  ['ALLOTMENT', ['OFFERED'], 'ACCEPTANCE', 'ACCEPTED', 'QUEUE'],
  ['ALLOTMENT', ['OFFERED'], 'DECLINE', 'DECLINED', 'QUEUE'],
  ['ALLOTMENT', ['OFFERED'], 'LAPSE', 'LAPSED', 'HUB'],
  ['ALLOTMENT', ['OFFERED', 'ACCEPTED', 'CONTRACT_SIGNED'], 'VOIDING', 'VOID', 'QUEUE'],
  ['ALLOTMENT', ['ACCEPTED'], 'SIGNING', 'CONTRACT_SIGNED', 'RECORD'],
  ['ALLOTMENT', ['CONTRACT_SIGNED'], 'HANDOVER', 'HANDED_OVER', 'COUNTY'],
  ['CONTRACT', ['DRAFT'], 'SIGNING', 'SIGNED', 'COUNTY'],
  ['CONTRACT', ['DRAFT'], 'WITHDRAWAL', 'TERMINATED', 'COUNTY'],
  ['CONTRACT', ['SIGNED'], 'FILING', 'FILED', 'COUNTY'],
  ['CONTRACT', ['FILED'], 'ACTIVATION', 'ACTIVE', 'RECORD'],
  ['CONTRACT', ['ACTIVE'], 'RENEWAL_REQUEST', 'ACTIVE', 'COUNTY'],
  ['CONTRACT', ['ACTIVE'], 'RENEWAL', 'RENEWED', 'RECORD'],
  ['CONTRACT', ['ACTIVE'], 'EXPIRY', 'EXPIRED', 'HUB'],
  ['CONTRACT', ['SIGNED', 'FILED', 'ACTIVE'], 'TERMINATION', 'TERMINATED', 'COUNTY'],
  ['CONTRACT', ['SIGNED', 'FILED', 'ACTIVE', 'EXPIRED'], 'EXITING', 'TERMINATED', 'RECORD'],
  ['CONTRACT', ['ACTIVE'], 'PURCHASE', 'TERMINATED', 'COUNTY'],
  ['OCCUPANCY', ['NOT_MOVED_IN'], 'MOVE_IN', 'OCCUPIED', 'COUNTY'],
  ['OCCUPANCY', ['NOT_MOVED_IN', 'OCCUPIED'], 'LEAVING', 'VACATING', 'RECORD'],
  ['OCCUPANCY', ['VACATING'], 'VACATION', 'VACATED', 'COUNTY'],
  ['OCCUPANCY', ['NOT_MOVED_IN', 'OCCUPIED', 'VACATING'], 'EXITING', 'VACATED', 'RECORD'],
  ['EXIT', ['OPENED'], 'HEARING', 'HEARING', 'COUNTY'],
  ['EXIT', ['HEARING'], 'ORDER', 'ORDERED', 'COUNTY'],
  ['EXIT', ['ORDERED'], 'RELOCATION', 'RELOCATION', 'COUNTY'],
  ['EXIT', ['RELOCATION'], 'MARKET_RENT', 'MARKET_RENT', 'COUNTY'],
  ['EXIT', ['MARKET_RENT'], 'COURT', 'COURT', 'COUNTY'],
  ['EXIT', ['ORDERED', 'RELOCATION', 'MARKET_RENT', 'COURT'], 'RECOVERY', 'VACATED', 'COUNTY'],
  ['EXIT', ['ORDERED', 'RELOCATION', 'MARKET_RENT', 'COURT'], 'REPURCHASE', 'VACATED', 'COUNTY'],
];
/** Nobody has verified these: each region sets its own. */
const NUMBERS: readonly (readonly [code: string, value: number, unit: string])[] = [
  ['allotment.answer-days', 15, 'day'],
  ['contract.deposit-fen', 100_000, 'fen'],
  ['renewal.ask-months', 3, 'month'],
  ['renewal.opens-months', 6, 'month'],
  ['rent.low-rent-fen-per-m2', 100, 'fen'],
  ['rent.market-fen-per-m2', 1200, 'fen'],
  ['rent.public-rental-fen-per-m2', 500, 'fen'],
];
const STATES = (noun: string): string =>
  [...new Set(STEPS.filter(([of]) => of === noun).flatMap(([, froms, , to]) => [...froms, to]))]
    .map((state) => `'${state}'`)
    .join(',');

/** 配租配售、合同、入住: who was offered what, what was signed, who lives there, and every step of it. */
export class Migration20261130Tenancies extends Migration {
  override up(): void {
    this.numbers();
    this.moves();
    this.templates();
    this.allotments();
    this.contracts();
    this.occupancies();
    this.steps();
    for (const table of ['allotment', 'contract', 'occupancy', 'tenancy_step'])
      this.addSql(`
        call guard_by_region('${table}');
        grant select on ${table} to anju_app, anju_engine`);
    this.addSql('grant insert on allotment, contract, tenancy_step to anju_app');
  }

  private numbers(): void {
    const rows = NUMBERS.map(([code, value, unit]) => `('${code}', ${value}, '${unit}')`).join(', ');
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), n.code, region, n.value, n.unit, '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region cross join (values ${rows}) as n (code, value, unit)`);
  }

  private moves(): void {
    const rows = STEPS.flatMap(([noun, froms, kind, to, whose]) =>
      froms.map((from) => `('${noun}', '${from}', '${kind}', '${to}', '${whose}')`),
    );
    this.addSql(`
      create table tenancy_move (noun text not null, from_state text not null, kind text not null, to_state text not null, whose text not null,
        primary key (noun, from_state, kind));
      grant select on tenancy_move to anju_app, anju_engine;
      insert into tenancy_move values ${rows.join(', ')}`);
  }

  private templates(): void {
    this.addSql(`
      create table contract_template (
        id uuid primary key,
        region_code text not null references region (code),
        kind text not null check (kind in ('LEASE','SALE','SUBSIDY_AGREEMENT')),
        version int not null check (version > 0),
        title text not null,
        document_number text not null,
        valid_from date not null,
        clauses jsonb not null check (jsonb_typeof(clauses) = 'array'),
        published_at timestamptz not null,
        published_by text not null,
        unique (region_code, kind, version)
      );
      comment on column contract_template.clauses is 'array of {id, group, text}, in the order of the paper contract';
      grant select, insert on contract_template to anju_app`);
  }

  private allotments(): void {
    this.addSql(`
      create table allotment (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null references household (id),
        application_id uuid not null references application (id),
        entry_id uuid not null references waiting_list_entry (id),
        dwelling_id uuid not null references dwelling (id),
        programme text not null,
        state text not null default 'OFFERED' check (state in (${STATES('ALLOTMENT')})),
        version int not null default 0,
        offered_on date not null,
        answer_by date not null check (answer_by > offered_on),
        document_number text not null,
        reason text not null,
        offered_at timestamptz not null,
        offered_by text not null,
        role text not null,
        office text not null
      );
      create unique index allotment_one_of_dwelling on allotment (dwelling_id) where state in ('OFFERED','ACCEPTED','CONTRACT_SIGNED');
      create unique index allotment_one_of_entry on allotment (entry_id) where state in ('OFFERED','ACCEPTED','CONTRACT_SIGNED','HANDED_OVER');
      create index on allotment (region_code, state, id);
      create index on allotment (household_id)`);
  }

  private contracts(): void {
    this.addSql(`
      create table contract (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null references household (id),
        allotment_id uuid not null references allotment (id),
        dwelling_id uuid not null references dwelling (id),
        programme text not null,
        kind text not null check (kind in ('LEASE','SALE')),
        template_id uuid not null references contract_template (id),
        predecessor_id uuid references contract (id),
        party_kind text not null check (party_kind in ('MANAGER','OWNER')),
        party text not null,
        area_cm2 bigint not null,
        rent_fen bigint check (rent_fen > 0),
        deposit_fen bigint check (deposit_fen >= 0),
        price_fen bigint check (price_fen > 0),
        starts_on date not null,
        ends_on date check (ends_on > starts_on),
        charged_from date,
        charged_until date,
        renewal_asked_on date,
        state text not null default 'DRAFT' check (state in (${STATES('CONTRACT')})),
        version int not null default 0,
        drawn_at timestamptz not null,
        drawn_by text not null,
        constraint contract_of_kind check ((kind = 'LEASE') = (rent_fen is not null) and (kind = 'LEASE') = (deposit_fen is not null)
          and (kind = 'LEASE') = (ends_on is not null) and (kind = 'SALE') = (price_fen is not null))
      );
      comment on column contract.charged_from is 'first day for which rent is due: that of the handover, or of the renewal';
      create unique index contract_one_drawn on contract (allotment_id) where state in ('DRAFT','SIGNED','FILED');
      create unique index contract_one_active on contract (allotment_id) where state = 'ACTIVE';
      create index on contract (region_code, state, id);
      create index on contract (household_id)`);
  }

  private occupancies(): void {
    this.addSql(`
      create table occupancy (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null references household (id),
        dwelling_id uuid not null references dwelling (id),
        allotment_id uuid not null references allotment (id),
        state text not null default 'NOT_MOVED_IN' check (state in (${STATES('OCCUPANCY')})),
        version int not null default 0,
        opened_on date not null,
        vacated_on date check (vacated_on >= opened_on),
        constraint occupancy_once unique (allotment_id),
        check ((state = 'VACATED') = (vacated_on is not null))
      );
      create unique index occupancy_one_of_dwelling on occupancy (dwelling_id) where state <> 'VACATED';
      create index on occupancy (household_id);
      alter table exit_case drop constraint exit_case_state_check, add check (state in (${STATES('EXIT')})),
        add column version int not null default 0`);
  }

  private steps(): void {
    const kinds = [...new Set(STEPS.map(([, , kind]) => kind))].map((kind) => `'${kind}'`).join(',');
    this.addSql(`
      create table tenancy_step (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null,
        noun text not null check (noun in ('ALLOTMENT','CONTRACT','OCCUPANCY','EXIT')),
        subject_id uuid not null,
        version int not null,
        kind text not null check (kind in (${kinds})),
        to_state text not null default '',
        at timestamptz not null,
        on_day date not null,
        taken_by text not null,
        role text not null,
        office text not null,
        document_number text,
        clause_id text,
        due_on date,
        amount_fen bigint check (amount_fen > 0),
        note text,
        constraint tenancy_version unique (subject_id, version),
        constraint tenancy_step_document check (document_number is not null or not (kind in ('VOIDING','FILING','TERMINATION','ORDER','COURT','PURCHASE')
          or (noun, kind) = ('CONTRACT','SIGNING'))),
        constraint tenancy_step_note check (note is not null or kind not in ('DECLINE','VOIDING','WITHDRAWAL','TERMINATION','HEARING')),
        constraint tenancy_step_due check ((due_on is not null) = (kind in ('ORDER','RELOCATION')) and due_on > on_day),
        constraint tenancy_step_price check ((amount_fen is not null) = (kind = 'REPURCHASE'))
      );
      create index on tenancy_step (household_id)`);
  }
}
