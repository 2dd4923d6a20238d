import type { EntityManager } from '@mikro-orm/postgresql';
import type { Application } from '../../../schema/admission/application';
import { Case, type CaseEnd } from '../../../schema/housing/case';

/** Closes the case of an application that is over; its letters and tasks end with it. */
export async function closeItsCase(
  em: EntityManager,
  { caseId }: Application,
  as: CaseEnd,
  day: string,
): Promise<void> {
  const open = await em.findOne(Case, { id: caseId, closedOn: null });
  if (!open) return;
  open.closedOn = day;
  open.closedAs = as;
  await em.flush();
}
