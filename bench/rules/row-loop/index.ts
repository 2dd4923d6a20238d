import { randomUUID } from 'node:crypto';
import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { householdRanges } from '../../../src/engine/ranges';
import { NOW, TODAY } from '../made-up/dice';
import { JUDGES, type Verdict } from './judge';
import { numbersOf, successorsOf } from './numbers';
import { readRange, type HouseholdAtHand } from './read';

const BATCH = 5000;
const SOURCES = ['civil-affairs', 'police', 'property', 'provident-fund', 'vehicle'];

export interface Looped {
  readonly households: number;
  readonly seconds: number;
}

/** The same rules in a plain loop over rows: batches by five questions, judged in JavaScript, copied back. */
export async function rowLoop(admin: Client, codes: readonly string[], run: string): Promise<Looped> {
  const judges = codes.map((code) => JUDGES[code]!);
  const ranges = await householdRanges(admin, BATCH, null);
  const started = performance.now();
  const law = { numberOf: await numbersOf(admin), successors: await successorsOf(admin) };
  let households = 0;
  for (const range of ranges) {
    const lines: string[] = [];
    for (const household of await readRange(admin, range)) {
      const verdicts = judges.map((judge) => judge(household, law));
      lines.push(lineOf(household, verdicts, run));
      households++;
    }
    await write(admin, lines);
  }
  return { households, seconds: (performance.now() - started) / 1000 };
}

const COLUMNS = `id, at, region_code, household_id, case_id, cross_check_id, rule_set, as_of, outcome, observed, threshold, note, evidence,
  evidence_source, conclusion`;

async function write(admin: Client, lines: readonly string[]): Promise<void> {
  const stream = admin.query(copyFrom(`copy evaluation (${COLUMNS}) from stdin`));
  stream.end(lines.join(''));
  await finished(stream);
}

function lineOf({ id, region, caseId, members }: HouseholdAtHand, verdicts: readonly Verdict[], run: string): string {
  const evidence = SOURCES.flatMap((source) =>
    members.flatMap(({ answers }) => (answers[source] ? [[answers[source].id, source] as const] : [])),
  );
  const list = (items: readonly (string | number | null)[]) => `{${items.map((item) => item ?? 'NULL').join(',')}}`;
  const outcomes = verdicts.map(({ outcome }) => outcome);
  const cells = [
    ...[randomUUID(), NOW.toISOString(), region, id, caseId, run, 'row loop', TODAY, list(outcomes)],
    ...[list(verdicts.map(({ observed }) => observed)), list(verdicts.map(({ threshold }) => threshold)), '{}'],
    ...[list(evidence.map(([answer]) => answer)), list(evidence.map(([, source]) => source)), concluded(outcomes)],
  ];
  return `${cells.join('\t')}\n`;
}

function concluded(outcomes: readonly string[]): string {
  if (outcomes.includes('FAIL')) return 'INELIGIBLE_PROPOSED';
  return outcomes.some((outcome) => outcome === 'INCONCLUSIVE' || outcome === 'CONTRADICTION')
    ? 'PENDING_EVIDENCE'
    : 'ELIGIBLE';
}
