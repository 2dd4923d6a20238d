import { HubError } from '../errors';
import { holdsIdNumber } from './identity';

/** What somebody writes in their own words, trimmed. Error: INVALID_INPUT naming the field, for none, too much, control characters or a citizen number. */
export function freeText(text: string, field: string, most = 500): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > most || /(?!\n)\p{C}/u.test(trimmed))
    throw new HubError('INVALID_INPUT', field, `须为 1 至 ${most} 字的文字`);
  if (holdsIdNumber(trimmed)) throw new HubError('INVALID_INPUT', field, '不得含公民身份号码');
  return trimmed;
}

/** The same of what may be left out. */
export const maybeText = (text: string | null | undefined, field: string): string | null =>
  text === null || text === undefined ? null : freeText(text, field);
