import { HubError } from '../src/errors';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that can name a record. What cannot is answered like a record that is not there: NOT_FOUND. */
export function recordId(id: string, field = 'id'): string {
  if (!UUID.test(id)) throw new HubError('NOT_FOUND', field);
  return id.toLowerCase();
}

/** The same of what may be left out. */
export const recordIdOrNone = (id: string | null | undefined, field: string): string | null =>
  id === null || id === undefined ? null : recordId(id, field);

export const isRecordId = (id: unknown): id is string => typeof id === 'string' && UUID.test(id);
