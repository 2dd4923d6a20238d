import { Field } from 'type-graphql';
import type { z } from 'zod';
import { Classified, withheld, type Level, type Mask } from '../access/classification';

type GraphqlType = NonNullable<Parameters<typeof Field>[0]>;

/** What a fact is made of: its GraphQL type, what a connector must hand over, and its column in the typed SQL view. */
export interface Kind {
  readonly graphql: GraphqlType;
  readonly schema: z.ZodType;
  /** SQL type in the view `<source>_answer`; lists have no column. */
  readonly column?: string;
  /** Stored sealed with a blind index; the view shows the index, and only a reader that names the fact opens it. */
  readonly sealed?: true;
}

export type RecordClass = abstract new () => object;

const declared = new WeakMap<object, Map<string, Kind>>();

/**
 * Declares a fact of an agency's record once: GraphQL field (nullable: masked or not asked is null), validator,
 * SQL column and classification.
 */
export function Fact(kind: Kind, level: Level, mask: Mask = withheld): PropertyDecorator {
  return (target, property) => {
    const facts = declared.get(target) ?? new Map<string, Kind>();
    declared.set(target, facts.set(String(property), kind));
    Field(kind.graphql, { nullable: true })(target, property);
    Classified(level, mask)(target, property);
  };
}

/** A record's facts in the order of declaration. */
export function factsOf(record: RecordClass): ReadonlyMap<string, Kind> {
  const facts = declared.get(record.prototype);
  if (!facts) throw new Error(`${record.name} declares no @Fact`);
  return facts;
}
