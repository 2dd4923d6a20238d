import type { PoolClient } from 'pg';
import type { Hub } from '../../context';
import { beijingDay } from '../../access/day';
import { actingAs } from '../../audit/writes';
import { disputedRules } from '../../engine/conflict';
import type { Missing } from '../../engine/matter';
import { inScope } from '../../store/database';
import { answerStates, type AnswerState } from './answers';
import type { Check } from './check';
import { endAnswered, evidenceOfOfficers, type OfOfficers } from './evidence-of-officers';
import { lay } from './lay';
import { stillIn, type CheckedHousehold, type OpenState } from './page';
import { reportBody } from './report';
import { keepTasks } from './tasks';
import { collectLater, handOverNow, lock, recount, writeReports, type ReportToWrite } from './write';

export type SettleHub = Pick<Hub, 'db' | 'engine' | 'signer' | 'now'>;

/**
 * Judges those of the given households that are still in this state and writes their reports, states and progress in one
 * transaction. Settlers of one cross-check take turns, so that a twin of the job finds nothing left to do and the last
 * of several late answers always sees all the others. False where none is in this state.
 */
export function settle(hub: SettleHub, check: Check, state: OpenState, ordinals: readonly number[]): Promise<boolean> {
  return judgeAndWrite(hub, check, state, ordinals, NONE);
}

/**
 * Reports on WAITING households what is known before the sources that answer later are asked, and has those asked. They
 * stay WAITING: `hand-over` settles them.
 */
export async function reportAlready(
  hub: SettleHub,
  check: Check,
  ordinals: readonly number[],
  toAsk: ReadonlySet<string>,
): Promise<void> {
  await judgeAndWrite(hub, check, 'WAITING', ordinals, toAsk);
}

const NONE: ReadonlySet<string> = new Set();

async function judgeAndWrite(
  hub: SettleHub,
  check: Check,
  state: OpenState,
  ordinals: readonly number[],
  toAsk: ReadonlySet<string>,
): Promise<boolean> {
  const now = hub.now();
  return inScope(hub.db.app, check.session.viewer.regions, async (client) => {
    await client.query(actingAs(check.session, 'settleCrossCheck'));
    await lock(client, check);
    const page = await stillIn(client, check, beijingDay(now), state, ordinals);
    if (page.length === 0) return false;
    const officers = await officersOn(client, check, page, now);
    const { reports, pending } = await judge(hub, check, page, now, toAsk, officers);
    await client.query(writeReports(check, reports, now, toAsk.size === 0));
    if (toAsk.size === 0 && !isPartner(check)) await client.query(keepTasks(check, reports, now));
    await client.query(recount(check, now));
    if (toAsk.size > 0) await client.query(handOverNow(check));
    else if (pending.length > 0) await client.query(collectLater(pending, now));
    return true;
  });
}

const isPartner = ({ session }: Check): boolean => session.viewer.role === 'PARTNER_SYSTEM';

/** What a partner system reads is what the sources told, and nothing of what officers hold beside it. */
async function officersOn(
  client: PoolClient,
  check: Check,
  page: readonly CheckedHousehold[],
  now: Date,
): Promise<ReadonlyMap<string, OfOfficers>> {
  if (isPartner(check)) return new Map();
  const cases = page.map(({ caseId }) => caseId);
  if (!(await endAnswered(client, cases, now))) return new Map();
  return evidenceOfOfficers(client, cases, beijingDay(now));
}

interface Judged {
  readonly reports: ReportToWrite[];
  /** Deferred queries whose answers are still to come. */
  readonly pending: string[];
}

/** One statement for the verdicts, one for what is lacking, one for the numbers of the law, one for the states of the answers. */
async function judge(
  hub: SettleHub,
  check: Check,
  page: readonly CheckedHousehold[],
  now: Date,
  toAsk: ReadonlySet<string>,
  officers: ReadonlyMap<string, OfOfficers>,
): Promise<Judged> {
  const { engine, db } = hub;
  const request = { households: page, purpose: check.purpose, asOf: check.asOf, now, sources: check.judged };
  const [evaluations, missing, inForce, answers] = await Promise.all([
    engine.evaluate(db.engine, { ...request, crossCheckId: check.id }),
    engine.missing(db.engine, request),
    engine.inForce(db.engine, request),
    answerStates(db.engine, check, page, now),
  ]);
  const conflicts = await engine.conflicts(db.engine, request, evaluations);
  const evaluated = new Map(evaluations.map((evaluation) => [evaluation.householdId, evaluation]));
  const pending = new Set<string>();
  const reports = page.map((household): ReportToWrite => {
    const evaluation = evaluated.get(household.householdId)!;
    const given = membersOnly(household, answers.get(household.householdId)!);
    const waiting = given.filter(({ status }) => status === 'PENDING');
    waiting.forEach(({ queryId }) => pending.add(queryId));
    const lacking = missing.get(household.householdId)?.map((each) => beingAsked(each, toAsk));
    const found = engine.findings(evaluation, lacking, inForce.get(household.householdId));
    const judged = {
      ...{ findings: found, conclusion: evaluation.conclusion, members: household.members },
      ...{ conflicts: conflicts.get(household.householdId) ?? [], disputed: disputedRules(engine.rules, evaluation) },
    };
    const settled = lay(engine.rules, judged, officers.get(household.caseId));
    const body = reportBody({ check, household, evaluation, settled, answers: given, toAsk });
    const final = waiting.length === 0 && toAsk.size === 0;
    return { household, document: hub.signer.sign(body), settled, final };
  });
  return { reports, pending: [...pending] };
}

const beingAsked = (missing: Missing, toAsk: ReadonlySet<string>): Missing =>
  missing.status === 'NOT_ASKED' && toAsk.has(missing.source) ? { ...missing, status: 'BEING_ASKED' } : missing;

const membersOnly = ({ members }: CheckedHousehold, answers: readonly AnswerState[]): AnswerState[] =>
  answers.filter(({ personId }) => members.includes(personId));
