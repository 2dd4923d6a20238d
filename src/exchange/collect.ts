import { randomUUID } from 'node:crypto';
import { personNumber } from '../access/seal';
import type { Session } from '../access/session';
import { loggedLooks } from '../audit/reads';
import { actingAs } from '../audit/writes';
import type { Outcome } from './connector';
import type { Ask } from './contract';
import { sourceAt, type Desk } from './desk';
import { gateOf } from './gate';
import type { Person, Source } from './source';
import { CLOSE, DEFERRED, OVERDUE, PENDING, POSTPONE, type DeferredRow, type PendingRow } from './statements/deferred';
import { keep, keepValues, keptOf, type Asking } from './statements/keep';
import { beijingDay, minutes, seconds } from './time';
import { SourceTrouble } from './trouble';
import type { Finding } from './verify';

export interface Collected {
  /** WAITING: look again in `lookAgainIn` ms. OVERDUE: the same, and its answers have just become UNAVAILABLE. */
  readonly state: 'COLLECTED' | 'WAITING' | 'OVERDUE';
  readonly lookAgainIn: number | null;
}

const COLLECTED: Collected = { state: 'COLLECTED', lookAgainIn: null };
const LOOK_AGAIN = seconds(2);
/** What is overdue is looked for at leisure; what is not, no more rarely, whatever an agency says by a clock of its own. */
const LOOK_LATER = minutes(6 * 60);

interface Batch extends DeferredRow {
  readonly queryId: string;
  readonly rows: readonly PendingRow[];
}

/**
 * Looks whether a deferred batch is ready and stores what it says beside its PENDING answers, once. The session must see
 * every region of the batch. Where it stays silent past its dueAt the answers are UNAVAILABLE, reason OVERDUE, and it is
 * still looked for while the letter lasts; where letter or case have ended meanwhile, the agency is not asked and nothing
 * of its answer is kept.
 */
export async function collectDeferred(desk: Desk, queryId: string, session: Session): Promise<Collected> {
  const batch = await openBatch(desk, queryId, session);
  if (!batch) return COLLECTED;
  const source = sourceAt(desk, batch.source);
  const people = peopleOf(desk, batch);
  const { purpose, fields } = batch.rows[0] ?? { purpose: '', fields: [] };
  const gate = gateOf(desk, batch.source, session);
  const { outcome, allowed } =
    people.length > 0
      ? await source.collect(batch.ticket, people, { purpose, fields }, gate)
      : { outcome: { answers: [] }, allowed: people };
  if (!isReady(outcome, batch)) {
    if (desk.now() <= batch.due_at || batch.overdue_at) return postpone(desk, batch, outcome, session);
    return declareOverdue(desk, source, batch, people, session);
  }
  const { findings } = source.settle(outcome, allowed, { purpose, fields });
  await write(desk, source, batch, findings, session, (at) => [CLOSE, [queryId, at]]);
  source.settled(batch.ticket);
  return COLLECTED;
}

async function declareOverdue(
  desk: Desk,
  source: Source,
  batch: Batch,
  people: readonly Person[],
  session: Session,
): Promise<Collected> {
  const nextPollAt = new Date(desk.now().getTime() + LOOK_LATER);
  const findings = new Map(people.map(({ ref }) => [ref, LATE]));
  await write(desk, source, batch, findings, session, (at) => [
    OVERDUE,
    [batch.queryId, at, nextPollAt, LOOK_LATER / 1000],
  ]);
  return { state: 'OVERDUE', lookAgainIn: LOOK_LATER };
}

const LATE: Finding = { status: 'UNAVAILABLE', reason: 'OVERDUE' };
const NOT_ALLOWED: Finding = { status: 'REFUSED', reason: 'LETTER_NOT_COVERING' };

/** An answer about a ref that this session does not see belongs to a wider session, which will collect it. */
function isReady(outcome: Outcome | SourceTrouble, { refs }: Batch): outcome is Extract<Outcome, { answers: unknown }> {
  if (outcome instanceof SourceTrouble || 'deferred' in outcome) return false;
  const seen = new Set(refs);
  return outcome.answers.every(({ ref }) => seen.has(ref));
}

function openBatch(desk: Desk, queryId: string, session: Session): Promise<Batch | undefined> {
  return desk.scoped(session.viewer.regions, async (client) => {
    const [deferred] = (await client.query<DeferredRow>(DEFERRED, [queryId])).rows;
    if (!deferred || deferred.collected_at) return undefined;
    const { rows } = await client.query<PendingRow>(PENDING, [queryId, beijingDay(desk.now())]);
    return { ...deferred, queryId, rows };
  });
}

/** Those about whom the question is still allowed, under the refs they were asked by. */
const peopleOf = ({ seal }: Desk, { rows }: Batch): Person[] =>
  rows.flatMap((row) => {
    if (!row.id_number || !row.name) return [];
    const idNumber = seal.open(row.id_number, personNumber(row.person_id));
    return [
      {
        ref: row.id,
        idNumber,
        name: row.name,
        caseId: row.case_id,
        letterId: row.letter_id,
        regionCode: row.region_code,
      },
    ];
  });

async function postpone(
  desk: Desk,
  { queryId, overdue_at: overdueAt }: Batch,
  outcome: Outcome | SourceTrouble,
  session: Session,
): Promise<Collected> {
  const wait =
    outcome instanceof SourceTrouble
      ? outcome.retryAfter
      : 'deferred' in outcome
        ? outcome.deferred.pollAfter
        : undefined;
  const lookAgainIn = overdueAt ? LOOK_LATER : Math.min(wait ?? LOOK_AGAIN, LOOK_LATER);
  const nextPollAt = new Date(desk.now().getTime() + lookAgainIn);
  await desk.send(
    [],
    [actingAs(session, 'collectDeferred'), { text: POSTPONE, values: [queryId, nextPollAt, lookAgainIn / 1000] }],
  );
  return { state: 'WAITING', lookAgainIn };
}

/** Stores findings beside the PENDING answers, in the name of the one collector whose claim succeeds. */
async function write(
  desk: Desk,
  source: Source,
  batch: Batch,
  findings: ReadonlyMap<string, Finding>,
  session: Session,
  claim: (at: Date) => [statement: string, values: unknown[]],
): Promise<void> {
  const [first] = batch.rows;
  const at = desk.now();
  await desk.scoped(session.viewer.regions, async (client) => {
    await client.query(actingAs(session, 'collectDeferred'));
    const { rowCount } = await client.query(...claim(at));
    if (rowCount === 0 || !first) return;
    const { maxAge, record, name } = source.connector;
    const { purpose, fields, asked_at: askedAt } = first;
    const asking: Asking = { queryId: batch.queryId, source: name, purpose, fields, maxAge, askedAt };
    const kept = batch.rows.map((row) =>
      keptOf(askOf(row), findings.get(row.id) ?? NOT_ALLOWED, randomUUID(), record, desk.seal),
    );
    await client.query(loggedLooks(keep, keepValues([{ asking, kept }], at), session));
  });
}

const askOf = (row: PendingRow): Ask => ({
  personId: row.person_id,
  householdId: row.household_id,
  caseId: row.case_id,
  letterId: row.letter_id,
  regionCode: row.region_code,
});
