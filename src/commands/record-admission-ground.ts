import { LockMode } from '@mikro-orm/core';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { inUnit } from '../store/unit';
import { Entitlement, type AdmissionGround } from '../../schema/housing/entitlement';

export interface RecordAdmissionGround {
  readonly entitlementId: string;
  readonly ground: AdmissionGround;
}

/** 登记准入类别: on which ground a security was given; the write log keeps what stood there before. Errors: NOT_FOUND. */
export async function recordAdmissionGround(ctx: RequestContext, input: RecordAdmissionGround): Promise<Entitlement> {
  return inUnit(ctx, 'recordAdmissionGround', async (em) => {
    const held = await em.findOne(Entitlement, { id: input.entitlementId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!held) throw new HubError('NOT_FOUND', 'entitlementId');
    held.admissionGround = input.ground;
    return held;
  });
}
