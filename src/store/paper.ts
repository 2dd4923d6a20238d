import { HubError } from '../errors';
import { isDate } from '../../schema/scalars';

/** As long as any number of a document is. */
const LONGEST = 100;

/** A day that is not after today. Throws INVALID_INPUT naming the field. */
export function pastDay(day: string, field: string, today: string): string {
  if (!isDate(day) || day > today) throw new HubError('INVALID_INPUT', field, '须为不晚于今日的日期');
  return day;
}

/** 文号, without blanks around it. Throws INVALID_INPUT naming the field. */
export function documentNumber(written: string, field: string): string {
  const number = written.trim();
  if (number === '' || number.length > LONGEST)
    throw new HubError('INVALID_INPUT', field, `须写明文号，至多 ${LONGEST} 字`);
  return number;
}
