import type { Client } from 'pg';
import { ACCUSED, type Plant } from './plants';

export interface Verdicts {
  /** By what was planted: how many, and how many of them were not found. */
  readonly planted: Readonly<Record<string, { readonly planted: number; readonly missed: number }>>;
  /** By rule: households accused without a reason in the tables, and with a reason and not accused. */
  readonly rules: Readonly<
    Record<string, { readonly accused: number; readonly wrongly: number; readonly missed: number }>
  >;
}

/** What a run over everybody found, beside what was planted and what plain SQL says of the same tables. */
export async function verdictsOf(
  admin: Client,
  run: string,
  codes: readonly string[],
  plants: readonly Plant[],
): Promise<Verdicts> {
  const accusedBy = async (rule: string): Promise<Set<string>> => {
    const { rows } = await admin.query<{ id: string }>(
      `select household_id as id from evaluation where cross_check_id = $1 and outcome[$2] in ('FAIL', 'CONTRADICTION')`,
      [run, codes.indexOf(rule) + 1],
    );
    return new Set(rows.map(({ id }) => id));
  };
  const accused = new Map(await Promise.all(codes.map(async (code) => [code, await accusedBy(code)] as const)));
  const rules: Record<string, { accused: number; wrongly: number; missed: number }> = {};
  for (const [rule, { text, exactly }] of Object.entries(ACCUSED)) {
    const rightly = new Set((await admin.query<{ id: string }>(text)).rows.map(({ id }) => id));
    const by = accused.get(rule)!;
    const missed = exactly ? [...rightly].filter((id) => !by.has(id)).length : 0;
    rules[rule] = { accused: by.size, wrongly: [...by].filter((id) => !rightly.has(id)).length, missed };
  }
  const planted = plants.map(({ kind, rule, households }) => {
    const missed = households.filter((id) => !accused.get(rule)!.has(id)).length;
    return [kind, { planted: households.length, missed }] as const;
  });
  return { planted: Object.fromEntries(planted), rules };
}

export interface Screened {
  readonly planted: number;
  readonly missed: number;
  readonly almostCertain: number;
  readonly calledAlmostCertainWrongly: number;
  readonly forReview: number;
}

/** What the screening found of those who were registered twice. */
export async function screenedOf(admin: Client, twins: readonly (readonly [string, string])[]): Promise<Screened> {
  const { rows } = await admin.query<{ pair: string; tier: string }>(
    `select least(person_a, person_b) || ' ' || greatest(person_a, person_b) as pair, tier from identity_match`,
  );
  const found = new Map(rows.map(({ pair, tier }) => [pair, tier]));
  const planted = new Set(twins.map((pair) => [...pair].sort().join(' ')));
  const certain = rows.filter(({ tier }) => tier === 'AUTO');
  return {
    planted: planted.size,
    missed: [...planted].filter((pair) => !found.has(pair)).length,
    almostCertain: certain.length,
    calledAlmostCertainWrongly: certain.filter(({ pair }) => !planted.has(pair)).length,
    forReview: rows.length - certain.length,
  };
}
