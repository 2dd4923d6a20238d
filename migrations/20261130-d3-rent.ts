import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** Which account a kind of entry debits, and which it credits: each entry is a double line, and so all of them add up to nothing. */
const POSTINGS = [
  ['CHARGE', 'RECEIVABLE', 'RENT'],
  ['ADJUSTMENT', 'RECEIVABLE', 'RENT'],
  ['PAYMENT', 'IN_HAND', 'RECEIVABLE'],
  ['REMITTED_TO_TREASURY', 'TREASURY', 'IN_HAND'],
  ['DEPOSIT_TAKEN', 'DEPOSITS_HELD', 'DEPOSITS_OWED'],
  ['DEPOSIT_RETURNED', 'DEPOSITS_OWED', 'DEPOSITS_HELD'],
  ['PRICE_DIFFERENCE', 'SALES_HELD', 'SALES'],
] as const;

/** 租金台账，收支两条线: what is due by whom for which month, what came in, what went to the treasury. It only grows. */
export class Migration20261130Rent extends Migration {
  override up(): void {
    this.tables();
    this.due();
    this.rates();
    this.entries();
    this.ofKind();
    for (const table of ['contract_rent', 'rent_entry'])
      this.addSql(`
        call guard_by_region('${table}');
        grant select, insert on ${table} to anju_app;
        grant select on ${table} to anju_engine;
        revoke all on function guard_${table} from public;
        create trigger guard_${table} before insert on ${table} for each row execute function guard_${table}()`);
  }

  private tables(): void {
    this.addSql(`
      create table contract_rent (
        id uuid primary key,
        region_code text not null,
        household_id uuid not null,
        contract_id uuid not null references contract (id),
        from_day date not null,
        basis text not null check (basis in ('CONTRACT','ADJUSTMENT','CONVERSION','MARKET')),
        fen bigint not null check (fen > 0),
        review_id uuid references annual_review (id),
        at timestamptz not null,
        on_day date not null,
        taken_by text not null
      );
      comment on table contract_rent is 'fen a month from a day on; of two from one day the later one counts';
      create index on contract_rent (contract_id, from_day);
      create table rent_posting (kind text primary key, debit text not null, credit text not null);
      grant select on rent_posting to anju_app, anju_engine;
      insert into rent_posting values ${POSTINGS.map((row) => `('${row.join("', '")}')`).join(', ')};
      create table rent_entry (
        id uuid primary key,
        region_code text not null,
        household_id uuid,
        contract_id uuid references contract (id),
        kind text not null references rent_posting (kind),
        month date not null check (month = date_trunc('month', month)::date),
        amount_fen bigint not null,
        at timestamptz not null,
        on_day date not null,
        taken_by text not null,
        role text not null,
        office text not null,
        document_number text,
        constraint rent_amount check (amount_fen > 0 or kind = 'ADJUSTMENT' and amount_fen <> 0 or kind = 'CHARGE' and amount_fen >= 0),
        constraint rent_of_contract check ((contract_id is null) = (kind = 'REMITTED_TO_TREASURY') and (contract_id is null) = (household_id is null)),
        constraint rent_document check (document_number is not null or kind in ('CHARGE','ADJUSTMENT'))
      );
      create unique index rent_charged_once on rent_entry (contract_id, month) where kind = 'CHARGE';
      create unique index rent_deposit_once on rent_entry (contract_id, kind) where kind in ('DEPOSIT_TAKEN','DEPOSIT_RETURNED');
      create unique index rent_receipt_once on rent_entry (region_code, kind, document_number) where document_number is not null;
      create index on rent_entry (contract_id, month);
      create index on rent_entry (region_code, month) where kind in ('PAYMENT','REMITTED_TO_TREASURY');
      create index on rent_entry (household_id)`);
  }

