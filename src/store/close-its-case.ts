import type { EntityManager } from '@mikro-orm/postgresql';
import { Case, type CaseEnd } from '../../schema/housing/case';

/** Closes the case of a review or an application that is over; its letters and tasks end with it. Without one, or closed already: nothing. */
export async function closeItsCase(
  em: EntityManager,
  { caseId }: { readonly caseId: string | null },
  as: CaseEnd,
  day: string,
): Promise<void> {
  const open = caseId === null ? null : await em.findOne(Case, { id: caseId, closedOn: null });
  if (!open) return;
  open.closedOn = day;
  open.closedAs = as;
  await em.flush();
}
