const BEIJING_MS = 8 * 3600 * 1000;

/** The calendar day of an instant in Beijing, 'YYYY-MM-DD': the day the law means. China keeps no summer time. */
export const beijingDay = (instant: Date): string =>
  new Date(instant.getTime() + BEIJING_MS).toISOString().slice(0, 10);
