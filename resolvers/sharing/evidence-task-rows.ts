import { beijingDay } from '../../src/access/day';
import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { queryInScope } from '../../src/store/database';
import { BEFORE_ALL_DAYS, readPage, type PageArgs } from '../../src/store/page';
import { readPersonal } from '../../src/store/reads';
import type { Connection } from '../../schema/page';
import type { EvidenceTask, EvidenceTaskState } from '../../schema/sharing/evidence-task';
import { groupedInOrder, loaderOf } from '../loader';

/** A task without its people, who are a look of their own. */
export type EvidenceTaskRow = Omit<EvidenceTask, 'persons' | 'openedIn' | 'closedIn'> & {
  readonly state: EvidenceTaskState;
};

/** $1: today. */
const COLUMNS = `id, region_code as "regionCode", household_id as "householdId", case_id as "caseId", kind, about, rules, due_on as "dueOn",
  due_provisional as "dueProvisional", opened_at as "openedAt", opened_by as "openedBy", closed_at as "closedAt", closed_by as "closedBy",
  case when closed_at is not null then 'DONE' when due_on < $1::date then 'OVERDUE' else 'OPEN' end as state`;
const ORDER = `coalesce(due_on, 'infinity'::date)`;
const PAGE = {
  name: 'evidence-tasks-page',
  text: `select * from (
           select ${COLUMNS} from evidence_task where region_code = any ($2) and (${ORDER}, id) > ($4::date, $5::uuid)
             and ($3::text is null or (closed_at is not null) = ($3 = 'DONE'))
         ) as task where $3::text is null or state = $3
         order by coalesce("dueOn", 'infinity'::date), id limit $6`,
};
const OF_HOUSEHOLDS = {
  name: 'evidence-tasks-of-households',
  text: `select ${COLUMNS} from evidence_task where household_id = any ($2::uuid[]) order by closed_at is not null, ${ORDER}, id`,
};
const PERSONS: PersonalSelect = {
  name: 'evidence-task-persons',
  takes: 1,
  text: `select person_id, id as "taskId" from evidence_task cross join unnest(persons) as named (person_id)
         where id = any ($1::uuid[]) order by person_id`,
};

/** Tasks in a region and everything below it, those due first in front. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfTasks(
  { hub, viewer }: RequestContext,
  region: string,
  state: EvidenceTaskState | null,
  args: PageArgs,
): Promise<Connection<EvidenceTaskRow>> {
  const today = beijingDay(hub.now());
  return readPage<EvidenceTaskRow>(hub.cursors, args, {
    list: `evidence-tasks ${region} ${state ?? ''}`,
    keyOf: ({ dueOn, id }) => [dueOn ?? 'infinity', id],
    read: (after, limit) => {
      const values = [today, hub.regions.scopeOf(region), state, ...(after ?? BEFORE_ALL_DAYS), limit];
      return queryInScope<EvidenceTaskRow>(hub.db.app, viewer.regions, { ...PAGE, values });
    },
  });
}

/** Tasks of a household, open ones first. */
export function tasksOf(ctx: RequestContext, householdId: string): Promise<EvidenceTaskRow[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'evidence tasks of households', async (ids) => {
    const query = { ...OF_HOUSEHOLDS, values: [beijingDay(hub.now()), ids] };
    const rows = await queryInScope<EvidenceTaskRow>(hub.db.app, viewer.regions, query);
    return groupedInOrder(ids, rows, (row) => row.householdId);
  });
  return loader.load(householdId);
}

/** Whom a task is about: a look at each of them. */
export function personsOf(ctx: RequestContext, taskId: string): Promise<{ person_id: string; taskId: string }[]> {
  const loader = loaderOf(ctx, 'evidence task persons', async (ids) => {
    const look = { source: 'sharing', fields: ['evidenceTask'] };
    const rows = await readPersonal<{ person_id: string; taskId: string }>(ctx.hub.db.app, PERSONS, [ids], look, ctx);
    return groupedInOrder(ids, rows, (row) => row.taskId);
  });
  return loader.load(taskId);
}
