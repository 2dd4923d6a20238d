import type { PersonalSelect } from '../../audit/reads';
import type { Ask } from '../contract';
import type { Seal } from '../../access/seal';
import type { RecordClass } from '../fact';
import { sealRecord, type RecordValue } from '../record';
import { beijingDay } from '../time';
import type { Finding } from '../verify';
import { liveFor } from './live';

/** An answer about to be stored: what was found, bound to whom and under what it was asked. */
export interface Kept {
  readonly id: string;
  readonly ask: Ask;
  readonly finding: Finding;
  /** The value with its citizen numbers sealed. */
  readonly stored: RecordValue | null;
}

/** Binds a finding to its ask under a new answer's id. */
export const keptOf = (ask: Ask, finding: Finding, id: string, record: RecordClass, seal: Seal): Kept => ({
  id,
  ask,
  finding,
  stored: finding.value ? sealRecord(record, finding.value, seal, id) : null,
});

/** What all answers of one asking share. */
export interface Asking {
  readonly queryId: string;
  readonly source: string;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly maxAge: number;
  readonly askedAt: Date;
}

/** Now, or right after the last answer to the same question where a clock that ran ahead wrote it. */
const after = (now: string): string => `coalesce((
  select max(a.at) + interval '1 microsecond' from answer a where a.household_id = kept.household_id and a.person_id = kept.person_id
    and a.source = $18 and a.case_id = kept.case_id and a.letter_id = kept.letter_id and a.purpose = $17 and a.at > ${now}), ${now})`;

const ENDED = { status: 'REFUSED', reason: 'LETTER_ENDED' } as const;

/**
 * Stores answers; they are looked at by the caller at once, so the look is logged with them. An answer whose letter has
 * ended while the call was out says that it was asked, and nothing else; letters in force are held until all is stored.
 * What is kept later is later, whatever our clock says meanwhile: the latest answer is the one that counts.
 */
export const keep: PersonalSelect = {
  name: 'exchange-keep',
  takes: 23,
  text: `
    insert into answer (id, region_code, household_id, person_id, case_id, letter_id, status, value, source_record_id, as_of, covered,
      coverage, reason, due_at, retry_at, at, purpose, source, fields, max_age, query_id, asked_at)
    select kept.id, kept.region_code, kept.household_id, kept.person_id, kept.case_id, kept.letter_id,
      case when held.id is null then '${ENDED.status}' else kept.status end, case when held.id is not null then kept.value end,
      case when held.id is not null then kept.source_record_id end, case when held.id is not null then kept.as_of end,
      held.id is not null and kept.covered, case when held.id is not null then kept.coverage end,
      case when held.id is null then '${ENDED.reason}' else kept.reason end, case when held.id is not null then kept.due_at end,
      case when held.id is not null then kept.retry_at end, ${after('$16')}, $17, $18, $19::text[], make_interval(secs => $20), $21, $22
    from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::jsonb[], $9::text[],
      $10::timestamptz[], $11::bool[], $12::jsonb[], $13::text[], $14::timestamptz[], $15::timestamptz[])
      as kept (id, region_code, household_id, person_id, case_id, letter_id, status, value, source_record_id, as_of, covered,
        coverage, reason, due_at, retry_at)
    left join (${liveFor('$6', '$18', '$23')}) as held on held.id = kept.letter_id
    returning person_id, id, reason`,
};

export interface StoredRow {
  readonly id: string;
  readonly reason: string | null;
}

/** What was kept, as it was stored. */
export function asStored(kept: readonly Kept[], rows: readonly StoredRow[]): readonly Kept[] {
  const ended = new Set(rows.filter(({ reason }) => reason === ENDED.reason).map(({ id }) => id));
  return kept.map((row) => (ended.has(row.id) ? { ...row, finding: ENDED, stored: null } : row));
}

/** Parameters of {@link keep}. */
export function keepValues(kept: readonly Kept[], asking: Asking, at: Date): unknown[] {
  const column = <Value>(read: (row: Kept) => Value) => kept.map((row) => read(row) ?? null);
  const json = (value: object | null | undefined) => (value ? JSON.stringify(value) : null);
  return [
    column(({ id }) => id),
    column(({ ask }) => ask.regionCode),
    column(({ ask }) => ask.householdId),
    column(({ ask }) => ask.personId),
    column(({ ask }) => ask.caseId),
    column(({ ask }) => ask.letterId),
    column(({ finding }) => finding.status),
    column(({ stored }) => json(stored)),
    column(({ finding }) => finding.sourceRecordId),
    column(({ finding }) => finding.asOf),
    column(({ finding }) => finding.covered ?? false),
    column(({ finding }) => json(finding.coverage)),
    column(({ finding }) => finding.reason),
    column(({ finding }) => finding.dueAt),
    column(({ finding }) => finding.retryAt),
    at,
    asking.purpose,
    asking.source,
    asking.fields,
    asking.maxAge / 1000,
    asking.queryId,
    asking.askedAt,
    beijingDay(at),
  ];
}
