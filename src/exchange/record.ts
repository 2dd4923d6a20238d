import { z } from 'zod';
import { sealedUnder, type Seal, type SealPlace } from '../access/seal';
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

/** A sealed fact as stored: blind indexes to compare with, of the key in use and of the coming one, and the number itself. */
interface SealedFact {
  readonly index: string;
  readonly indexKey?: string;
  readonly next?: string;
  readonly nextKey?: string;
  readonly sealed: string;
}

const factPlace = (answerId: string, fact: string): SealPlace => ({ table: 'answer', row: answerId, column: fact });

/** Facts of a record that are stored sealed. */
export const sealedFactsOf = (record: RecordClass): string[] =>
  [...factsOf(record)].flatMap(([fact, { sealed }]) => (sealed ? [fact] : []));

function sealedFact(clear: string, seal: Seal, place: SealPlace): SealedFact {
  const { index, indexKey, next, nextKey } = seal.marks(clear);
  return {
    index: index.toString('hex'),
    indexKey,
    ...(next && nextKey ? { next: next.toString('hex'), nextKey } : {}),
    sealed: seal.seal(clear, place).toString('base64'),
  };
}

/** The value as it goes to the table: citizen numbers become {index, sealed}, bound to this answer. */
export function sealRecord(record: RecordClass, value: RecordValue, seal: Seal, answerId: string): RecordValue {
  const stored: Record<string, unknown> = { ...value };
  for (const fact of sealedFactsOf(record)) {
    const clear = value[fact];
    if (typeof clear === 'string') stored[fact] = sealedFact(clear, seal, factPlace(answerId, fact));
  }
  return stored;
}

/** A stored value brought to the keys of now; undefined where it is so already. */
export function remade(
  record: RecordClass,
  stored: RecordValue,
  seal: Seal,
  answerId: string,
): RecordValue | undefined {
  const made: Record<string, unknown> = { ...stored };
  let changed = false;
  for (const fact of sealedFactsOf(record)) {
    const kept = stored[fact] as SealedFact | null | undefined;
    if (!kept) continue;
    const place = factPlace(answerId, fact);
    const sealed = Buffer.from(kept.sealed, 'base64');
    const fresh = sealedFact(seal.open(sealed, place), seal, place);
    if (sealedUnder(sealed) === seal.keyId && kept.indexKey === fresh.indexKey && kept.nextKey === fresh.nextKey)
      continue;
    made[fact] = fresh;
    changed = true;
  }
  return changed ? made : undefined;
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
