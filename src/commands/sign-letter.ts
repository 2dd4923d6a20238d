import { LockMode } from '@mikro-orm/core';
import { beijingDay } from '../access/day';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { signatoriesOf } from '../store/letters/signatories';
import { flawOf, type SignedMember } from '../store/letters/signatures';
import { refuseBadSigningDay } from '../store/letters/terms';
import { inUnit } from '../store/unit';
import { Letter, LetterState } from '../../schema/sharing/letter';
import { LetterMember } from '../../schema/sharing/letter-member';
import { letterMoves } from '../../schema/transitions';

export interface SignLetter extends SignedMember {
  readonly letterId: string;
  /** 'YYYY-MM-DD', not after today; today when left out. */
  readonly signedOn?: string | null;
}

/**
 * 签署授权书 [V2 order 11 art. 8; PIPL 31]: one member's signature; the last one brings the letter into force. Errors: NOT_FOUND,
 * LETTER_ENDED, LETTER_IN_FORCE, INVALID_INPUT, PARAMETER_UNSET, LETTER_INCOMPLETE saying what is wrong with the signature.
 */
export async function signLetter(ctx: RequestContext, { letterId, ...signed }: SignLetter): Promise<Letter> {
  const today = beijingDay(ctx.hub.now());
  const signedOn = signed.signedOn ?? today;
  refuseBadSigningDay(signedOn, today);
  return inUnit(ctx, 'signLetter', async (em, client) => {
    const letter = await em.findOne(Letter, { id: letterId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!letter) throw new HubError('NOT_FOUND', 'letterId');
    refuseClosed(letter, today);
    const member = await em.findOne(LetterMember, { letterId, personId: signed.personId });
    const flaw = member
      ? flawOf(signed, await signatoriesOf(client, letter, signedOn, ctx, ctx.hub.now()))
      : '不是授权书所列成员';
    if (flaw) throw new HubError('LETTER_INCOMPLETE', 'personId', flaw);
    if (member!.signature) throw new HubError('INVALID_INPUT', 'personId', '该成员已经签名');
    Object.assign(member!, { signature: signed.signature, signedBy: signed.signedBy ?? signed.personId, signedOn });
    await em.flush();
    return em.refreshOrFail(letter); // the database moved it on
  });
}

function refuseClosed({ state, validUntil }: Letter, today: string): void {
  if (state === LetterState.ENDED || validUntil < today) throw new HubError('LETTER_ENDED', 'letterId');
  if (!letterMoves[state].includes(LetterState.ACTIVE)) throw new HubError('LETTER_IN_FORCE', 'letterId');
}
