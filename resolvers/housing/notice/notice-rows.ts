import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { BEFORE_ALL_DAYS, readPage, type PageArgs } from '../../../src/store/page';
import { readPersonal } from '../../../src/store/reads';
import type { Connection } from '../../../schema/page';
import type { Notice, NoticeKind, NoticeState } from '../../../schema/notice/notice';
import type { NoticeStep } from '../../../schema/notice/notice-step';
import { groupedInOrder, loaderOf } from '../../loader';

/** A notice as it is shown: what it says is asked for on its own, and is a look at the person. */
export type NoticeRow = Omit<Notice, 'body' | 'nextAttemptAt'>;

const COLUMNS = `id, region_code as "regionCode", household_id as "householdId", person_id as "personId", kind, basis_id as "basisId", result_on as "resultOn",
  due_on as "dueOn", due_provisional as "dueProvisional", attempts, told_on as "toldOn", paper_by as "paperBy", state, version`;
/** What has no last day comes last. */
const ORDER = `coalesce(due_on, 'infinity'::date)`;
const ONE = { name: 'notice', text: `select ${COLUMNS} from notice where id = $1` };
const OF_HOUSEHOLDS = {
  name: 'notices-of-households',
  text: `select ${COLUMNS} from notice where household_id = any ($1::uuid[]) order by result_on desc, id`,
};
const PAGE = {
  name: 'notices-page',
  text: `select ${COLUMNS} from notice
         where region_code = any ($1) and ($2::text is null or state = $2) and ($3::text is null or kind = $3)
           and ($4::date is null or coalesce(told_on, $4::date) > due_on) and (${ORDER}, id) > ($5::date, $6::uuid)
         order by ${ORDER}, id limit $7`,
};
const STEPS = {
  name: 'steps-of-notices',
  text: `select id, notice_id as "noticeId", version, kind, to_state as "toState", at, on_day as "onDay", taken_by as "takenBy", role, office,
           told_on as "toldOn", cause, retry_at as "retryAt", document_number as "documentNumber"
         from notice_step where notice_id = any ($1::uuid[]) order by version`,
};
const BODIES: PersonalSelect = {
  name: 'bodies-of-notices',
  takes: 1,
  text: `select person_id, id, body from notice where id = any ($1::uuid[])`,
};

export interface NoticeFilter {
  readonly region: string;
  readonly state: NoticeState | null;
  readonly kind: NoticeKind | null;
  /** Only those not told by their day, seen from this one; null: all. */
  readonly lateOn: string | null;
}

/** Undefined out of scope. */
export async function loadNotice({ hub, viewer }: RequestContext, id: string): Promise<NoticeRow | undefined> {
  return (await queryInScope<NoticeRow>(hub.db.app, viewer.regions, { ...ONE, values: [id] }))[0];
}

/** Notices of a region and everything below it, by the day they are due. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfNotices(
  { hub, viewer }: RequestContext,
  { region, state, kind, lateOn }: NoticeFilter,
  args: PageArgs,
): Promise<Connection<NoticeRow>> {
  return readPage<NoticeRow>(hub.cursors, args, {
    list: ['notices', region, state ?? '', kind ?? '', lateOn === null ? '' : 'late'].join(' '),
    keyOf: ({ dueOn, id }) => [dueOn ?? 'infinity', id],
    read: (after, limit) =>
      queryInScope<NoticeRow>(hub.db.app, viewer.regions, {
        ...PAGE,
        values: [hub.regions.scopeOf(region), state, kind, lateOn, ...(after ?? BEFORE_ALL_DAYS), limit],
      }),
  });
}

/** Notices of a household, the latest first. */
export function noticesOf(ctx: RequestContext, householdId: string): Promise<NoticeRow[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'notices of households', async (ids) => {
    const rows = await queryInScope<NoticeRow>(hub.db.app, viewer.regions, { ...OF_HOUSEHOLDS, values: [ids] });
    return groupedInOrder(ids, rows, (row) => row.householdId);
  });
  return loader.load(householdId);
}

/** Steps of a notice, oldest first: they say nothing of the person. */
export function noticeStepsOf(ctx: RequestContext, noticeId: string): Promise<NoticeStep[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'steps of notices', async (ids) => {
    const rows = await queryInScope<NoticeStep>(hub.db.app, viewer.regions, { ...STEPS, values: [ids] });
    return groupedInOrder(ids, rows, (row) => row.noticeId);
  });
  return loader.load(noticeId);
}

/** What a notice says: a look at the person. */
export function bodyOf(ctx: RequestContext, noticeId: string): Promise<string | null> {
  const loader = loaderOf(ctx, 'bodies of notices', async (ids) => {
    const look = { source: 'housing', fields: ['notice'] };
    const rows = await readPersonal<Pick<Notice, 'id' | 'body'>>(ctx.hub.db.app, BODIES, [ids], look, ctx);
    const byId = new Map(rows.map((row) => [row.id, row.body]));
    return ids.map((id) => byId.get(id) ?? null);
  });
  return loader.load(noticeId);
}
