import type { PoolClient } from 'pg';
import { clause, guardOf } from '../../clauses';
import { inForceIn } from '../../engine/in-force';
import type { QueueRule } from '../../engine/waiting-order';
import type { Queue, StoredRule } from './queue';

/* Number of the rule → parameter: all factors of 广西规程 6.2.1(2); a region that leaves one out has no order. */
const CODES: Readonly<Record<Exclude<keyof QueueRule, 'form'>, string>> = {
  housing: 'waiting.points-housing',
  income: 'waiting.points-income',
  year: 'waiting.points-year',
  choice: 'waiting.points-choice',
  funds: 'waiting.points-funds',
  areaLimitCm2: 'housing.per-head-area-cm2',
  incomeLimitFen: 'income.per-head-monthly-fen',
};

/** 轮候顺序的因素: each of the law's has its number, or there is no order. */
const WHOLE = guardOf(clause('GX-6.2.1(2)'));

/** The rule of a region's programme on a day, or the code of a number that is not set there. */
export async function ruleOf(
  client: PoolClient,
  { region: regionCode, programme }: Queue,
  asOf: string,
  now: Date,
): Promise<StoredRule | string> {
  const found = await inForceIn(client, Object.values(CODES), { regionCode, programme, asOf, now });
  const unset = Object.values(CODES).find((code) => !found.has(code));
  if (unset !== undefined) return WHOLE.refuse(unset);
  WHOLE.let();
  const numbers = Object.entries(CODES).map(([name, code]) => [name, found.get(code)!.value]);
  return {
    ...(Object.fromEntries(numbers) as Omit<QueueRule, 'form'>),
    ...{ form: 1, parameters: [...found.values()].map(({ id }) => id) },
  };
}
