import { randomUUID } from 'node:crypto';
import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import { beijingDay } from '../../access/day';
import { carriedOutBy, clause } from '../../clauses';
import type { Acting } from './step';
import type { AnnualReview } from '../../../schema/review/annual-review';
import { Contract, ContractState } from '../../../schema/tenancy/contract';
import { ContractKind } from '../../../schema/tenancy/contract-template';
import { ContractRent, type RentBasis } from '../../../schema/tenancy/contract-rent';

const LIVE = [ContractState.SIGNED, ContractState.FILED, ContractState.ACTIVE, ContractState.EXPIRED];

/** 可按照公共租赁住房标准收取租金: the month the decision takes effect in, or the next. */
const RATED = carriedOutBy('MEASURE', clause('IM-7.4-a'));

/** What an executed review does to the rent of a lease: the database says from which month, and how much. Without a lease: nothing. */
export async function rateAnew(
  { hub, viewer }: Acting,
  em: EntityManager,
  { id: reviewId, regionCode, householdId }: AnnualReview,
  basis: RentBasis,
): Promise<void> {
  const lease = await em.findOne(Contract, { householdId, kind: ContractKind.LEASE, state: { $in: LIVE } });
  if (!lease) return;
  const at = hub.now();
  const onDay = beijingDay(at);
  em.create(
    ContractRent,
    {
      ...{ id: randomUUID(), regionCode, householdId, contractId: lease.id, fromDay: onDay, basis, fen: 1, reviewId },
      ...{ at, onDay, takenBy: viewer.subject },
    } as RequiredEntityData<ContractRent>,
    { persist: true },
  );
  await em.flush();
  RATED();
}
