import { Migration } from '@mikro-orm/migrations';

/** A step that the guards take themselves, after the one that was taken. */
const step = (noun: string, kind: string, subject: string): string => `
  insert into tenancy_step (id, region_code, household_id, noun, subject_id, version, kind, at, on_day, taken_by, role, office, document_number, clause_id, note)
  select gen_random_uuid(), f.region_code, f.household_id, '${noun}', f.id, f.version, '${kind}', new.at, new.on_day, new.taken_by, new.role, new.office,
    new.document_number, new.clause_id, null
  from ${subject};`;
const dwelling = (kind: string, of: string): string =>
  `
  insert into dwelling_step (id, region_code, dwelling_id, version, kind, at, on_day, taken_by, role, office)
  select gen_random_uuid(), w.region_code, w.id, w.version, ${kind}, AT, DAY, BY, new.role, new.office from dwelling w where w.id = ${of};`
    .replace('AT', 'new.at')
    .replace('DAY', 'new.on_day')
    .replace('BY', 'new.taken_by');
const queue = (kind: string): string => `
  insert into waiting_step (id, region_code, household_id, entry_id, version, kind, at, on_day, taken_by, role, office, document_number, note)
  select gen_random_uuid(), e.region_code, e.household_id, e.id, e.version, '${kind}', new.at, new.on_day, new.taken_by, new.role, new.office,
    new.document_number, new.note
  from waiting_list_entry e where e.id = it.entry_id`;

/** What follows from a step, done with it or not at all: dwelling, queue, contract, occupancy, entitlement and rent never stand apart. */
export class Migration20261130WhatFollows extends Migration {
  override up(): void {
    this.ofAllotment();
    this.ofContract();
    this.ofOccupancy();
    this.ofExit();
    this.steps();
    this.beginnings();
    this.queue();
  }

  private ofAllotment(): void {
    this.addSql(`
      create function follow_allotment_step(new tenancy_step) returns void language plpgsql set search_path = public, pg_temp as $$
      declare
        it allotment;
      begin
        select * into it from allotment where id = new.subject_id;
        if new.kind in ('DECLINE','LAPSE','VOIDING') then ${dwelling(`'RETURN'`, 'it.dwelling_id')} end if;
        if new.kind = 'ACCEPTANCE' then ${queue('ALLOTMENT')};
        elsif new.kind = 'DECLINE' then ${queue('DECLINE')};
        elsif new.kind = 'VOIDING' then ${queue('RESTORATION')};
        elsif new.kind = 'HANDOVER' then
          ${dwelling(`'HANDOVER'`, 'it.dwelling_id')}
          insert into occupancy (id, region_code, household_id, dwelling_id, allotment_id, opened_on)
          values (gen_random_uuid(), it.region_code, it.household_id, it.dwelling_id, it.id, new.on_day);
          update contract set charged_from = new.on_day where allotment_id = it.id and state in ('SIGNED','FILED');
          ${step('CONTRACT', 'ACTIVATION', `contract f where f.allotment_id = it.id and f.state = 'FILED'`)}
          insert into entitlement (id, region_code, household_id, programme, since)
          select gen_random_uuid(), it.region_code, it.household_id, it.programme, new.on_day
          where not exists (select from entitlement e where e.household_id = it.household_id and coalesce(e.until >= new.on_day, true));
        end if;
      end $$`);
  }

  private ofContract(): void {
    this.addSql(`
      create function follow_contract_step(new tenancy_step) returns void language plpgsql set search_path = public, pg_temp as $$
      declare
        k contract;
      begin
        select * into k from contract where id = new.subject_id;
        if new.kind = 'SIGNING' and k.predecessor_id is null then
          ${step('ALLOTMENT', 'SIGNING', 'allotment f where f.id = k.allotment_id')}
        elsif new.kind = 'SIGNING' then
          ${step('CONTRACT', 'RENEWAL', 'contract f where f.id = k.predecessor_id')}
          update contract set charged_until = k.starts_on - 1 where id = k.predecessor_id;
          update contract set charged_from = k.starts_on where id = k.id;
        elsif new.kind = 'FILING' and exists (select from occupancy o where o.allotment_id = k.allotment_id and o.state <> 'VACATED') then
          ${step('CONTRACT', 'ACTIVATION', 'contract f where f.id = k.id')}
        elsif new.kind = 'TERMINATION' then
          ${step('OCCUPANCY', 'LEAVING', `occupancy f where f.allotment_id = k.allotment_id and f.state in ('NOT_MOVED_IN','OCCUPIED')`)}
        elsif new.kind = 'PURCHASE' then
          update contract set charged_until = new.on_day where id = k.id;
          ${dwelling(`'CONVERSION'`, 'k.dwelling_id')}
        end if;
      end $$`);
  }

