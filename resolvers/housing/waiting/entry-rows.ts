import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { pointsOf, type FactorPoints, type QueueRule, type Waiter } from '../../../src/engine/waiting-order';
import { queryInScope } from '../../../src/store/database';
import { BEFORE_ALL_DAYS, readPage, type PageArgs } from '../../../src/store/page';
import { readPersonal } from '../../../src/store/reads';
import type { Connection } from '../../../schema/page';
import { Programme } from '../../../schema/programme';
import type { WaitingDifference } from '../../../schema/waiting/waiting-difference';
import type { WaitingException } from '../../../schema/waiting/waiting-exception';
import type { WaitingListEntry, WaitingState } from '../../../schema/waiting/waiting-list-entry';
import type { WaitingStep } from '../../../schema/waiting/waiting-step';
import { groupedInOrder, loaderOf } from '../../loader';

/** An entry as it is shown: without its factors, which are asked for on their own. */
export type EntryRow = Omit<WaitingListEntry, 'areaCm2' | 'incomeFen' | 'recognised' | 'choiceMet'> & {
  readonly rank: number | null;
};

const COLUMNS = `e.id, e.region_code as "regionCode", e.household_id as "householdId", e.application_id as "applicationId", e.programme, e.flow,
  e.entered_on as "enteredOn", e.state, e.refusals, e.deferred_until as "deferredUntil", e.batch, e.version, r.rank`;
const FROM = `from waiting_list_entry e left join waiting_rank r on r.entry_id = e.id`;
const ONE = { name: 'waiting-entry', text: `select ${COLUMNS} ${FROM} where e.id = $1` };
const OF_HOUSEHOLDS = {
  name: 'waiting-of-households',
  text: `select ${COLUMNS} ${FROM} where e.household_id = any ($1::uuid[]) order by e.entered_on desc, e.id`,
};
/** Queue after queue; who has no place comes last in its own. */
const PAGE = {
  name: 'waiting-page',
  text: `with late as materialized (
           select code, $5::date - make_interval(years => parameter_in_force('waiting.years', code, $5::date, $6)::int) as since from unnest($1::text[]) as code)
         select ${COLUMNS} ${FROM} join late on late.code = e.region_code
         where ($2::text is null or e.programme = $2) and ($3::text is null or e.state = $3)
           and ($4::boolean is null or $4 = coalesce(e.entered_on < late.since and e.state not in ('FULFILLED','REMOVED'), false))
           and (e.region_code, e.programme, coalesce(r.rank, 2147483647), e.entered_on, e.id) > ($7::text, $8::text, $9::int, $10::date, $11::uuid)
         order by e.region_code, e.programme, coalesce(r.rank, 2147483647), e.entered_on, e.id limit $12`,
};
const LIMITS = {
  name: 'waiting-limits',
  text: `select code, ($2::date - make_interval(years => parameter_in_force('waiting.years', code, $2::date, $3)::int))::date as since from unnest($1::text[]) as code`,
};
const APPLICANT = `join application a on a.id = e.application_id join housing_case c on c.id = a.case_id`;
const FACTORS: PersonalSelect = {
  name: 'factors-of-waiting',
  takes: 1,
  text: `select c.applicant_id as person_id, e.id, e.entered_on as "enteredOn", e.area_cm2 as "areaCm2", e.income_fen as "incomeFen", e.recognised,
           e.choice_met as "choiceMet", e.programme, q.rule, q.day
         from waiting_list_entry e ${APPLICANT} join waiting_queue q on (q.region_code, q.programme) = (e.region_code, e.programme)
         where e.id = any ($1::uuid[])`,
};
/** What is written in a step speaks of the applicant; a step without a word of nobody. */
const STEPS: PersonalSelect = {
  name: 'steps-of-waiting',
  takes: 1,
  text: `select case when s.note is not null then c.applicant_id end as person_id, c.applicant_id as "personId", s.id, s.entry_id as "entryId",
           s.version, s.kind, s.to_state as "toState", s.at, s.on_day as "onDay", s.taken_by as "takenBy", s.role, s.office, s.batch,
           s.deferred_until as "deferredUntil", s.document_number as "documentNumber", s.note
         from waiting_step s join waiting_list_entry e on e.id = s.entry_id ${APPLICANT}
         where s.entry_id = any ($1::uuid[]) order by s.version`,
};
const EXCEPTION = `c.applicant_id as person_id, c.applicant_id as "personId", x.id, x.region_code as "regionCode", x.entry_id as "entryId", x.from_rank as "fromRank",
  x.to_rank as "toRank", x.document_number as "documentNumber", x.reason, x.at, x.on_day as "onDay", x.decided_by as "decidedBy", x.role, x.office
  from waiting_exception x join waiting_list_entry e on e.id = x.entry_id ${APPLICANT}`;
const EXCEPTIONS: PersonalSelect = {
  name: 'exceptions-of-waiting',
  takes: 1,
  text: `select ${EXCEPTION} where x.entry_id = any ($1::uuid[]) order by x.at, x.id`,
};
const EXCEPTIONS_PAGE: PersonalSelect = {
  name: 'waiting-exceptions-page',
  takes: 4,
  text: `select ${EXCEPTION} where x.region_code = any ($1::text[]) and (x.on_day, x.id) > ($2::date, $3::uuid) order by x.on_day, x.id limit $4`,
};
const DIFFERENCES_PAGE = {
  name: 'waiting-differences-page',
  text: `select id, region_code as "regionCode", entry_id as "entryId", run, on_day as "onDay", stood, computed from waiting_difference
         where region_code = any ($1::text[]) and (on_day, id) > ($2::date, $3::uuid) order by on_day, id limit $4`,
};
const BEFORE_ALL = ['', '', 0, ...BEFORE_ALL_DAYS];
const LAST = 2_147_483_647;
const EXCEPTION_LOOK = { source: 'housing', fields: ['waitingException'] };

