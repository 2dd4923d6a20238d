import { Migration } from '@mikro-orm/migrations';

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

/** The clause is one of the exits of the version that the contract is bound to. */
const EXIT_CLAUSE = `exists (select from contract_template t, jsonb_array_elements(t.clauses) c
  where t.id = k.template_id and c ->> 'group' = 'EXIT' and c ->> 'id' = new.clause_id)`;

/** What must hold of allotments, contracts, occupancies and exits, whoever writes, by whatever statement. */
export class Migration20261130TenancyGuards extends Migration {
  override up(): void {
    this.template();
    this.allot();
    this.rent();
    this.lease();
    this.draw();
    this.move();
    this.ofContract();
    this.ofExit();
    this.triggers();
  }

  private template(): void {
    this.addSql(`
      create function guard_contract_template() returns trigger language plpgsql set search_path = public, pg_temp as $$
      begin
        if (select level from region where code = new.region_code) is distinct from 'PREFECTURE' then
          ${refusal('not a prefecture', 'contract_template_of_prefecture')}
        end if;
        if (select count(distinct c ->> 'group') from jsonb_array_elements(new.clauses) c where c ->> 'group' in ('RIGHTS_DUTIES','BREACH_LIABILITY','EXIT')) < 3 then
          ${refusal('a group of clauses is lacking', 'contract_template_groups')}
        end if;
        if exists (select from contract_template t where (t.region_code, t.kind) = (new.region_code, new.kind) and (t.version >= new.version or t.valid_from > new.valid_from)) then
          ${refusal('before the version before', 'contract_template_in_order')}
        end if;
        return new;
      end $$`);
  }

  private allot(): void {
    this.addSql(`
      create function begin_allotment() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        entry waiting_list_entry;
        days bigint := parameter_in_force('allotment.answer-days', new.region_code, new.offered_on, new.offered_at);
      begin
        perform from household where id = new.household_id for no key update;
        select * into entry from waiting_list_entry where id = new.entry_id for update;
        if (entry.region_code, entry.household_id, entry.application_id, entry.programme) is distinct from
           (new.region_code, new.household_id, new.application_id, new.programme) then
          ${refusal('of another household', 'tenancy_of_household')}
        end if;
        if entry.state <> 'IN_BATCH' then ${refusal('it is not in a batch', 'allotment_of_batch')} end if;
        if new.role is distinct from (select role from waiting_move m where (m.flow, m.from_state, m.kind) = (entry.flow, 'IN_BATCH', 'ALLOTMENT')) then
          ${refusal('not at this level', 'tenancy_level')}
        end if;
        if (new.state, new.version) <> ('OFFERED', 0) then ${refusal('an allotment begins with an offer', 'tenancy_begins')} end if;
        if days is null then ${refusal('no time to answer is in force', 'allotment_days_unset')} end if;
        new.answer_by := new.offered_on + days::int;
        if not exists (select from dwelling w where w.id = new.dwelling_id and w.region_code = new.region_code and w.programme = new.programme) then
          ${refusal('no such dwelling for this', 'allotment_of_dwelling')}
        end if;
        return new;
      end $$`);
  }

  /** 月租金: rate of the programme × area, rounded half up to a fen, once. */
  private rent(): void {
    this.addSql(`
      create function rent_at(region text, rate text, area bigint, on_day date, moment timestamptz) returns bigint
      language sql stable set search_path = public, pg_temp as $$
        select round(parameter_in_force(case rate when 'LOW_RENT' then 'rent.low-rent-fen-per-m2' when 'PUBLIC_RENTAL' then 'rent.public-rental-fen-per-m2'
          else 'rent.market-fen-per-m2' end, region, on_day, moment) * area / 10000.0)::bigint
      $$;
      comment on function rent_at is 'fen a month of so many cm² at the rate of a programme, or of the market; null where no rate is in force'`);
  }

