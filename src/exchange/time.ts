export { beijingDay } from '../access/day';

/** Lengths of time in milliseconds. */
export const seconds = (n: number): number => n * 1000;
export const minutes = (n: number): number => seconds(n * 60);
export const days = (n: number): number => minutes(n * 24 * 60);

/** The instant at which a day 'YYYY-MM-DD' begins in Beijing. */
export const startOfDay = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

/** A period in working days 工作日, counted by the calendar of a region. */
export interface WorkingDays {
  readonly workingDays: number;
}
export const workingDays = (n: number): WorkingDays => ({ workingDays: n });

/** The last instant of a day 'YYYY-MM-DD' in Beijing (Civil Code art. 203). */
export const endOfDay = (day: string): Date => new Date(startOfDay(day).getTime() + days(1) - 1);