export interface WaitingFilter {
  readonly region: string;
  readonly programme: Programme | null;
  readonly state: WaitingState | null;
  readonly overLimit: boolean | null;
}

/** Undefined out of scope. */
export async function loadEntry({ hub, viewer }: RequestContext, id: string): Promise<EntryRow | undefined> {
  return (await queryInScope<EntryRow>(hub.db.app, viewer.regions, { ...ONE, values: [id] }))[0];
}

/** Whoever waits in a region and everything below it, in the order of the last night. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfWaiting(
  { hub, viewer }: RequestContext,
  { region, programme, state, overLimit }: WaitingFilter,
  today: string,
  args: PageArgs,
): Promise<Connection<EntryRow>> {
  return readPage<EntryRow>(hub.cursors, args, {
    list: ['waitingList', region, programme ?? '', state ?? '', overLimit ?? ''].join(' '),
    keyOf: ({ regionCode, programme: of, rank, enteredOn, id }) => [regionCode, of, rank ?? LAST, enteredOn, id],
    read: (after, limit) => {
      const filters = [hub.regions.scopeOf(region), programme, state, overLimit, today, hub.now()];
      return queryInScope<EntryRow>(hub.db.app, viewer.regions, {
        ...PAGE,
        values: [...filters, ...(after ?? BEFORE_ALL), limit],
      });
    },
  });
}

/** Entries of a household, the latest first. */
export function waitingOf(ctx: RequestContext, householdId: string): Promise<EntryRow[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'waiting of households', async (ids) => {
    const rows = await queryInScope<EntryRow>(hub.db.app, viewer.regions, { ...OF_HOUSEHOLDS, values: [ids] });
    return groupedInOrder(ids, rows, (row) => row.householdId);
  });
  return loader.load(householdId);
}

/** Who was approved before this day has waited longer than a region lets anybody wait; null where it sets no limit. */
export function waitingLimitOf(ctx: RequestContext, region: string, today: string): Promise<string | null> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'limits of waiting', async (codes) => {
    const values = [codes, today, hub.now()];
    const rows = await queryInScope<{ code: string; since: string | null }>(hub.db.app, viewer.regions, {
      ...LIMITS,
      values,
    });
    const since = new Map(rows.map((row) => [row.code, row.since]));
    return codes.map((code) => since.get(code) ?? null);
  });
  return loader.load(region);
}

type FactorRow = Waiter & { readonly programme: Programme; readonly rule: QueueRule | null; readonly day: string };

/** What each factor was worth on the last night: a look at the applicant. Empty before the first. */
export function factorPointsOf(ctx: RequestContext, entryId: string): Promise<FactorPoints[]> {
  const loader = loaderOf(ctx, 'factors of waiting', async (ids) => {
    const look = { source: 'housing', fields: ['waitingFactors'] };
    const rows = await readPersonal<FactorRow>(ctx.hub.db.app, FACTORS, [ids], look, ctx);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => explained(byId.get(id)));
  });
  return loader.load(entryId);
}

const explained = (row: FactorRow | undefined): FactorPoints[] =>
  row?.rule ? pointsOf(row, row.rule, row.day, row.programme === Programme.RENTAL_SUBSIDY) : [];

/** Steps of an entry, oldest first: a look at the applicant where something is written of one. */
export function waitingStepsOf(ctx: RequestContext, entryId: string): Promise<WaitingStep[]> {
  const loader = loaderOf(ctx, 'steps of waiting', async (ids) => {
    const look = { source: 'housing', fields: ['waitingStep'] };
    const rows = await readPersonal<WaitingStep>(ctx.hub.db.app, STEPS, [ids], look, ctx);
    return groupedInOrder(ids, rows, (row) => row.entryId);
  });
  return loader.load(entryId);
}

/** What was decided past the order about an entry, oldest first: a look at the applicant. */
export function exceptionsOf(ctx: RequestContext, entryId: string): Promise<WaitingException[]> {
  const loader = loaderOf(ctx, 'exceptions of waiting', async (ids) => {
    const rows = await readPersonal<WaitingException>(ctx.hub.db.app, EXCEPTIONS, [ids], EXCEPTION_LOOK, ctx);
    return groupedInOrder(ids, rows, (row) => row.entryId);
  });
  return loader.load(entryId);
}

/** Exceptions of a region and everything below it, by day: a look at each applicant. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfExceptions(
  ctx: RequestContext,
  region: string,
  args: PageArgs,
): Promise<Connection<WaitingException>> {
  return readPage<WaitingException>(ctx.hub.cursors, args, {
    list: `waitingExceptions ${region}`,
    keyOf: ({ onDay, id }) => [onDay, id],
    read: (after, limit) => {
      const values = [ctx.hub.regions.scopeOf(region), ...(after ?? BEFORE_ALL_DAYS), limit];
      return readPersonal<WaitingException>(ctx.hub.db.app, EXCEPTIONS_PAGE, values, EXCEPTION_LOOK, ctx);
    },
  });
}

/** Differences found in a region and everything below it, by day. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfDifferences(
  { hub, viewer }: RequestContext,
  region: string,
  args: PageArgs,
): Promise<Connection<WaitingDifference>> {
  return readPage<WaitingDifference>(hub.cursors, args, {
    list: `waitingDifferences ${region}`,
    keyOf: ({ onDay, id }) => [onDay, id],
    read: (after, limit) =>
      queryInScope<WaitingDifference>(hub.db.app, viewer.regions, {
        ...DIFFERENCES_PAGE,
        values: [hub.regions.scopeOf(region), ...(after ?? BEFORE_ALL_DAYS), limit],
      }),
  });
}