  private draw(): void {
    this.addSql(`
      create function begin_contract() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        it allotment;
        home dwelling;
        today date := (new.drawn_at at time zone 'Asia/Shanghai')::date;
      begin
        perform from household where id = new.household_id for no key update;
        select * into it from allotment where id = new.allotment_id for update;
        if (it.region_code, it.household_id, it.dwelling_id, it.programme) is distinct from
           (new.region_code, new.household_id, new.dwelling_id, new.programme) then
          ${refusal('of another household', 'tenancy_of_household')}
        end if;
        if (new.state, new.version) <> ('DRAFT', 0) or num_nonnulls(new.charged_from, new.charged_until, new.renewal_asked_on) > 0 then
          ${refusal('a contract begins as a draft', 'tenancy_begins')}
        end if;
        if (new.kind = 'LEASE') <> (it.programme in ('LOW_RENT','PUBLIC_RENTAL')) then ${refusal('of another kind', 'contract_kind')} end if;
        if new.predecessor_id is not null then perform guard_renewal(new);
        elsif it.state <> 'ACCEPTED' then ${refusal('nothing was accepted', 'contract_of_accepted')} end if;
        if new.template_id is distinct from contract_template_of(new.region_code, new.kind, today) then
          ${refusal('not the version in force', 'contract_template_in_force')}
        end if;
        select * into home from dwelling where id = new.dwelling_id;
        if new.party <> (case new.party_kind when 'OWNER' then home.owner else home.manager end) then
          ${refusal('neither manager nor owner', 'contract_party')}
        end if;
        new.area_cm2 := home.area_cm2;
        return new;
      end $$`);
  }

  /** What the law and the rates say of a lease: never what the caller says. */
  private lease(): void {
    this.addSql(`
      create function contract_template_of(region text, wanted text, on_day date) returns uuid language sql stable set search_path = public, pg_temp as $$
        select t.id from contract_template t join region r on r.parent_code = t.region_code
        where r.code = region and t.kind = wanted and t.valid_from <= on_day order by t.version desc limit 1
      $$;
      comment on function contract_template_of is 'the version of its prefecture that is in force in a county';
      create function price_lease() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        today date := (new.drawn_at at time zone 'Asia/Shanghai')::date;
        years bigint := parameter_in_force('contract-term.years', new.region_code, today, new.drawn_at);
      begin
        new.rent_fen := rent_at(new.region_code, new.programme, new.area_cm2, new.starts_on, new.drawn_at);
        new.deposit_fen := case when new.predecessor_id is null
          then parameter_in_force('contract.deposit-fen', new.region_code, today, new.drawn_at) else 0 end;
        if num_nulls(years, new.rent_fen, new.deposit_fen) > 0 then ${refusal('a number is not set', 'contract_numbers_unset')} end if;
        if new.ends_on >= new.starts_on + make_interval(years => years::int) then ${refusal('longer than the law lets it be', 'contract_term')} end if;
        return new;
      end $$;
      create function guard_renewal(it contract) returns void language plpgsql set search_path = public, pg_temp as $$
      declare
        before contract;
      begin
        select * into before from contract where id = it.predecessor_id for update;
        if before.allotment_id is distinct from it.allotment_id or before.state <> 'ACTIVE' or before.renewal_asked_on is null
          or it.starts_on <> before.ends_on + 1 then
          ${refusal('no renewal was asked for', 'contract_renewal_asked')}
        end if;
        if not exists (select from case_report r where r.household_id = it.household_id and r.conclusion = 'ELIGIBLE'
          and (r.at at time zone 'Asia/Shanghai')::date >= before.renewal_asked_on) then
          ${refusal('not looked at again', 'contract_renewal_report')}
        end if;
      end $$`);
  }

