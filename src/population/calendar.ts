const DAY = 86_400_000;

/* A population names the same few thousand days millions of times. */
const numbers = new Map<string, number>();
const names = new Map<number, string>();

function remember<Key, Value>(known: Map<Key, Value>, key: Key, make: (key: Key) => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make(key);
  known.set(key, made);
  return made;
}

const numberOf = (day: string): number => Date.parse(day) / DAY;
const nameOf = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);

/** The day so many days later (earlier when negative); days are 'YYYY-MM-DD'. */
export function addDays(day: string, days: number): string {
  return remember(names, remember(numbers, day, numberOf) + days, nameOf);
}

/** The same day so many months later (earlier when negative), or the last of a shorter month. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The first day from which so many months reach that day. */
export function monthsBefore(day: string, months: number): string {
  const back = addMonths(day, -months);
  return addMonths(back, months) < day ? addDays(back, 1) : back;
}

/** The same day in another year; 29 February falls back to the 28th, so that no birthday is skipped. */
export function addYears(day: string, years: number): string {
  const year = String(+day.slice(0, 4) + years);
  const moved = `${year}${day.slice(4)}`;
  return new Date(Date.parse(moved)).getUTCDate() === +day.slice(8) ? moved : `${year}-02-28`;
}
