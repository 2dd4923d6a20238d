import { HubError } from '../errors';
import type { PartnerLimits, PartnerScope, Viewer } from './viewer';

/** Adds persons to those a partner's request has reached. Throws ROW_CAP_EXCEEDED beyond its registered document's cap. */
export function reach({ partner }: Viewer, personIds: Iterable<unknown>): void {
  if (!partner) return;
  const { rowCap, reached } = partner.allowance;
  for (const id of personIds) if (typeof id === 'string') reached.add(id);
  if (reached.size > rowCap) throw new HubError('ROW_CAP_EXCEEDED', undefined, `每次至多 ${rowCap} 人`);
}

/** The row scope of a partner's request. */
export function partnerRegions(
  { granted, office }: PartnerScope,
  scopeOf: (code: string) => readonly string[],
): readonly string[] {
  const scope = [...new Set(granted.flatMap(scopeOf))];
  if (office === null) return scope;
  const within = new Set(scopeOf(office));
  return scope.filter((code) => within.has(code));
}

/** A partner that may do nothing yet: what it may is read with its document. */
export const nothingGranted = (office: string | null): PartnerLimits => ({
  purposes: [],
  fields: [],
  allowance: { grantId: '', day: '', rowCap: 0, reached: new Set() },
  scope: { granted: [], office },
});
