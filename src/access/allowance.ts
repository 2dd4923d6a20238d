import { HubError } from '../errors';
import type { Viewer } from './viewer';

/** Adds persons to those a partner's request has reached. Throws ROW_CAP_EXCEEDED beyond its registered document's cap. */
export function reach({ partner }: Viewer, personIds: Iterable<unknown>): void {
  if (!partner) return;
  const { rowCap, reached } = partner.allowance;
  for (const id of personIds) if (typeof id === 'string') reached.add(id);
  if (reached.size > rowCap) throw new HubError('ROW_CAP_EXCEEDED', undefined, `每次至多 ${rowCap} 人`);
}
