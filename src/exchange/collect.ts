import { randomUUID } from 'node:crypto';
import { personNumber } from '../access/seal';
import type { Session } from '../access/session';
import { loggedRead } from '../audit/reads';
import type { Outcome } from './connector';
import { sourceAt, type Desk } from './desk';
import type { Person, Source } from './source';
import { CLOSE, DEFERRED, PENDING, POSTPONE, type DeferredRow, type PendingRow } from './statements/deferred';
import { keep, keepValues, keptOf, type Asking } from './statements/keep';
import { beijingDay, seconds } from './time';
import { SourceTrouble } from './trouble';
import type { Finding } from './verify';

export interface Collected {
  /** WAITING: look again at `nextPollAt`. */
  readonly state: 'COLLECTED' | 'WAITING';
  readonly nextPollAt: Date | null;
}

const COLLECTED: Collected = { state: 'COLLECTED', nextPollAt: null };
const LOOK_AGAIN = seconds(2);

interface Batch extends DeferredRow {
  readonly queryId: string;
  readonly rows: readonly PendingRow[];
}

/**
 * Looks whether a deferred batch is ready and stores what it says beside its PENDING answers, once. The session must see
 * every region of the batch. Where it stays silent past its dueAt the answers are UNAVAILABLE, reason OVERDUE; where the
 * letter or case has ended meanwhile, the agency is not asked and nothing of its answer is kept.
 */
export async function collectDeferred(desk: Desk, queryId: string, session: Session): Promise<Collected> {
  const batch = await openBatch(desk, queryId, session);
  if (!batch) return COLLECTED;
  const source = sourceAt(desk, batch.source);
  const people = peopleOf(desk, batch);
  const { purpose, fields } = batch.rows[0] ?? { purpose: '', fields: [] };
  const outcome = people.length > 0 ? await source.collect(batch.ticket, people, { purpose, fields }) : { answers: [] };
  if (!isReady(outcome, batch)) {
    if (desk.now() <= batch.due_at) return postpone(desk, queryId, outcome);
    await close(desk, source, batch, new Map(people.map(({ ref }) => [ref, OVERDUE])), session);
    return COLLECTED;
  }
  await close(desk, source, batch, source.settle(outcome, people, { purpose, fields }).findings, session);
  return COLLECTED;
}

const OVERDUE: Finding = { status: 'UNAVAILABLE', reason: 'OVERDUE' };
const NOT_ALLOWED: Finding = { status: 'REFUSED', reason: 'LETTER_NOT_COVERING' };

/** An answer about a ref that this session does not see belongs to a wider session, which will collect it. */
function isReady(outcome: Outcome | SourceTrouble, { rows }: Batch): outcome is Extract<Outcome, { answers: unknown }> {
  if (outcome instanceof SourceTrouble || 'deferred' in outcome) return false;
  return outcome.answers.every(({ ref }) => rows.some(({ id }) => id === ref));
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

async function postpone(desk: Desk, queryId: string, outcome: Outcome | SourceTrouble): Promise<Collected> {
  const wait =
    outcome instanceof SourceTrouble
      ? outcome.retryAfter
      : 'deferred' in outcome
        ? outcome.deferred.pollAfter
        : undefined;
  const nextPollAt = new Date(desk.now().getTime() + (wait ?? LOOK_AGAIN));
  await desk.scoped([], (client) => client.query(POSTPONE, [queryId, nextPollAt]));
  return { state: 'WAITING', nextPollAt };
}

async function close(
  desk: Desk,
  source: Source,
  batch: Batch,
  findings: ReadonlyMap<string, Finding>,
  session: Session,
): Promise<void> {
  const [first] = batch.rows;
  const at = desk.now();
  await desk.scoped(session.viewer.regions, async (client) => {
    const { rowCount } = await client.query(CLOSE, [batch.queryId, at]);
    if (rowCount === 0 || !first) return;
    const { queryId } = batch;
    const { maxAge, record, name } = source.connector;
    const asking: Asking = {
      queryId,
      source: name,
      purpose: first.purpose,
      fields: first.fields,
      maxAge,
      askedAt: first.asked_at,
    };
    const kept = batch.rows.map((row) => {
      const {
        person_id: personId,
        household_id: householdId,
        case_id: caseId,
        letter_id: letterId,
        region_code: regionCode,
      } = row;
      const finding = findings.get(row.id) ?? NOT_ALLOWED;
      return keptOf({ personId, householdId, caseId, letterId, regionCode }, finding, randomUUID(), record, desk.seal);
    });
    await client.query(loggedRead(keep, keepValues(kept, asking, at), asking, session));
  });
  source.settled(batch.ticket);
}