  private due(): void {
    this.addSql(`
      create function rent_of_month(wanted uuid, of_month date) returns bigint language sql stable set search_path = public, pg_temp as $$
        select coalesce(round(sum(r.fen)::numeric / extract(day from of_month + interval '1 month' - interval '1 day')::int), 0)::bigint
        from contract k cross join generate_series(of_month, of_month + interval '1 month' - interval '1 day', interval '1 day') d
        cross join lateral (select x.fen from contract_rent x where x.contract_id = k.id and x.from_day <= d::date order by x.from_day desc, x.at desc, x.id desc limit 1) r
        where k.id = wanted and k.charged_from <= d::date and (k.charged_until is null or d::date <= k.charged_until)
      $$;
      comment on function rent_of_month is 'rent of the days of a month on which it is due, each a day''s share of that month; rounded half up to a fen, once';
      create function rent_charged(wanted uuid, of_month date) returns bigint language sql stable set search_path = public, pg_temp as $$
        select coalesce(sum(amount_fen), 0)::bigint from rent_entry where contract_id = wanted and month = of_month and kind in ('CHARGE','ADJUSTMENT')
      $$;
      create function purchase_is_paid(wanted uuid) returns boolean language sql stable set search_path = public, pg_temp as $$
        select exists (select from contract k join annual_review v on v.household_id = k.household_id and v.state = 'EXECUTED'
          join review_step s on s.review_id = v.id and s.kind = 'DECISION' and s.report_hash = v.report_hash and s.conversion = 'PURCHASE'
          where k.id = wanted and s.amount_fen <= (select sum(e.amount_fen) from rent_entry e where e.contract_id = k.id and e.kind = 'PRICE_DIFFERENCE'))
      $$;
      create function rent_arrears(regions text[], through date) returns table (contract_id uuid, region_code text, household_id uuid, months int, owed_fen bigint)
      language sql stable set search_path = public, pg_temp as $$
        with due as (
          select e.contract_id, e.month, sum(sum(e.amount_fen)) over (partition by e.contract_id order by e.month) as until_then, sum(e.amount_fen) as of_month
          from rent_entry e where e.region_code = any (regions) and e.kind in ('CHARGE','ADJUSTMENT') and e.month <= through group by e.contract_id, e.month
        ), paid as (
          select e.contract_id, sum(e.amount_fen) as fen from rent_entry e where e.region_code = any (regions) and e.kind = 'PAYMENT' group by e.contract_id)
        select k.id, k.region_code, k.household_id, (count(*) filter (where d.of_month > 0 and d.until_then > coalesce(p.fen, 0)))::int,
          (sum(d.of_month) - coalesce(max(p.fen), 0))::bigint
        from due d join contract k on k.id = d.contract_id left join paid p on p.contract_id = d.contract_id
        group by k.id, k.region_code, k.household_id having sum(d.of_month) > coalesce(max(p.fen), 0)
      $$;
      comment on function rent_arrears is 'contracts with rent unpaid: in how many months, accumulated; what is paid counts for the oldest first'`);
  }

  /** What a decision changes is changed from a month on: the first that begins on the day it takes effect or after it. */
  private rates(): void {
    this.addSql(`
      create function guard_contract_rent() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        k contract;
        done date;
      begin
        if new.basis in ('CONTRACT','MARKET') then
          if pg_trigger_depth() < 2 then ${refusal('it follows from a record', 'tenancy_by_record')} end if;
          if new.fen is null then ${refusal('no rate is in force', 'contract_numbers_unset')} end if;
          return new;
        end if;
        select * into k from contract where id = new.contract_id for update;
        select s.effective_on into done from annual_review v join review_step s on s.review_id = v.id and s.kind = 'DECISION' and s.report_hash = v.report_hash
        where v.id = new.review_id and v.state = 'EXECUTED' and (v.region_code, v.household_id) = (k.region_code, k.household_id)
          and v.outcome = case new.basis when 'ADJUSTMENT' then 'ADJUST' else 'CONVERT_TO_PUBLIC_RENTAL' end
          and s.conversion is not distinct from case new.basis when 'CONVERSION' then 'RENT' end
        order by s.at desc limit 1;
        if done is null or (new.region_code, new.household_id) is distinct from (k.region_code, k.household_id) then
          ${refusal('nobody decided it', 'rent_by_decision')}
        end if;
        new.from_day := date_trunc('month', done + interval '1 month' - interval '1 day')::date;
        new.fen := rent_at(k.region_code, case new.basis when 'CONVERSION' then 'PUBLIC_RENTAL' else k.programme end, k.area_cm2, new.from_day, new.at);
        if new.fen is null then ${refusal('no rate is in force', 'contract_numbers_unset')} end if;
        return new;
      end $$`);
  }

