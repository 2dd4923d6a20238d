/** The seed of every made-up world of this bench: the same number of households is the same world, ids of answers aside. */
export const SEED = 20261129;
/** Day and instant of every judgement. */
export const TODAY = '2026-11-22';
export const NOW = new Date(`${TODAY}T04:00:00Z`);
/** Milliseconds of the day on which the first household was registered: 2020-01-01. */
const FIRST_ID_AT = 1_577_836_800_000;
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

/** SQL of an id, the same for the same words, in the order of the households' keys: as the hub makes them, by the time of registration. */
export const idOf = (kind: string, key: string, household = key): string =>
  `(lpad(to_hex(${FIRST_ID_AT} + ${household} * 1000), 12, '0') || overlay(substr(md5('${SEED}${kind}' || ${key}), 13) placing '7' from 1 for 1))::uuid`;

/** SQL of a person's id: eight keys of persons are a household's. */
export const personOf = (key: string): string => idOf('person', key, `(${key} / 8)`);

/** SQL of a day from one on. */
export const dayFrom = (first: string, about: string, days: number, key = 'key'): string =>
  `(date '${first}' + ${die(about, days, key)})`;
