import { z } from 'zod';
import type { Inquiry, Outcome, RawAnswer } from '../../src/exchange/connector';
import { jsonOf, type HttpReply } from '../../src/exchange/http';
import { startOfDay } from '../../src/exchange/time';
import { readEach, readWire } from '../../src/exchange/trouble';
import { compactDay, decimalAs, decode } from '../../src/exchange/units';
import { AllowanceClass, IncomeClass, MarriageStatus } from './record';

type Read = (sent: unknown) => unknown;

const orNull =
  (read: Read): Read =>
  (sent) =>
    sent === null ? null : read(sent);
const asSent: Read = (sent) => sent;
const coded =
  (codes: Readonly<Record<string, string>>): Read =>
  (sent) =>
    decode(codes, sent);

const { UNMARRIED, MARRIED, WIDOWED, DIVORCED, NOT_STATED } = MarriageStatus;
const { NONE, SUBSISTENCE, EXTREME_POVERTY, MARGINAL, RIGID_EXPENDITURE } = AllowanceClass;

/** Each fact: its item at the agency, and how the item's codes, dates and yuan read in our words. */
const FACTS: Readonly<Record<string, { readonly item: string; readonly read: Read }>> = {
  marriageStatus: {
    item: 'marital',
    read: coded({ 10: UNMARRIED, 20: MARRIED, 30: WIDOWED, 40: DIVORCED, 90: NOT_STATED }),
  },
  spouseIdNumber: { item: 'spouseCert', read: asSent },
  spouseName: { item: 'spouseName', read: asSent },
  deceasedOn: { item: 'deathDate', read: orNull(compactDay) },
  allowanceClass: {
    item: 'relief',
    read: coded({ 0: NONE, 1: SUBSISTENCE, 2: EXTREME_POVERTY, 3: MARGINAL, 4: RIGID_EXPENDITURE }),
  },
  allowanceValidUntil: { item: 'reliefUntil', read: orNull(compactDay) },
  incomeClass: {
    item: 'incomeGrade',
    read: coded({ 0: IncomeClass.NONE, 1: IncomeClass.LOW_INCOME, 2: IncomeClass.LOWER_MIDDLE_INCOME }),
  },
  perHeadMonthlyFen: { item: 'perCapitaMonthly', read: orNull((yuan) => decimalAs(yuan, 2)) },
  determinationValidUntil: { item: 'gradeUntil', read: orNull(compactDay) },
};

/** What the agency must be asked for these facts. */
export const itemsFor = (fields: Inquiry['fields']): string[] => fields.map((field) => FACTS[field]!.item);

const Receipt = z.object({
  ticket: z.string().min(1),
  dueAt: z.iso.datetime({ offset: true }),
  pollAfterMs: z.number().positive(),
});

const Ready = z.object({
  dataDate: z.string(),
  /** Regions are numbers here: two digits, nothing to lose. */
  coverage: z.object({ regions: z.array(z.int().transform(String)), since: z.string(), until: z.string() }),
  answers: z.array(z.unknown()),
});

const Entry = z.object({
  ref: z.string(),
  cert: z.unknown(),
  code: z.number(),
  serial: z.string().optional(),
  person: z.record(z.string(), z.unknown()).optional(),
});

/** 200: the answers of a batch; 202: it is still being worked on. */
export function outcomeOf({ status, body }: HttpReply, fields: Inquiry['fields']): Outcome {
  if (status === 200) return { answers: answersIn(jsonOf(body), fields) };
  const { ticket, dueAt, pollAfterMs } = readWire(Receipt, jsonOf(body));
  return { deferred: { ticket, dueAt: new Date(dueAt), pollAfter: pollAfterMs } };
}

function answersIn(sent: unknown, fields: Inquiry['fields']): RawAnswer[] {
  const { dataDate, coverage, answers } = readWire(Ready, sent);
  const covered = { regions: coverage.regions, from: compactDay(coverage.since), to: compactDay(coverage.until) };
  const asOf = startOfDay(compactDay(dataDate));
  return readEach(answers, (entry) => {
    const { ref, cert, code, serial, person = {} } = readWire(Entry, entry);
    const status = decode({ 0: 'FOUND', 1: 'NOT_FOUND', 2: 'AMBIGUOUS' } as const, code);
    const value =
      status === 'FOUND'
        ? Object.fromEntries(fields.map((field) => [field, FACTS[field]!.read(person[FACTS[field]!.item])]))
        : null;
    return { ref, idNumber: cert, status, value, sourceRecordId: serial ?? null, asOf, coverage: covered };
  });
}
