import type { PersonalSelect } from '../../audit/reads';
import type { Ask } from '../contract';
import type { Seal } from '../../access/seal';
import type { RecordClass } from '../fact';
import { sealRecord, type RecordValue } from '../record';
import { beijingDay } from '../time';
import { LETTER_ENDED as ENDED, type Finding } from '../verify';
import { liveNaming } from './live';

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

/** Answers of one asking. */
export interface Asked {
  readonly asking: Asking;
  readonly kept: readonly Kept[];
}

/**
 * Now, or right after the last answer to the same question where a clock that ran ahead wrote it; by days at most: the bound
 * keeps it to the partitions that can hold one.
 */
const after = (now: string): string => `coalesce((
  select max(a.at) + interval '1 microsecond' from answer a where a.household_id = kept.household_id and a.person_id = kept.person_id
    and a.source = kept.source and a.case_id = kept.case_id and a.letter_id = kept.letter_id and a.purpose = kept.purpose
    and a.at > ${now} and a.at <= ${now}::timestamptz + interval '7 days'), ${now})`;

/**
 * Stores answers, of several sources at once; they are looked at by the caller at once, so the look is logged with them. An answer whose letter has
 * ended while the call was out says that it was asked, and nothing else; letters in force are held until all is stored.
 * What is kept later is later, whatever our clock says meanwhile: the latest answer is the one that counts.
 */
export const keep: PersonalSelect & { readonly looks: true } = {
  name: 'exchange-keep',
  takes: 24,
  looks: true,
  text: `
    insert into answer (id, region_code, household_id, person_id, case_id, letter_id, status, value, source_record_id, as_of, covered,
      coverage, reason, due_at, retry_at, at, purpose, source, fields, max_age, query_id, asked_at)
    select kept.id, kept.region_code, kept.household_id, kept.person_id, kept.case_id, kept.letter_id,
      case when held.id is null then '${ENDED.status}' else kept.status end, case when held.id is not null then kept.value end,
      case when held.id is not null then kept.source_record_id end, case when held.id is not null then kept.as_of end,
      held.id is not null and kept.covered, case when held.id is not null then kept.coverage end,
      case when held.id is null then '${ENDED.reason}' else kept.reason end, case when held.id is not null then kept.due_at end,
      case when held.id is not null then kept.retry_at end, ${after('$22')}, kept.purpose, kept.source, kept.fields::text[],
      make_interval(secs => kept.max_age), kept.query_id, kept.asked_at
    from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::jsonb[], $9::text[],
      $10::timestamptz[], $11::bool[], $12::jsonb[], $13::text[], $14::timestamptz[], $15::timestamptz[],
      $16::text[], $17::text[], $18::text[], $19::float8[], $20::uuid[], $21::timestamptz[])
      as kept (id, region_code, household_id, person_id, case_id, letter_id, status, value, source_record_id, as_of, covered,
        coverage, reason, due_at, retry_at, purpose, source, fields, max_age, query_id, asked_at)
    left join (${liveNaming('$6', '$23')}) as held on held.id = kept.letter_id and kept.source = any (held.sources)
    returning person_id, id, reason, source,
      case when $24 then source || '.' || array_to_string(fields, ',' || source || '.') else array_to_string(fields, ',') end as fields`,
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

/** Parameters of {@link keep}: what is kept at a moment. */
export function keepValues(all: readonly Asked[], at: Date): unknown[] {
  const rows = all.flatMap(({ asking, kept }) => kept.map((row) => ({ ...row, asking })));
  const column = <Value>(read: (row: Kept & { asking: Asking }) => Value) => rows.map((row) => read(row) ?? null);
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
    column(({ asking }) => asking.purpose),
    column(({ asking }) => asking.source),
    column(({ asking }) => `{${asking.fields.join()}}`), // names of facts: nothing to be quoted
    column(({ asking }) => asking.maxAge / 1000),
    column(({ asking }) => asking.queryId),
    column(({ asking }) => asking.askedAt),
    at,
    beijingDay(at),
    all.length > 1,
  ];
}
