import { HubError } from '../errors';
import { freeText } from './free-text';

const LONGEST = 500;

/** An address of the web as somebody gives it; null where none is given. Error: INVALID_INPUT naming the field. */
export function webAddress(url: string | null | undefined, field = 'url'): string | null {
  if (url === null || url === undefined) return null;
  const text = freeText(url, field, LONGEST);
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new HubError('INVALID_INPUT', field, '须为 http 或 https 网址');
  return text;
}
