import { beijingDay } from '../../src/access/day';
import type { RequestContext } from '../../src/context';
import { inScope } from '../../src/store/database';
import { readPage, type PageArgs } from '../../src/store/page';
import type { Connection } from '../../schema/page';
import type { OverdueAnswer } from '../../schema/sharing/overdue-answer';

interface OverdueRow {
  readonly queryId: string;
  readonly householdId: string;
  readonly source: string;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly dueProvisional: boolean;
  readonly remindedAt: Date | null;
}

/** Row scope is on the answers: of a batch that reaches into other regions only the caller's households show. */
const OVERDUE = {
  name: 'overdue-answers-page',
  text: `select distinct d.due_at as "dueAt", d.query_id as "queryId", a.household_id as "householdId", d.source,
           d.asked_at as "askedAt", d.due_provisional as "dueProvisional", d.reminded_at as "remindedAt"
         from deferred_query d join answer a on a.query_id = d.query_id and a.status = 'PENDING' and a.at >= d.asked_at
         where d.collected_at is null and d.due_at < $1 and a.region_code = any ($2)
           and (d.due_at, d.query_id, a.household_id) > ($3::timestamptz, $4::uuid, $5::uuid)
         order by d.due_at, d.query_id, a.household_id limit $6`,
};
const NOBODY = '00000000-0000-0000-0000-000000000000';
const FIRST_KEY = ['-infinity', NOBODY, NOBODY] as const;

/** Answers not come in time about households of a region and everything below it, the longest overdue first. */
export function pageOfOverdue(ctx: RequestContext, region: string, args: PageArgs): Promise<Connection<OverdueAnswer>> {
  const { hub, viewer } = ctx;
  const now = hub.now();
  return readPage<OverdueAnswer>(hub.cursors, args, {
    list: `overdue-answers ${region}`,
    keyOf: ({ dueAt, queryId, household }) => [dueAt.toISOString(), queryId, household.id],
    read: async (after, limit) => {
      const values = [now, hub.regions.scopeOf(region), ...(after ?? FIRST_KEY), limit];
      const { rows } = await inScope(hub.db.app, viewer.regions, (client) =>
        client.query<OverdueRow>({ ...OVERDUE, values }),
      );
      return rows.map(({ householdId, ...row }) => ({
        ...row,
        household: { id: householdId },
        agency: hub.exchange.connectors.find(({ name }) => name === row.source)?.agency ?? row.source,
        daysOverdue: daysBetween(beijingDay(row.dueAt), beijingDay(now)),
      }));
    },
  });
}

const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;
