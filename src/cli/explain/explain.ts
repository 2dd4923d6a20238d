import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { beijingDay } from '../../access/day';
import { makeEngine } from '../../engine';
import { disputedRules } from '../../engine/conflict';
import { explain } from '../../engine/explain';
import { evidenceOfOfficers } from '../../jobs/cross-check/evidence-of-officers';
import { lay } from '../../jobs/cross-check/lay';
import { rules } from '../../rules';
import { Refusal } from '../refusal';
import { fileIn, noteLook } from './file';
import { inWords } from './words';

export interface ExplainRequest {
  /** Id or file number. */
  readonly household: string;
  readonly by: string;
  readonly purpose: string;
  /** Day of judgement; today in Beijing when left out. */
  readonly on?: string;
  readonly json?: true;
}

/** Explains one household on the engine role's connection, after the look stands in the log. Throws Refusal. */
export async function explainTo(
  say: (line: string) => void,
  engineRole: Pool,
  { household, by, purpose, on, json }: ExplainRequest,
  now = new Date(),
): Promise<void> {
  const asOf = on ?? beijingDay(now);
  const client = await engineRole.connect();
  try {
    const file = await fileIn(client, household, purpose, asOf);
    await noteLook(client, file, { by, purpose, requestId: `explain-${randomUUID()}` }, asOf);
    const engine = makeEngine(rules);
    const request = { households: [file], purpose, asOf, now, sources: engine.sources };
    const explanation = await explain(client, rules, engine, request);
    if (!explanation) throw new Refusal(`The case of ${household} could not be judged.`);
    const { evaluation, findings } = explanation;
    const officers = await evidenceOfOfficers(client, [file.caseId], beijingDay(now));
    const conflicts = (await engine.conflicts(client, request, [evaluation])).get(file.householdId) ?? [];
    const judged = {
      ...{ findings, conclusion: evaluation.conclusion, members: file.members },
      ...{ conflicts, disputed: disputedRules(rules, evaluation) },
    };
    const settled = lay(rules, judged, officers.get(file.caseId));
    if (json) say(JSON.stringify({ household: file, evaluation, ...settled }));
    else inWords(file, evaluation, settled).forEach((line) => say(line));
  } finally {
    client.release();
  }
}
