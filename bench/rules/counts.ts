import type { ClientBase } from 'pg';

type Client = Pick<ClientBase, 'query'>;
const OUTCOMES = ['PASS', 'FAIL', 'CONTRADICTION', 'INCONCLUSIVE', 'NOT_APPLICABLE'];

/** How often each rule came out which way in a run, a row a rule. */
export async function outcomesOf(
  client: Client,
  codes: readonly string[],
  run: string,
): Promise<Record<string, string | number>[]> {
  const { rows } = await client.query<{ place: number; outcome: string; households: number }>(
    `select place::int, o as outcome, count(*)::int as households
     from evaluation cross join unnest(outcome) with ordinality as u (o, place) where cross_check_id = $1 group by 1, 2`,
    [run],
  );
  const count = (at: number, outcome: string) =>
    rows.find((row) => row.place === at + 1 && row.outcome === outcome)?.households ?? 0;
  return codes.map((rule, at) => ({
    rule,
    ...Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(at, outcome)])),
  }));
}

export interface Comparison {
  readonly households: number;
  /** Households of which the two say different things: outcome, value observed or threshold of any rule, or evidence. */
  readonly different: number;
  /** Outcomes that the second holds for unknown and the first for a failure. */
  readonly unknownTurnedFail: number;
}

/** Two runs over the same households, household by household. */
export async function compared(client: Client, ours: string, theirs: string): Promise<Comparison> {
  const { rows } = await client.query<Comparison>(
    `select count(*)::int as households, count(*) filter (where (a.outcome, a.observed, a.threshold, a.conclusion) is distinct from
         (b.outcome, b.observed, b.threshold, b.conclusion) or cardinality(a.evidence) is distinct from cardinality(b.evidence)
         or not coalesce(a.evidence @> b.evidence, false))::int as different,
       coalesce(sum((select count(*) from unnest(a.outcome, b.outcome) as o (mine, other)
         where other = 'INCONCLUSIVE' and mine in ('FAIL', 'CONTRADICTION'))), 0)::int as "unknownTurnedFail"
     from (select * from evaluation where cross_check_id = $1) as a full join (select * from evaluation where cross_check_id = $2) as b using (household_id)`,
    [ours, theirs],
  );
  return rows[0]!;
}
