import { Migration } from '@mikro-orm/migrations';

/** The same table as `detectionMoves` in schema/transitions; a test compares the two. */
const MOVES = [
  ['OPEN', 'CLEARING'],
  ['OPEN', 'CLEARED'],
  ['CLEARING', 'CLEARED'],
] as const;

const refusal = (text: string, constraint: string): string =>
  `raise exception '${text}' using errcode = 'check_violation', constraint = '${constraint}';`;

const GROUNDS = `('DEMOLITION','RETIREE','DEMOBILISED_SOLDIER','PETITIONER','OTHER')`;

/** 清理整改: what a night found wrong with a security that is held, until it is put right [IM-6(1), 6(2), 6(3)]. */
export class Migration20261130Detections extends Migration {
  override up(): void {
    this.addSql(`alter table entitlement add column admission_ground text check (admission_ground in ${GROUNDS})`);
    this.addSql(
      `comment on column entitlement.admission_ground is 'on which ground it was given, as the county recorded; a ground is neither a bar nor a ticket'`,
    );
    this.addSql(`
      create table detection_finding (
        id uuid primary key,
        region_code text not null references region (code),
        household_id uuid not null references household (id),
        entitlement_id uuid not null references entitlement (id),
        kind text not null check (kind in ('MINOR_HOLDER','INELIGIBLE_CATEGORY','OUTCOME_NOT_CARRIED_OUT','EXIT_OVERDUE')),
        ground text check (ground in ${GROUNDS}),
        found_on date not null,
        exit_id uuid references exit_case (id),
        case_id uuid references housing_case (id),
        state text not null check (state in ('OPEN','CLEARING','CLEARED')),
        cleared_on date check (cleared_on >= found_on),
        constraint detection_cleared check ((state = 'CLEARED') = (cleared_on is not null)),
        constraint detection_ground check (ground is null or kind = 'INELIGIBLE_CATEGORY'),
        constraint detection_clearing_by_exit check (state <> 'CLEARING' or exit_id is not null)
      );
      comment on column detection_finding.case_id is 'the case by which it is put right without an exit';
      create unique index detection_one_open on detection_finding (entitlement_id, kind) where state <> 'CLEARED';
      create index on detection_finding (region_code, found_on, id);
      create index on detection_finding (household_id);
      call guard_by_region('detection_finding');
      grant select, insert, update (state, exit_id, case_id, cleared_on) on detection_finding to anju_app;
      grant select on detection_finding to anju_engine;
      grant select (region_code, state) on annual_review to anju_engine;
      grant select (region_code, state, vacate_by) on exit_case to anju_engine`);
    const moves = MOVES.map(([from, to]) => `('detection_finding', '${from}', '${to}')`);
    this.addSql(`insert into legal_move values ${moves.join(', ')}`);
    this.guard();
  }

  /** No finding is cleared by saying so: an exit was completed, or what was wrong is right. */
  private guard(): void {
    this.addSql(`
      create function guard_detection() returns trigger language plpgsql set search_path = public, pg_temp as $$
      declare vacated boolean := exists (select from exit_case x where x.id = new.exit_id and x.household_id = new.household_id and x.state = 'VACATED');
      begin
        if tg_op = 'INSERT' then
          if new.state <> 'OPEN' then ${refusal('nothing was done yet', 'detection_begins')} end if;
          if not exists (select from entitlement e where (e.id, e.household_id, e.region_code) = (new.entitlement_id, new.household_id, new.region_code)) then
            ${refusal('of another household', 'detection_of_entitlement')}
          end if;
        elsif not exists (select from legal_move where noun = 'detection_finding' and from_state = old.state and to_state = new.state) then
          ${refusal('not from this state', 'detection_legal_move')}
        end if;
        if new.exit_id is not null and not exists (select from exit_case x where x.id = new.exit_id and x.household_id = new.household_id) then
          ${refusal('the exit of another household', 'detection_exit')}
        end if;
        if new.state = 'CLEARED' and not vacated and not (case new.kind
          when 'MINOR_HOLDER' then exists (select from housing_case c where c.id = new.case_id and c.household_id = new.household_id and c.closed_on is not null)
          when 'INELIGIBLE_CATEGORY' then exists (select from evaluation v where v.household_id = new.household_id and v.case_id = new.case_id and v.conclusion = 'ELIGIBLE')
          when 'OUTCOME_NOT_CARRIED_OUT' then not exists (select from annual_review r where r.entitlement_id = new.entitlement_id and r.state = 'DECIDED')
          else false end) then
          ${refusal('it is not put right', 'detection_put_right')}
        end if;
        return new;
      end $$;
      create trigger guard_detection before insert or update on detection_finding for each row execute function guard_detection()`);
  }
}
