import type { ClientBase } from 'pg';
import { FUND_ROLE, publishViews } from '../../connectors/provident-fund/sandbox-view';

/** 产权产籍: one row per holder and unit; the share is in basis points of the whole, the area in m². */
const PROPERTY = `
  create schema if not exists property;
  create table if not exists property.unit (
    id_number text not null, name text not null,
    unit_code char(28) not null, county_code text not null,
    area_m2 numeric(8,2) not null, area_kind text not null check (area_kind in ('GROSS', 'USABLE')),
    right_kind text not null check (right_kind in ('OWNERSHIP', 'CO_OWNERSHIP')),
    share_bp int not null check (share_bp between 1 and 10000),
    registered_on date not null
  );
  create index if not exists unit_id_number on property.unit (id_number);`;

/** 车管. plate_kind is a code of GA 24.7 (02 small car, 07 motorcycle, 15 trailer, 52 small new-energy car). */
const VEHICLE = `
  create schema if not exists vehicle;
  create table if not exists vehicle.vehicle (
    id_number text not null, name text not null,
    plate text not null, plate_kind text not null, vin text not null, brand_model text not null,
    first_registered_on date not null,
    status text not null check (status in ('NORMAL', 'SEALED', 'SCRAPPED')),
    price_fen bigint
  );
  create index if not exists vehicle_id_number on vehicle.vehicle (id_number);`;

/** 民政. `ticket` keeps deferred batches, so that they survive a restart of the agency's server. */
const CIVIL = `
  create schema if not exists civil;
  create table if not exists civil.person (
    id_number text primary key, name text not null,
    marriage_status text not null check (marriage_status in ('UNMARRIED', 'MARRIED', 'WIDOWED', 'DIVORCED', 'NOT_STATED')),
    spouse_id_number text, spouse_name text, deceased_on date,
    allowance_class text not null
      check (allowance_class in ('NONE', 'SUBSISTENCE', 'EXTREME_POVERTY', 'MARGINAL', 'RIGID_EXPENDITURE')),
    allowance_valid_until date,
    income_class text not null check (income_class in ('NONE', 'LOW_INCOME', 'LOWER_MIDDLE_INCOME')),
    per_head_monthly_fen bigint, determination_valid_until date
  );
  create table if not exists civil.ticket (
    ticket uuid primary key, asked jsonb not null, submitted_at timestamptz not null, due_at timestamptz not null
  );
  create index if not exists ticket_submitted_at on civil.ticket (submitted_at);`;

/**
 * 公积金. last_paid_month is 'YYYY-MM'. `publication.clock_offset` sets the centre's clock apart from the server's;
 * `record_salt` keeps record numbers from being turned back into citizen numbers by trying them all.
 */
const FUND = `
  create schema if not exists fund;
  create table if not exists fund.account (
    id_number text primary key, name text not null,
    status text not null check (status in ('ACTIVE', 'SEALED')),
    months_paid int not null, monthly_contribution_fen bigint not null,
    ratio_bp int not null check (ratio_bp between 500 and 1200), base_fen bigint not null,
    last_paid_month text not null check (last_paid_month ~ '^\\d{4}-\\d{2}$')
  );
  create table if not exists fund.publication (
    one boolean primary key default true check (one),
    clock_offset interval not null default '0',
    record_salt text not null default gen_random_uuid()
  );
  insert into fund.publication default values on conflict do nothing;
  create or replace function fund.fault(state text, reason text) returns setof fund.account language plpgsql as
    $$ begin raise exception using errcode = state, message = reason; end $$;`;

/** 公安户籍. hukou_place is a county code. */
const POLICE = `
  create schema if not exists police;
  create table if not exists police.person (
    id_number text primary key, name text not null, former_name text,
    hukou_place char(6) not null, hukou_kind text not null check (hukou_kind in ('HOUSEHOLD', 'COLLECTIVE')),
    hukou_since date not null, deceased_on date, cancelled_on date,
    minor_children int not null default 0
  );`;

/** What was planted and what a right judge must say of it; no rule code ever computes this. */
const WORLD = `
  create schema if not exists world;
  create table if not exists world.truth (
    household_id uuid not null, file_number text not null, plant text not null, expected jsonb not null,
    primary key (household_id, plant)
  );
  create table if not exists world.setting (as_of timestamptz not null, seed text not null, households int not null);`;

/** A role belongs to the whole server: another world beside this one may be creating it at the same moment. */
const ROLE = `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${FUND_ROLE}') then create role ${FUND_ROLE} login; end if;
  exception when duplicate_object or unique_violation then null;
  end $$;
  revoke all on schema public from public;
  do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;
  grant usage on schema fund to ${FUND_ROLE};`;

/**
 * Creates the sandbox world: the agencies' own records and the truth about what was planted in them.
 * `client` must be an owner of an own, empty database. May be repeated; keeps what is there.
 */
export async function createWorldSchema(client: ClientBase): Promise<void> {
  await client.query([PROPERTY, VEHICLE, CIVIL, POLICE, FUND, WORLD, ROLE, publishViews()].join('\n'));
}
