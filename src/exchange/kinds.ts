import { Int } from 'type-graphql';
import { z } from 'zod';
import { Fen, Integer, LocalDate } from '../../schema/scalars';
import { holdsIdNumber, isIdNumber, normaliseIdNumber } from '../access/identity';
import { factsOf, type Kind, type RecordClass } from './fact';
import { isStorable } from './text';

const whole = z.int().nonnegative();

/** 金额, whole fen. */
export const fen: Kind = { graphql: () => Fen, schema: whole, column: 'bigint' };
/** 面积, whole square centimetres. */
export const areaCm2: Kind = { graphql: () => Integer, schema: whole, column: 'bigint' };
/** A number of things. */
export const count: Kind = { graphql: () => Int, schema: z.int32().nonnegative(), column: 'int' };
/** 万分比: 10000 is the whole. */
export const basisPoints: Kind = { graphql: () => Int, schema: z.int().min(0).max(10_000), column: 'int' };
/** 'YYYY-MM-DD'. */
export const day: Kind = { graphql: () => LocalDate, schema: z.iso.date(), column: 'date' };
/** Free text of an agency: as it came, where the database can hold it and nobody's number stands in it. */
export const text: Kind = {
  graphql: () => String,
  schema: z
    .string()
    .min(1)
    .max(500)
    .refine((given) => isStorable(given) && !holdsIdNumber(given)),
  column: 'text',
};

/** Text of one form: a code, a month. */
export const textLike = (form: RegExp): Kind => ({ ...text, schema: z.string().regex(form) });

/** One of a GraphQL enum's words; any other is a source fault. */
export const oneOf = (words: Readonly<Record<string, string>>): Kind => ({
  graphql: () => words,
  schema: z.enum(words),
  column: 'text',
});

/** The agency may know that there is none, or that it does not know; null says so. */
export const orNone = (kind: Kind): Kind => ({ ...kind, schema: kind.schema.nullable() });

/** 公民身份号码 of somebody in the record: text, valid, sealed in storage. */
export const idNumberSealed: Kind = {
  graphql: () => String,
  schema: z.string().transform(normaliseIdNumber).refine(isIdNumber),
  column: 'text',
  sealed: true,
};

/** A list of parts; each part carries all its facts. */
export const listOf = (part: RecordClass): Kind => ({
  graphql: () => [part],
  schema: z
    .array(z.strictObject(Object.fromEntries([...factsOf(part)].map(([name, kind]) => [name, kind.schema]))))
    .max(1000),
});
