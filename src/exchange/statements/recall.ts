import type { PersonalSelect } from '../../audit/reads';
import type { AnswerRow } from '../answer';
import type { Question } from '../contract';
import { beijingDay } from '../time';
import { permitted } from './permitted';

/**
 * For every ask either the stored answer that may be used again, or, where there is none, what is needed to put the
 * question, if case, letter and purpose allow it now. Several sources at once; the log of the look then names each field with its source.
 *
 * An answer is used again for the same case, letter and purpose only: while it is fresh and decides, while it is deferred,
 * not collected and not overdue, or while its source is to be left alone. `person_id` is set where an answer is read: those looks are logged.
 * What an officer contests is asked for anew: only a newer answer of its source ends the doubt.
 * A clock that ran ahead by days may have written some of it: that decides all the same, but keeps nobody from being asked now.
 * The limits keep the planner to one index look-up an ask; the bounds of `at` keep it to the partitions that can hold an answer.
 */
export const recall: PersonalSelect & { readonly looks: true } = {
  name: 'exchange-recall',
  takes: 12,
  looks: true,
  text: `
    select q.ordinal::int, known.*, q.source, q.fields, allowed.id_number, allowed.name
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $12::text[])
      with ordinality as q (person_id, household_id, case_id, letter_id, region_code, source, purpose, named, fields, ordinal)
    left join lateral (
      select a.person_id, a.id, a.at, a.status, a.value, a.source_record_id, a.as_of, a.coverage, a.query_id, a.reason,
             a.asked_at, a.due_at, a.retry_at, coalesce(d.next_poll_at <= $9, false) as ripe
      from answer a
      left join deferred_query d on a.status = 'PENDING' and d.query_id = a.query_id and d.collected_at is null and d.overdue_at is null,
      lateral (select (a.status = 'FOUND' or (a.status = 'NOT_FOUND' and a.covered)) and a.as_of + a.max_age >= $9 as decides) x
      where a.household_id = q.household_id and a.person_id = q.person_id and a.source = q.source and a.at between $10 and $9::timestamptz + interval '7 days'
        and a.case_id = q.case_id and a.letter_id = q.letter_id and a.purpose = q.purpose and a.fields @> q.named::text[]
        and not exists (select from fact_contest f where f.case_id = q.case_id and f.person_id = q.person_id and f.source = q.source
          and f.ended_at is null and a.asked_at <= f.contested_at)
        and (x.decides or d.query_id is not null or (a.retry_at > $9 and a.asked_at <= $9 + interval '5 minutes'))
      order by x.decides desc, a.at desc limit 1
    ) known on true
    left join lateral (${permitted({ source: 'q.source', purpose: 'q.purpose', fields: 'q.named::text[]', today: '$11' })} and known.id is null limit 1) allowed on true`,
};

/** What is needed to put a question; nulls where it is not allowed. */
export interface Allowed {
  readonly id: null;
  readonly id_number: Buffer | null;
  readonly name: string | null;
}

/** `ordinal` counts asks from 1; `ripe`: a deferred answer may be there by now. */
export type Recalled = { readonly ordinal: number } & ((AnswerRow & { readonly ripe: boolean }) | Allowed);

/** Parameters of {@link recall}; ordinals count the asks of all questions. `oldest`: no usable answer was stored before it. */
export function recallValues(questions: readonly Question[], now: Date, oldest: Date): unknown[] {
  const asks = questions.flatMap((question) => question.asks);
  const several = questions.some(({ source }) => source !== questions[0]!.source);
  const perAsk = (read: (question: Question) => string) =>
    questions.flatMap((question) => new Array<string>(question.asks.length).fill(read(question)));
  return [
    asks.map((ask) => ask.personId),
    asks.map((ask) => ask.householdId),
    asks.map((ask) => ask.caseId),
    asks.map((ask) => ask.letterId),
    asks.map((ask) => ask.regionCode),
    perAsk(({ source }) => source),
    perAsk(({ purpose }) => purpose),
    perAsk(({ fields }) => `{${fields.join()}}`), // names of facts: nothing to be quoted
    now,
    oldest,
    beijingDay(now),
    perAsk(({ source, fields }) => fields.map((field) => (several ? `${source}.${field}` : field)).join()),
  ];
}
