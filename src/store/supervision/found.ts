import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { HubError } from '../../errors';
import { Petition } from '../../../schema/supervision/petition';
import { SupervisionMatter } from '../../../schema/supervision/supervision-matter';

/** In scope, locked. Error: NOT_FOUND. */
export async function matterOf(em: EntityManager, id: string): Promise<SupervisionMatter> {
  const found = await em.findOne(SupervisionMatter, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!found) throw new HubError('NOT_FOUND', 'matterId');
  return found;
}

/** In scope, locked. Error: NOT_FOUND. */
export async function petitionOf(em: EntityManager, id: string): Promise<Petition> {
  const found = await em.findOne(Petition, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!found) throw new HubError('NOT_FOUND', 'petitionId');
  return found;
}
