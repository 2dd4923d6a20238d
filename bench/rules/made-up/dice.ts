/** The seed of every made-up world of this bench: the same number of households is the same world, ids of answers aside. */
export const SEED = 20261129;
/** Day and instant of every judgement. */
export const TODAY = '2026-11-22';
export const NOW = new Date(`${TODAY}T04:00:00Z`);
export const PURPOSE = 'ADMISSION_REVIEW';

/** SQL of a whole number from 0 to below `sides`, by a bigint key; `about` is what it is thrown for. */
export const die = (about: string, sides: number, key = 'key'): string =>
  `((hashint8extended(${key}, ${SEED} + hashtext('${about}')::bigint) & 2147483647) % ${sides})::int`;

/** SQL of one of the values, by their weights. */
export function oneOf(about: string, weights: Readonly<Record<string, number>>, key = 'key'): string {
  let below = 0;
  const cases = Object.entries(weights).map(([value, weight]) => `when thrown < ${(below += weight)} then '${value}'`);
  return `(select case ${cases.join(' ')} end from (select ${die(about, below, key)} as thrown) as throw)`;
}

/** SQL of an id, the same for the same words. */
export const idOf = (kind: string, key: string): string => `md5('${SEED}${kind}' || ${key})::uuid`;

/** SQL of a day from one on. */
export const dayFrom = (first: string, about: string, days: number, key = 'key'): string =>
  `(date '${first}' + ${die(about, days, key)})`;
