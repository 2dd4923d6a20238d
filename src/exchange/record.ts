import { z } from 'zod';
import type { Seal, SealPlace } from '../access/seal';
import { factsOf, type RecordClass } from './fact';
import { readWire } from './trouble';

/** A record's value as stored and handed on: camelCase facts, only those asked for. */
export type RecordValue = Readonly<Record<string, unknown>>;

const schemas = new WeakMap<RecordClass, Map<string, z.ZodType<RecordValue>>>();

function schemaOf(record: RecordClass, fields: readonly string[]): z.ZodType<RecordValue> {
  const known = schemas.get(record) ?? new Map<string, z.ZodType<RecordValue>>();
  schemas.set(record, known);
  const key = [...fields].sort().join();
  const facts = factsOf(record);
  const made =
    known.get(key) ?? z.strictObject(Object.fromEntries(fields.map((field) => [field, facts.get(field)!.schema])));
  known.set(key, made);
  return made;
}

/** Exactly the facts asked for, each valid: a missing, unasked or malformed one is a source fault. */
export const parseRecord = (record: RecordClass, raw: unknown, fields: readonly string[]): RecordValue =>
  readWire(schemaOf(record, fields), raw);

interface SealedFact {
  readonly index: string;
  readonly sealed: string;
}

const factPlace = (answerId: string, fact: string): SealPlace => ({ table: 'answer', row: answerId, column: fact });

/** The value as it goes to the table: citizen numbers become {index, sealed}, bound to this answer. */
export function sealRecord(record: RecordClass, value: RecordValue, seal: Seal, answerId: string): RecordValue {
  const stored: Record<string, unknown> = { ...value };
  for (const [fact, kind] of factsOf(record)) {
    const clear = value[fact];
    if (!kind.sealed || typeof clear !== 'string') continue;
    const sealed = seal.seal(clear, factPlace(answerId, fact)).toString('base64');
    stored[fact] = { index: seal.index(clear).toString('hex'), sealed } satisfies SealedFact;
  }
  return stored;
}

/**
 * The stored value narrowed to the facts asked for. Sealed facts open only when read by name: they are not enumerable,
 * so that no log, spread or JSON of a value ever holds a citizen number.
 */
export function openRecord(
  record: RecordClass,
  stored: RecordValue,
  fields: readonly string[],
  seal: Seal,
  answerId: string,
): RecordValue {
  const facts = factsOf(record);
  const value: Record<string, unknown> = {};
  for (const field of fields) {
    const kept = stored[field];
    if (!facts.get(field)?.sealed || kept === null || kept === undefined) value[field] = kept ?? null;
    else {
      const bytes = Buffer.from((kept as SealedFact).sealed, 'base64');
      Object.defineProperty(value, field, { get: () => seal.open(bytes, factPlace(answerId, field)) });
    }
  }
  return value;
}
