import { HubError } from '../errors';
import { isDate } from '../../schema/scalars';

/** 文号: as long as any number of a document is, characters. */
export const DOCUMENT_NUMBER = 100;

/** A day that is not after today. Throws INVALID_INPUT naming the field. */
export function pastDay(day: string, field: string, today: string): string {
  if (!isDate(day) || day > today) throw new HubError('INVALID_INPUT', field, '须为不晚于今日的日期');
  return day;
}
