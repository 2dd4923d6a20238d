import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { holdsIdNumber } from '../access/identity';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { activeMembers } from '../store/active-members';
import { inUnit } from '../store/unit';
import { Case } from '../../schema/housing/case';
import { isCode, isDate } from '../../schema/scalars';
import { Letter } from '../../schema/sharing/letter';
import { LetterMember, Signature } from '../../schema/sharing/letter-member';
import { Purpose } from '../../schema/sharing/purpose';

export interface SignedMember {
  readonly personId: string;
  readonly signature: Signature;
  /** The guardian, a grown-up member of the household; left out for one's own signature. */
  readonly signedBy?: string | null;
}

export interface RegisterLetter {
  readonly caseId: string;
  /** Code of the purpose, 'ADMISSION_REVIEW'. */
  readonly purpose: string;
  /** Agencies named in the letter: some of those the purpose names. */
  readonly sources: readonly string[];
  /** Version of the notice that was shown before signing (PIPL art. 17). */
  readonly noticeVersion: string;
  /** 'YYYY-MM-DD', not after today. */
  readonly signedOn: string;
  /** 'YYYY-MM-DD', the last day on which it counts; not before today. */
  readonly validUntil: string;
  readonly members: readonly SignedMember[];
}

/**
 * 登记授权书 [V2 order 11 art. 8; PIPL 29, 31]: every member signs, a minor by a guardian of the household.
 * Errors: NOT_FOUND, CASE_CLOSED, INVALID_INPUT naming the field, LETTER_INCOMPLETE naming all that is missing.
 */
export async function registerLetter(ctx: RequestContext, input: RegisterLetter): Promise<Letter> {
  const today = beijingDay(ctx.hub.now());
  refuseBadTerms(input, today);
  return inUnit(ctx, 'registerLetter', async (em, client) => {
    const { id: caseId, householdId, regionCode } = await openCaseOf(em, input.caseId);
    await refuseForeignSources(em, input);
    const days = { on: today, ofAgeOn: input.signedOn };
    refuseIncomplete(input.members, await activeMembers(client, householdId, days, ctx));
    const { purpose, sources, noticeVersion, signedOn, validUntil } = input;
    const letter = em.create(Letter, {
      ...{ id: randomUUID(), regionCode, householdId, caseId, purposeCode: purpose, sources: [...sources] },
      ...{ noticeVersion: noticeVersion.trim(), signedOn, validUntil, endedOn: null, endReason: null },
      registeredBy: ctx.viewer.subject,
    });
    await em.persist(letter).flush(); // its members refer to it
    for (const { personId, signature, signedBy } of input.members) {
      em.persist(
        em.create(LetterMember, {
          letterId: letter.id,
          personId,
          regionCode,
          signature,
          signedBy: signedBy ?? personId,
        }),
      );
    }
    return letter;
  });
}

function refuseBadTerms({ noticeVersion, signedOn, validUntil }: RegisterLetter, today: string): void {
  if (!/^\P{C}{1,50}$/u.test(noticeVersion.trim()))
    throw new HubError('INVALID_INPUT', 'noticeVersion', '须载明所出示告知书的版本');
  if (holdsIdNumber(noticeVersion)) throw new HubError('INVALID_INPUT', 'noticeVersion', '不得含公民身份号码');
  if (!isDate(signedOn) || signedOn > today) throw new HubError('INVALID_INPUT', 'signedOn', '须为不晚于今日的日期');
  if (!isDate(validUntil) || validUntil < today)
    throw new HubError('INVALID_INPUT', 'validUntil', '须为不早于今日的日期');
}

async function openCaseOf(em: EntityManager, caseId: string): Promise<Case> {
  const found = await em.findOne(Case, { id: caseId });
  if (!found) throw new HubError('NOT_FOUND', 'caseId');
  if (found.closedOn) throw new HubError('CASE_CLOSED', 'caseId');
  return found;
}

async function refuseForeignSources(em: EntityManager, input: RegisterLetter): Promise<void> {
  const purpose = isCode(input.purpose) ? await em.findOne(Purpose, { code: input.purpose }) : null;
  if (!purpose) throw new HubError('INVALID_INPUT', 'purpose', '未登记的查询目的');
  const { sources } = input;
  if (sources.length === 0) throw new HubError('LETTER_INCOMPLETE', 'sources', '未载明来源');
  const foreign = sources.findIndex(
    (source, at) => !purpose.sources.includes(source) || sources.indexOf(source) !== at,
  );
  if (foreign >= 0)
    throw new HubError('INVALID_INPUT', `sources.${foreign}`, `须为下列之一且不重复：${purpose.sources.join('、')}`);
}

type Members = ReadonlyMap<string, { readonly adult: boolean }>;

/** Everything that is missing in one notice, by member id: the clerk completes it once (V2 order 11 art. 8). */
function refuseIncomplete(signed: readonly SignedMember[], members: Members): void {
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

function flawOf({ personId, signature, signedBy }: SignedMember, members: Members): string | null {
  const member = members.get(personId);
  if (!member) return '不是该家庭的在册成员';
  if (member.adult)
    return signature === Signature.SELF && (signedBy ?? personId) === personId ? null : '成年成员须本人签名';
  if (signature !== Signature.GUARDIAN || !signedBy) return '未成年人须由监护人签名';
  return members.get(signedBy)?.adult ? null : '监护人须为该家庭的成年成员';
}
