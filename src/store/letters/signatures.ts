import { HubError } from '../../errors';
import { Signature } from '../../../schema/sharing/letter-member';
import type { Signatories } from './signatories';

/** One signature: whose data it opens, and by whose hand. */
export interface SignedMember {
  readonly personId: string;
  readonly signature: Signature;
  /** The guardian, a grown-up member of the household; left out for one's own signature. */
  readonly signedBy?: string | null;
}

/** Everything that is missing in one notice, by member id: the clerk completes it once (V2 order 11 art. 8). */
export function refuseIncomplete(signed: readonly SignedMember[], members: Signatories): void {
  const wrong = signed.flatMap((one, at) => {
    const flaw = signed.findIndex(({ personId }) => personId === one.personId) < at ? '成员重复' : flawOf(one, members);
    return flaw ? [`members.${at} ${flaw}`] : [];
  });
  const covered = new Set(signed.map(({ personId }) => personId));
  const missing = [...members.keys()]
    .filter((personId) => !covered.has(personId))
    .map((personId) => `缺少成员 ${personId} 的签名`);
  const flaws = [...wrong, ...missing];
  if (flaws.length > 0 || members.size === 0)
    throw new HubError('LETTER_INCOMPLETE', 'members', flaws.join('；') || '家庭没有在册成员');
}

/** What is wrong with one signature [Civil Code art. 17, 19; PIPL art. 31]; null when it is as the law wants it. */
export function flawOf({ personId, signature, signedBy }: SignedMember, members: Signatories): string | null {
  const member = members.get(personId);
  if (!member) return '不是该家庭的在册成员';
  if (member.adult)
    return signature === Signature.SELF && (signedBy ?? personId) === personId ? null : '成年成员须本人签名';
  if (signature !== Signature.GUARDIAN || !signedBy) return '未成年人须由监护人签名';
  return members.get(signedBy)?.adult ? null : '监护人须为该家庭的成年成员';
}
