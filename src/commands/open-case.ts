import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { beijingDay } from '../access/day';
import { newId } from '../access/new-id';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { activeMembers } from '../store/active-members';
import { pastDay } from '../store/paper';
import { parameterInForce } from '../store/parameter-in-force';
import { inUnit } from '../store/unit';
import { Case, type CaseKind } from '../../schema/housing/case';
import { Household } from '../../schema/housing/household';
import type { Programme } from '../../schema/programme';

export interface OpenCase {
  readonly householdId: string;
  readonly kind: CaseKind;
  readonly programme: Programme;
  /** A person who is a member of the household on the day of submission. */
  readonly applicantId: string;
  /** 'YYYY-MM-DD', not after today in Beijing; today when left out. */
  readonly submittedOn?: string | null;
  /** Declared monthly income of the household, fen; left out = not declared. */
  readonly declaredIncomeFen?: number | null;
}

/** 不准以未成年人名义申请. */
const NO_MINORS = guardOf(clause('IM-6(1)'));

/**
 * 立案 [IM-6(1), IM-4.7]: opens a case on which a purpose can hang. Errors: NOT_FOUND (household), INVALID_INPUT naming
 * the field, PARAMETER_UNSET, MINOR_APPLICANT, CASE_ALREADY_OPEN.
 */
export async function openCase(ctx: RequestContext, input: OpenCase): Promise<Case> {
  const today = beijingDay(ctx.hub.now());
  const submittedOn = pastDay(input.submittedOn ?? today, 'submittedOn', today);
  refuseBadIncome(input);
  return inUnit(ctx, 'openCase', async (em, client) => {
    const household = await em.findOne(Household, { id: input.householdId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!household) throw new HubError('NOT_FOUND', 'householdId');
    if (household.closedOn) throw new HubError('INVALID_INPUT', 'householdId', '该家庭已销户');
    const age = (await activeMembers(client, household.id, submittedOn, ctx)).get(input.applicantId);
    if (age === undefined) throw new HubError('INVALID_INPUT', 'applicantId', '申请人在申请之日不是该家庭的在册成员');
    const adultAt = await parameterInForce(client, 'adult-age.years', household.regionCode, submittedOn, ctx.hub.now());
    if (age < adultAt) throw NO_MINORS.refuse(new HubError('MINOR_APPLICANT', 'applicantId'));
    NO_MINORS.let();
    await refuseSecond(em, input);
    return em.create(
      Case,
      {
        ...{ id: newId(), regionCode: household.regionCode, householdId: household.id },
        ...{ kind: input.kind, programme: input.programme, applicantId: input.applicantId, submittedOn },
        ...{ closedOn: null, closedAs: null, declaredIncomeFen: input.declaredIncomeFen ?? null },
      },
      { persist: true },
    );
  });
}

function refuseBadIncome({ declaredIncomeFen }: OpenCase): void {
  const declared = declaredIncomeFen ?? 0;
  if (!Number.isSafeInteger(declared) || declared < 0) {
    throw new HubError('INVALID_INPUT', 'declaredIncomeFen', '收入须为非负整数，单位分');
  }
}

/** No two applications of one household at once [IM-4.7]. The household's row is locked: two clerks come one after the other. */
async function refuseSecond(em: EntityManager, { householdId, kind }: OpenCase): Promise<void> {
  if (await em.count(Case, { householdId, kind, closedOn: null })) throw new HubError('CASE_ALREADY_OPEN', 'kind');
}
