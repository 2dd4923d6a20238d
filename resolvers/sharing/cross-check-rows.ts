import type { RequestContext } from '../../src/context';
import { HubError } from '../../src/errors';
import { queryInScope } from '../../src/store/database';
import { readPage, type PageArgs } from '../../src/store/page';
import type { CrossCheck } from '../../schema/sharing/cross-check';
import type { HouseholdCheckState } from '../../schema/sharing/cross-check-household';
import type { Connection } from '../../schema/page';

export type CrossCheckRow = Pick<
  CrossCheck,
  'id' | 'purpose' | 'asOf' | 'state' | 'total' | 'done' | 'requestedAt' | 'finishedAt'
>;

/** A partner system sees the cross-checks it asked for; an officer those of the offices in scope. */
const CROSS_CHECK = {
  name: 'cross-check-by-id',
  text: `select id, purpose, as_of as "asOf", state, total, done, requested_at as "requestedAt", finished_at as "finishedAt"
         from cross_check where id = $1 and ($2::text is null or (requester_role = 'PARTNER_SYSTEM' and requested_by = $2))`,
};

/** Throws NOT_FOUND also where the cross-check is out of scope. */
export async function readCrossCheck({ hub, viewer }: RequestContext, id: string): Promise<CrossCheckRow> {
  const values = [id, viewer.partner ? viewer.subject : null];
  const [found] = await queryInScope<CrossCheckRow>(hub.db.app, viewer.regions, { ...CROSS_CHECK, values });
  if (!found) throw new HubError('NOT_FOUND', 'id');
  return found;
}

/** A household of a cross-check, as its page shows it. */
export interface CheckedRow {
  readonly crossCheckId: string;
  readonly ordinal: number;
  readonly state: HouseholdCheckState;
  readonly household: { readonly id: string };
}

const HOUSEHOLDS = {
  name: 'cross-check-households-page',
  text: `select cross_check_id as "crossCheckId", ordinal, state, json_build_object('id', household_id) as household
         from cross_check_household where cross_check_id = $1 and ordinal > $2 order by ordinal limit $3`,
};

/** Its households in the order asked. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfChecked(
  { hub, viewer }: RequestContext,
  crossCheckId: string,
  args: PageArgs,
): Promise<Connection<CheckedRow>> {
  return readPage<CheckedRow>(hub.cursors, args, {
    list: `cross-check ${crossCheckId}`,
    keyOf: ({ ordinal }) => [ordinal],
    read: (after, limit) => {
      const values = [crossCheckId, after?.[0] ?? 0, limit];
      return queryInScope<CheckedRow>(hub.db.app, viewer.regions, { ...HOUSEHOLDS, values });
    },
  });
}
