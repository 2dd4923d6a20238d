import type { Seal } from '../access/seal';
import type { Connector } from './connector';
import type { Answer, AnswerStatus, Ask, Coverage, Question } from './contract';
import { openRecord, type RecordValue } from './record';
import type { Asking, Kept } from './statements/keep';

/** An answer as its table holds it. */
export interface AnswerRow {
  readonly id: string;
  readonly at: Date;
  readonly status: Exclude<AnswerStatus, 'STALE'>;
  readonly value: RecordValue | null;
  readonly source_record_id: string | null;
  readonly as_of: Date | null;
  readonly coverage: Coverage | null;
  readonly query_id: string;
  readonly reason: string | null;
  readonly asked_at: Date;
  readonly due_at: Date | null;
  readonly retry_at: Date | null;
}

/** STALE is never stored: an answer becomes it when its register's state is older than the source's maxAge. */
function statusAt(row: AnswerRow, maxAge: number, now: Date): AnswerStatus {
  const old = row.as_of !== null && row.as_of.getTime() + maxAge < now.getTime();
  return old && (row.status === 'FOUND' || row.status === 'NOT_FOUND') ? 'STALE' : row.status;
}

/** The envelope of a stored answer, its value narrowed to the fields of this question. */
export function answerOf(
  row: AnswerRow,
  ask: Ask,
  question: Question,
  { record, maxAge }: Connector,
  seal: Seal,
  now: Date,
): Answer {
  return {
    id: row.id,
    personId: ask.personId,
    status: statusAt(row, maxAge, now),
    value: row.value && openRecord(record, row.value, question.fields, seal, row.id),
    source: question.source,
    sourceRecordId: row.source_record_id,
    asOf: row.as_of,
    fetchedAt: row.at,
    coverage: row.coverage,
    letterId: ask.letterId,
    queryId: row.query_id,
    fields: question.fields,
    reason: row.reason,
    askedAt: row.asked_at,
    dueAt: row.due_at,
    retryAt: row.retry_at,
  };
}

/** The row that storing makes. */
export const rowOf = ({ id, finding, stored }: Kept, { queryId, askedAt }: Asking, at: Date): AnswerRow => ({
  id,
  at,
  status: finding.status,
  value: stored,
  source_record_id: finding.sourceRecordId ?? null,
  as_of: finding.asOf ?? null,
  coverage: finding.coverage ?? null,
  query_id: queryId,
  reason: finding.reason ?? null,
  asked_at: askedAt,
  due_at: finding.dueAt ?? null,
  retry_at: finding.retryAt ?? null,
});
