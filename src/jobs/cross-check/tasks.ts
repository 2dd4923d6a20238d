import type { QueryConfig } from 'pg';
import type { Missing } from '../../engine/matter';
import type { Check } from './check';
import type { SettledFinding } from './lay';
import type { CheckedHousehold } from './page';
import { prepared } from './prepared';
import type { ReportToWrite } from './write';

/** What a report lacks of the same people: at a source, a letter to ask it under, or beside answers. */
interface Lacking {
  readonly case_id: string;
  readonly kind: 'SOURCE' | 'LETTER' | 'RULE' | 'CORRECTION' | 'CONFLICT';
  readonly about: string;
  readonly persons: readonly string[];
  readonly rules: readonly string[];
}

const KEEP = 'select keep_case_reports($1::jsonb, $2::jsonb, $3)';

/**
 * 补证任务: opens and closes tasks so that those open are what the reports lack. Not for reports of partner systems, which lack
 * what a partner may not ask.
 */
export function keepTasks({ id, purpose }: Check, reports: readonly ReportToWrite[], now: Date): QueryConfig {
  const written = reports.map(({ household, document, settled: { conclusion, laid } }) => ({
    ...{ case_id: household.caseId, region_code: household.regionCode, household_id: household.householdId },
    ...{ cross_check_id: id, hash: document.hash, conclusion, laid },
  }));
  const lacking = reports.flatMap(({ household, settled: { findings } }) => lackingOf(findings, household, purpose));
  const values = [JSON.stringify(written), JSON.stringify(lacking), now];
  return { ...prepared('cross-check-tasks', reports.length), text: KEEP, values };
}

function lackingOf(findings: readonly SettledFinding[], household: CheckedHousehold, purpose: string): Lacking[] {
  const tasks = new Map<string, { persons: Set<string>; rules: Set<string> }>();
  const note = (kind: Lacking['kind'], about: string, rule: string, person?: string) => {
    const task = tasks.get(`${kind} ${about}`) ?? { persons: new Set<string>(), rules: new Set<string>() };
    tasks.set(`${kind} ${about}`, task);
    task.rules.add(rule);
    if (person) task.persons.add(person);
  };
  for (const { rule, contests } of findings)
    for (const each of contests) note('CORRECTION', each.source, rule, each.person);
  for (const { rule, conflicts } of findings.filter(({ outcome }) => outcome !== 'PASS_BY_EVIDENCE'))
    for (const { told, person } of conflicts.filter(({ prevails }) => prevails === null))
      for (const { source } of told) note('CONFLICT', source, rule, person);
  for (const { rule, missing } of findings.filter(isUnknown)) {
    if (missing.length === 0) note('RULE', rule, rule);
    for (const each of missing)
      if (lacksLetter(each, household)) note('LETTER', purpose, rule, each.personId);
      else note('SOURCE', each.source, rule, each.personId);
  }
  return [...tasks].map(([key, { persons, rules }]) => {
    const [kind, about] = key.split(' ') as [Lacking['kind'], string];
    return { case_id: household.caseId, kind, about, persons: [...persons].sort(), rules: [...rules].sort() };
  });
}

/** To the engine, and not passed by paper. */
const isUnknown = ({ recorded, outcome }: SettledFinding): boolean =>
  recorded === 'INCONCLUSIVE' && outcome !== 'PASS_BY_EVIDENCE';

const lacksLetter = ({ status, source, personId }: Missing, { letterSources, covered }: CheckedHousehold): boolean =>
  status === 'NO_LETTER' || (status === 'NOT_ASKED' && !(letterSources.includes(source) && covered.includes(personId)));
