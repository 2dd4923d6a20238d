const BEIJING_MS = 8 * 3600 * 1000;

/** The calendar day of an instant in Beijing, 'YYYY-MM-DD': the day the law means. China keeps no summer time. */
export const beijingDay = (instant: Date): string =>
  new Date(instant.getTime() + BEIJING_MS).toISOString().slice(0, 10);

/** The same with the time of day, 'YYYY-MM-DD HH:mm:ss'. */
export const beijingMoment = (instant: Date): string =>
  new Date(instant.getTime() + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ');

/** 'YYYY-MM-DD', and in the calendar. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text);

const DAY_MS = 24 * 3600 * 1000;

/** The calendar day so many days after one. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The same day so many months later, or the last of a shorter month, as PostgreSQL adds months. */
export function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Seconds until the next day begins in Beijing; 1 to 86,400. */
export function secondsToNextDay(now: Date): number {
  const ends = new Date(`${beijingDay(now)}T00:00:00+08:00`).getTime() + DAY_MS;
  return Math.ceil((ends - now.getTime()) / 1000);
}
