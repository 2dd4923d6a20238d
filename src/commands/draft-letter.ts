import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { openMembers } from '../store/active-members';
import { draftOf } from '../store/letters/draft';
import { openCaseOf, refuseBadTerms, refuseForeignSources, type LetterTerms } from '../store/letters/terms';
import { inUnit } from '../store/unit';
import type { Letter } from '../../schema/sharing/letter';
import { LetterMember } from '../../schema/sharing/letter-member';

export type DraftLetter = LetterTerms;

/**
 * 拟定授权书 [V2 order 11 art. 8]: names every member of the household; nobody is asked about until all of them have signed.
 * Errors: NOT_FOUND, CASE_CLOSED, INVALID_INPUT naming the field, LETTER_INCOMPLETE (no source, no member).
 */
export async function draftLetter(ctx: RequestContext, input: DraftLetter): Promise<Letter> {
  const today = beijingDay(ctx.hub.now());
  refuseBadTerms(input, today);
  return inUnit(ctx, 'draftLetter', async (em, client) => {
    const forCase = await openCaseOf(em, input.caseId);
    await refuseForeignSources(em, input);
    const members = await openMembers(client, forCase.householdId, today, ctx);
    if (members.size === 0) throw new HubError('LETTER_INCOMPLETE', 'members', '家庭没有在册成员');
    const letter = await draftOf(em, forCase, input, { signedOn: null, subject: ctx.viewer.subject });
    for (const personId of members.keys()) {
      const { id: letterId, regionCode } = letter;
      const named = { letterId, personId, regionCode, signature: null, signedBy: null, signedOn: null };
      em.persist(em.create(LetterMember, named));
    }
    return letter;
  });
}