  /** A step is looked up in the one table, its record moved, and what follows is done after it. */
  private move(): void {
    this.addSql(`
      create function take_tenancy_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        tab text := case new.noun when 'EXIT' then 'exit_case' else lower(new.noun) end;
        place record;
        next tenancy_move;
      begin
        perform from household where id = new.household_id for no key update;
        execute format('select region_code, household_id, state, version from %I where id = $1 for update', tab) into place using new.subject_id;
        if (place.region_code, place.household_id) is distinct from (new.region_code, new.household_id) then
          ${refusal('the step is of another household', 'tenancy_of_household')}
        end if;
        if new.version <> place.version then ${refusal('somebody was faster', 'tenancy_stale')} end if;
        if exists (select from tenancy_step s where s.subject_id = new.subject_id and (s.at > new.at or s.on_day > new.on_day)) then
          ${refusal('before the step before', 'tenancy_in_time')}
        end if;
        select * into next from tenancy_move m where (m.noun, m.from_state, m.kind) = (new.noun, place.state, new.kind);
        if next.kind is null then
          if (new.kind, place.state) = ('HANDOVER', 'ACCEPTED') then ${refusal('no contract was signed', 'tenancy_contract_required')} end if;
          ${refusal('not from this state', 'tenancy_legal_move')}
        end if;
        if next.whose = 'RECORD' and pg_trigger_depth() < 2 then ${refusal('it follows from a record', 'tenancy_by_record')} end if;
        if new.role is distinct from (case next.whose when 'RECORD' then new.role when 'HUB' then 'HUB' when 'COUNTY' then 'COUNTY_HOUSING'
          else (select m.role from allotment a join waiting_list_entry e on e.id = a.entry_id
            join waiting_move m on (m.flow, m.from_state, m.kind) = (e.flow, 'IN_BATCH', 'ALLOTMENT') where a.id = new.subject_id) end) then
          ${refusal('not at this level', 'tenancy_level')}
        end if;
        perform guard_tenancy_step(new);
        new.to_state := next.to_state;
        execute format('update %I set state = $1, version = version + 1 %s where id = $2', tab,
          case when tab = 'occupancy' and next.to_state = 'VACATED' then ', vacated_on = $3' when tab = 'exit_case' and new.kind in ('ORDER','RELOCATION') then ', vacate_by = $4'
            when new.kind = 'RENEWAL_REQUEST' then ', renewal_asked_on = $3' else '' end)
          using next.to_state, new.subject_id, new.on_day, new.due_on;
        return new;
      end $$`);
  }

  private ofContract(): void {
    this.addSql(`
      create function guard_allotment_step(new tenancy_step) returns void language plpgsql set search_path = public, pg_temp as $$
      declare
        it allotment;
      begin
        select * into it from allotment where id = new.subject_id;
        if new.kind in ('ACCEPTANCE','DECLINE') and new.on_day > it.answer_by then ${refusal('the time to answer is over', 'allotment_answer_over')} end if;
        if new.kind = 'LAPSE' and new.on_day <= it.answer_by then ${refusal('the time to answer runs', 'allotment_answer_runs')} end if;
        if new.kind = 'VOIDING' and exists (select from contract k where k.allotment_id = it.id and k.state <> 'TERMINATED') then
          ${refusal('its contract stands', 'allotment_under_contract')}
        end if;
        if new.kind = 'HANDOVER' then
          if not exists (select from contract k where k.allotment_id = it.id and k.state in ('SIGNED','FILED') and k.predecessor_id is null) then
            ${refusal('no contract was signed', 'tenancy_contract_required')}
          end if;
          if exists (select from entitlement e where e.household_id = it.household_id and e.programme <> it.programme and coalesce(e.until >= new.on_day, true)) then
            ${refusal('it holds another security', 'tenancy_double_benefit')}
          end if;
        end if;
      end $$;
      create function guard_contract_step(new tenancy_step) returns void language plpgsql set search_path = public, pg_temp as $$
      declare
        k contract;
        ask bigint;
        opens bigint;
      begin
        select * into k from contract where id = new.subject_id;
        if new.kind = 'TERMINATION' and not ${EXIT_CLAUSE} then ${refusal('no exit clause of its version', 'contract_exit_clause')} end if;
        if new.kind = 'EXPIRY' and new.on_day <= k.ends_on then ${refusal('it runs', 'contract_runs')} end if;
        if new.kind = 'RENEWAL_REQUEST' then
          ask := parameter_in_force('renewal.ask-months', k.region_code, new.on_day, new.at);
          opens := parameter_in_force('renewal.opens-months', k.region_code, new.on_day, new.at);
          if num_nulls(ask, opens) > 0 then ${refusal('a number is not set', 'contract_numbers_unset')} end if;
          if k.kind <> 'LEASE' or k.renewal_asked_on is not null then ${refusal('asked already', 'tenancy_legal_move')} end if;
          if new.on_day > k.ends_on - make_interval(months => ask::int) then ${refusal('too late', 'contract_renewal_late')} end if;
          if new.on_day < k.ends_on - make_interval(months => opens::int) then ${refusal('too early', 'contract_renewal_early')} end if;
        end if;
        if new.kind = 'PURCHASE' and not purchase_is_paid(k.id) then ${refusal('the difference is not paid', 'contract_purchase_unpaid')} end if;
      end $$`);
  }

