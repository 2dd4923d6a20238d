import { holdsIdNumber, normaliseIdNumber } from '../access/identity';
import type { RawAnswer, Subject } from './connector';
import type { Coverage } from './contract';
import type { RecordClass } from './fact';
import { parseRecord, type RecordValue } from './record';
import { beijingDay, minutes } from './time';
import { isStorable } from './text';
import { SOURCE_FAULT, SourceTrouble, sourceFault } from './trouble';

/** What is known about one person after an asking: an answer's content, whoever it is bound to. */
export interface Finding {
  readonly status: 'FOUND' | 'NOT_FOUND' | 'AMBIGUOUS' | 'PENDING' | 'UNAVAILABLE' | 'REFUSED';
  readonly value?: RecordValue;
  readonly sourceRecordId?: string | null;
  readonly asOf?: Date;
  readonly coverage?: Coverage;
  readonly covered?: boolean;
  readonly reason?: string;
  readonly dueAt?: Date;
  readonly retryAt?: Date;
}

/** Of somebody who was asked about, and whose letter had ended when the answer came. */
export const LETTER_ENDED = { status: 'REFUSED', reason: 'LETTER_ENDED' } as const satisfies Finding;

export interface Expected {
  readonly record: RecordClass;
  readonly fields: readonly string[];
  readonly maxAge: number;
  readonly now: Date;
  /** When an answer that decides nothing may be asked for again. */
  readonly retryAt: Date;
}

/** Clocks of agencies may run this far ahead of ours, ms. */
const SKEW = minutes(5);

/**
 * The finding about each subject, by its ref. An answer about another person, a second answer about the same one, an
 * asOf in the future or a value that is no valid record is quarantined: UNAVAILABLE as a source fault, never a fact.
 */
export function verify(
  people: readonly (Subject & { regionCode: string })[],
  answers: readonly RawAnswer[],
  expected: Expected,
): Map<string, Finding> {
  const given = new Map<string, RawAnswer[]>();
  for (const answer of answers) given.set(answer.ref, [...(given.get(answer.ref) ?? []), answer]);
  return new Map(
    people.map((person) => {
      const [answer, ...others] = given.get(person.ref) ?? [];
      try {
        if (!answer || others.length > 0) throw sourceFault();
        return [person.ref, findingOf(answer, person, expected)];
      } catch (error) {
        if (!(error instanceof SourceTrouble)) throw error;
        return [person.ref, { status: 'UNAVAILABLE', reason: SOURCE_FAULT, retryAt: expected.retryAt }];
      }
    }),
  );
}

function findingOf(answer: RawAnswer, person: Subject & { regionCode: string }, expected: Expected): Finding {
  const { status, value, sourceRecordId, asOf, coverage } = answer;
  if (!isAbout(answer.idNumber, person.idNumber) || !isPlain(coverage)) throw sourceFault();
  if (sourceRecordId !== null && !isRecordId(sourceRecordId)) throw sourceFault();
  if (!(asOf.getTime() <= expected.now.getTime() + SKEW)) throw sourceFault();
  if ((status === 'FOUND') !== (value !== null)) throw sourceFault();
  const kept = status === 'FOUND' ? parseRecord(expected.record, value, expected.fields) : undefined;
  const covered = covers(coverage, person.regionCode, asOf);
  const fresh = asOf.getTime() + expected.maxAge >= expected.now.getTime();
  const decides = fresh && (status === 'FOUND' || (status === 'NOT_FOUND' && covered));
  return {
    status,
    value: kept,
    /* Some agencies file people under their numbers: those are kept sealed, or not at all. */
    sourceRecordId: sourceRecordId !== null && holdsIdNumber(sourceRecordId) ? null : sourceRecordId,
    asOf,
    coverage,
    covered,
    ...(decides ? {} : { retryAt: expected.retryAt }),
  };
}

/** A JSON number has lost digits of a citizen number: only text can be about somebody. */
export const isAbout = (said: unknown, asked: string): boolean =>
  typeof said === 'string' && normaliseIdNumber(said) === normaliseIdNumber(asked);

const LONGEST_RECORD_ID = 500;

const isRecordId = (said: unknown): boolean =>
  typeof said === 'string' && said.length <= LONGEST_RECORD_ID && isStorable(said);

const REGION = /^\d{2,12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Region codes and days and nothing else: an empty code would cover the country. */
const isPlain = ({ regions, from, to }: Coverage): boolean =>
  regions.every((region) => REGION.test(region)) && DAY.test(from) && (to === null || DAY.test(to));

/** Does the source declare that on the day of the answer it knew this region? Only then may "no record" decide. */
export function covers({ regions, from, to }: Coverage, regionCode: string, asOf: Date): boolean {
  const day = beijingDay(asOf);
  return regions.some((region) => regionCode.startsWith(region)) && from <= day && (to === null || day <= to);
}
