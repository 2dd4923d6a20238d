import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { draftOf } from '../store/letters/draft';
import { signatoriesOf } from '../store/letters/signatories';
import { refuseIncomplete, type SignedMember } from '../store/letters/signatures';
import {
  openCaseOf,
  refuseBadSigningDay,
  refuseBadTerms,
  refuseForeignSources,
  type LetterTerms,
} from '../store/letters/terms';
import { inUnit } from '../store/unit';
import type { Letter } from '../../schema/sharing/letter';
import { LetterMember } from '../../schema/sharing/letter-member';

export interface RegisterLetter extends LetterTerms {
  /** 'YYYY-MM-DD', not after today. */
  readonly signedOn: string;
  readonly members: readonly SignedMember[];
}

/**
 * 登记授权书 [V2 order 11 art. 8; PIPL 29, 31]: a paper letter that every member has signed, a minor by a guardian of the
 * household; drafted, signed and in force at once. Errors: NOT_FOUND, CASE_CLOSED, INVALID_INPUT naming the field,
 * PARAMETER_UNSET (no age of majority on that day), LETTER_INCOMPLETE naming all that is missing.
 */
export async function registerLetter(ctx: RequestContext, input: RegisterLetter): Promise<Letter> {
  const today = beijingDay(ctx.hub.now());
  const { signedOn } = input;
  refuseBadTerms(input, today);
  refuseBadSigningDay(signedOn, today);
  return inUnit(ctx, 'registerLetter', async (em, client) => {
    const forCase = await openCaseOf(em, input.caseId);
    await refuseForeignSources(em, input);
    refuseIncomplete(input.members, await signatoriesOf(client, forCase, signedOn, ctx, ctx.hub.now()));
    const letter = await draftOf(em, forCase, input, { signedOn, subject: ctx.viewer.subject });
    for (const { personId, signature, signedBy } of input.members) {
      const { id: letterId, regionCode } = letter;
      const signed = { letterId, personId, regionCode, signature, signedBy: signedBy ?? personId, signedOn };
      em.persist(em.create(LetterMember, signed));
    }
    await em.flush();
    return em.refreshOrFail(letter); // the last signature brought it into force
  });
}
