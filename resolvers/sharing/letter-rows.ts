import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { queryInScope } from '../../src/store/database';
import { readPersonal } from '../../src/store/reads';
import type { Letter } from '../../schema/sharing/letter';
import type { LetterMember } from '../../schema/sharing/letter-member';
import { groupedInOrder, inOrder, loaderOf } from '../loader';

const COLUMNS = `id, region_code as "regionCode", household_id as "householdId", case_id as "caseId", purpose as "purposeCode", sources,
  notice_version as "noticeVersion", signed_on as "signedOn", valid_until as "validUntil", ended_on as "endedOn", end_reason as "endReason", state`;
const BY_ID = { name: 'letters', text: `select ${COLUMNS} from letter where id = any($1::uuid[])` };
const OF_HOUSEHOLDS = {
  name: 'letters-of-households',
  text: `select ${COLUMNS} from letter where household_id = any($1::uuid[]) order by signed_on, id`,
};
const MEMBERS: PersonalSelect = {
  name: 'letter-members',
  takes: 1,
  text: `select person_id, person_id as "personId", letter_id as "letterId", signature, signed_by as "signedBy", signed_on as "signedOn"
         from letter_member where letter_id = any($1::uuid[]) order by person_id`,
};

/** One of a request's letters; null when it does not exist or lies out of scope. */
export function loadLetter(ctx: RequestContext, id: string): Promise<Letter | null> {
  const loader = loaderOf(ctx, 'letters', async (ids) =>
    inOrder(ids, await readLetters(ctx, BY_ID, ids), (row) => row.id),
  );
  return loader.load(id);
}

/** Letters of a household, oldest first. */
export function lettersOf(ctx: RequestContext, householdId: string): Promise<Letter[]> {
  const loader = loaderOf(ctx, 'letters of households', async (ids) =>
    groupedInOrder(ids, await readLetters(ctx, OF_HOUSEHOLDS, ids), (row) => row.householdId),
  );
  return loader.load(householdId);
}

/** Whom a letter covers. Who signed what is a look at a person. */
export function letterMembersOf(ctx: RequestContext, letterId: string): Promise<LetterMember[]> {
  const look = { source: 'sharing', fields: ['signature'] };
  const loader = loaderOf(ctx, 'letter members', async (ids) => {
    const rows = await readPersonal<LetterMember>(ctx.hub.db.app, MEMBERS, [ids], look, ctx);
    return groupedInOrder(ids, rows, (row) => row.letterId);
  });
  return loader.load(letterId);
}

const readLetters = (
  { hub, viewer }: RequestContext,
  query: { name: string; text: string },
  ids: readonly string[],
): Promise<Letter[]> => queryInScope<Letter>(hub.db.app, viewer.regions, { ...query, values: [ids] });