  /** Whoever has left owes nothing for the day after, and holds nothing. */
  private ofOccupancy(): void {
    this.addSql(`
      create function follow_occupancy_step(new tenancy_step) returns void language plpgsql set search_path = public, pg_temp as $$
      declare
        o occupancy;
        sold boolean;
      begin
        if new.to_state <> 'VACATED' then return; end if;
        select * into o from occupancy where id = new.subject_id;
        select k.kind = 'SALE' into sold from contract k where k.allotment_id = o.allotment_id order by k.starts_on desc, k.drawn_at desc limit 1;
        update contract set charged_until = new.on_day where allotment_id = o.allotment_id and charged_from is not null and coalesce(charged_until > new.on_day, true);
        update entitlement set until = greatest(new.on_day, since) where household_id = o.household_id and coalesce(until > new.on_day, true);
        ${dwelling(`case when sold then 'REPURCHASE' else 'RECOVERY' end`, 'o.dwelling_id')}
        if new.kind = 'EXITING' then ${dwelling(`'RELEASE'`, 'o.dwelling_id')} end if;
      end $$`);
  }

  private ofExit(): void {
    this.addSql(`
      create function follow_exit_step(new tenancy_step) returns void language plpgsql set search_path = public, pg_temp as $$
      declare
        k contract;
        moved date;
      begin
        select * into k from contract c where c.household_id = new.household_id and c.state in ('SIGNED','FILED','ACTIVE','EXPIRED') order by c.starts_on desc limit 1;
        if new.kind = 'RELOCATION' then
          ${step('OCCUPANCY', 'LEAVING', `occupancy f where f.allotment_id = k.allotment_id and f.state in ('NOT_MOVED_IN','OCCUPIED')`)}
        elsif new.kind = 'MARKET_RENT' and k.kind = 'LEASE' then
          select x.vacate_by + 1 into moved from exit_case x where x.id = new.subject_id;
          insert into contract_rent (id, region_code, household_id, contract_id, from_day, basis, fen, at, on_day, taken_by)
          values (gen_random_uuid(), k.region_code, k.household_id, k.id, moved, 'MARKET', rent_at(k.region_code, 'MARKET', k.area_cm2, moved, new.at), new.at,
            new.on_day, new.taken_by);
        elsif new.kind in ('RECOVERY','REPURCHASE') then
          ${step('OCCUPANCY', 'EXITING', `occupancy f where f.allotment_id = k.allotment_id and f.state <> 'VACATED'`)}
          ${step('CONTRACT', 'EXITING', 'contract f where f.id = k.id')}
          update entitlement set until = greatest(new.on_day, since) where household_id = new.household_id and coalesce(until > new.on_day, true);
        end if;
      end $$`);
  }

  private steps(): void {
    this.addSql(`
      create function follow_tenancy_step() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        case new.noun when 'ALLOTMENT' then perform follow_allotment_step(new);
          when 'CONTRACT' then perform follow_contract_step(new);
          when 'OCCUPANCY' then perform follow_occupancy_step(new);
          else perform follow_exit_step(new);
        end case;
        return null;
      end $$;
      revoke all on function follow_tenancy_step from public;
      create trigger follow_tenancy_step after insert on tenancy_step for each row execute function follow_tenancy_step()`);
  }

  private beginnings(): void {
    this.addSql(`
      create function follow_allotment() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        ${dwelling(`'ALLOTMENT'`, 'new.dwelling_id').replace('new.at', 'new.offered_at').replace('new.on_day', 'new.offered_on').replace('new.taken_by', 'new.offered_by')}
        return null;
      end $$;
      create function follow_contract() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        insert into contract_rent (id, region_code, household_id, contract_id, from_day, basis, fen, at, on_day, taken_by)
        values (gen_random_uuid(), new.region_code, new.household_id, new.id, new.starts_on, 'CONTRACT', new.rent_fen, new.drawn_at,
          (new.drawn_at at time zone 'Asia/Shanghai')::date, new.drawn_by);
        return null;
      end $$;
      revoke all on function follow_allotment from public;
      revoke all on function follow_contract from public;
      create trigger follow_allotment after insert on allotment for each row execute function follow_allotment();
      create trigger follow_contract after insert on contract for each row when (new.kind = 'LEASE') execute function follow_contract()`);
  }

  /** A place in the queue is not moved past what was allotted to it. */
  private queue(): void {
    this.addSql(`
      create function waiting_not_past_allotment() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if pg_trigger_depth() < 2 and exists (select from allotment a where a.entry_id = new.entry_id
          and a.state in ('OFFERED','ACCEPTED','CONTRACT_SIGNED','HANDED_OVER')) then
          raise exception 'a dwelling is allotted to it' using errcode = 'check_violation', constraint = 'waiting_under_allotment';
        end if;
        return new;
      end $$;
      revoke all on function waiting_not_past_allotment from public;
      create trigger waiting_not_past_allotment before insert on waiting_step for each row execute function waiting_not_past_allotment()`);
  }
}