  private entries(): void {
    this.addSql(`
      create function guard_rent_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        k contract;
      begin
        perform pg_advisory_xact_lock(hashtextextended('rent of ' || new.region_code, 0));
        if new.role <> (case when new.kind in ('CHARGE','ADJUSTMENT') then 'HUB' else 'COUNTY_HOUSING' end) then ${refusal('not at this level', 'tenancy_level')} end if;
        if new.kind = 'REMITTED_TO_TREASURY' then
          if new.amount_fen > rent_in_hand(new.region_code, new.month) then ${refusal('more than is in hand', 'rent_in_hand')} end if;
          return new;
        end if;
        select * into k from contract where id = new.contract_id for no key update;
        if (k.region_code, k.household_id) is distinct from (new.region_code, new.household_id) then
          ${refusal('of another household', 'tenancy_of_household')}
        end if;
        perform guard_rent_of_kind(new, k);
        return new;
      end $$;
      create function rent_in_hand(region text, of_month date) returns bigint language sql stable set search_path = public, pg_temp as $$
        select coalesce(sum(case kind when 'PAYMENT' then amount_fen else -amount_fen end), 0)::bigint from rent_entry
        where region_code = region and month = of_month and kind in ('PAYMENT','REMITTED_TO_TREASURY')
      $$;
      comment on function rent_in_hand is 'of what came in during a month, what is not yet with the treasury'`);
  }

  private ofKind(): void {
    this.addSql(`
      create function guard_rent_of_kind(new rent_entry, k contract) returns void language plpgsql set search_path = public, pg_temp as $$
      begin
        if new.kind in ('CHARGE','ADJUSTMENT') then
          if new.on_day < new.month + interval '1 month' and not coalesce(k.charged_until <= new.on_day, false) then
            ${refusal('the month is not over', 'rent_month_runs')}
          end if;
          if (new.kind = 'CHARGE') = exists (select from rent_entry e where e.contract_id = k.id and e.month = new.month and e.kind = 'CHARGE')
            or new.amount_fen <> rent_of_month(k.id, new.month) - rent_charged(k.id, new.month) then
            ${refusal('not what is due', 'rent_as_due')}
          end if;
        elsif new.month <> date_trunc('month', new.on_day) then
          ${refusal('of the month in which it came', 'rent_of_its_month')}
        elsif new.kind = 'PAYMENT' then
          if k.charged_from is null or k.kind <> 'LEASE' then ${refusal('no rent is due', 'rent_not_due')} end if;
          if exists (select from rent_entry e where (e.region_code, e.month, e.kind) = (new.region_code, new.month, 'REMITTED_TO_TREASURY')
            and e.on_day >= new.month + interval '1 month') then
            ${refusal('the month is closed', 'rent_period_closed')}
          end if;
        elsif new.kind = 'PRICE_DIFFERENCE' then
          if not exists (select from annual_review v join review_step s on s.review_id = v.id and s.kind = 'DECISION' and s.report_hash = v.report_hash
            where v.household_id = k.household_id and v.state in ('DECIDED','EXECUTED') and s.conversion = 'PURCHASE') then
            ${refusal('nobody decided a purchase', 'rent_no_purchase')}
          end if;
        elsif new.kind = 'DEPOSIT_TAKEN' then
          if k.state not in ('SIGNED','FILED','ACTIVE') or new.amount_fen is distinct from k.deposit_fen then ${refusal('not the deposit of a signed contract', 'rent_deposit')} end if;
        elsif new.kind = 'DEPOSIT_RETURNED' then
          if k.charged_until is null and k.state <> 'TERMINATED' or new.amount_fen > coalesce((select e.amount_fen from rent_entry e
            where e.contract_id = k.id and e.kind = 'DEPOSIT_TAKEN'), 0) then
            ${refusal('nothing to return', 'rent_deposit_returned')}
          end if;
        end if;
      end $$`);
  }
}