  private ofExit(): void {
    this.addSql(`
      create function guard_exit_step(new tenancy_step) returns void language plpgsql set search_path = public, pg_temp as $$
      declare
        k contract;
        kind text;
      begin
        select * into k from contract c where c.household_id = new.household_id and c.state in ('SIGNED','FILED','ACTIVE','EXPIRED') order by c.starts_on desc limit 1;
        kind := coalesce(k.kind, 'LEASE');
        if new.kind = 'ORDER' then
          if exists (select from tenancy_step s where s.subject_id = new.subject_id and s.kind = 'HEARING' and s.taken_by = new.taken_by) then
            ${refusal('who heard does not order', 'exit_second_person')}
          end if;
          if not exists (select from exit_case x join review_step s on s.review_id = x.review_id where x.id = new.subject_id
            and (s.kind, s.agency) = ('CONSULTATION','CIVIL_AFFAIRS')) then
            ${refusal('civil affairs was not consulted', 'exit_consulted')}
          end if;
          if new.clause_id is null or k.id is not null and not ${EXIT_CLAUSE} then ${refusal('no exit clause of its contract', 'exit_clause')} end if;
        end if;
        if new.kind = 'MARKET_RENT' and new.on_day <= (select x.vacate_by from exit_case x where x.id = new.subject_id) then
          ${refusal('the time to move runs', 'exit_relocation_runs')}
        end if;
        if new.kind in ('RECOVERY','REPURCHASE') and (new.kind = 'RECOVERY') <> (kind = 'LEASE') then
          ${refusal('what was let is recovered, what was sold is bought back', 'exit_outcome')}
        end if;
      end $$;
      create function begin_exit() returns trigger language plpgsql as $$
      begin
        if (new.state, new.version) <> ('OPENED', 0) then ${refusal('an exit begins at its opening', 'tenancy_begins')} end if;
        return new;
      end $$;
      create function guard_tenancy_step(new tenancy_step) returns void language plpgsql set search_path = public, pg_temp as $$
      begin
        case new.noun when 'ALLOTMENT' then perform guard_allotment_step(new);
          when 'CONTRACT' then perform guard_contract_step(new);
          when 'EXIT' then perform guard_exit_step(new);
          else
            if new.kind = 'VACATION' and exists (select from exit_case x where x.household_id = new.household_id and x.state <> 'VACATED') then
              ${refusal('its exit decides', 'occupancy_exit_open')}
            end if;
        end case;
      end $$`);
  }

  private triggers(): void {
    const guards = [
      ['contract_template', 'guard_contract_template'],
      ['allotment', 'begin_allotment'],
      ['contract', 'begin_contract'],
      ['tenancy_step', 'take_tenancy_step'],
      ['exit_case', 'begin_exit'],
    ];
    for (const [table, guard] of guards)
      this.addSql(`
        revoke all on function ${guard} from public;
        create trigger ${guard} before insert on ${table} for each row execute function ${guard}()`);
    this.addSql(`
      revoke all on function price_lease from public;
      create trigger price_lease before insert on contract for each row when (new.kind = 'LEASE') execute function price_lease()`);
  }
}
