import { GraphQLNonNull, defaultFieldResolver, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import { classificationOf, withheld, type Classification } from './classification';
import { beijingDay } from './day';
import { ageOn } from './identity';
import type { MaskProfile } from './masks';
import { mayReadClear } from './policy';
import type { Session } from './session';
import { personIdOf } from './subject';

/** What masking has to know beside viewer and purpose. */
export interface Eyes {
  readonly now: () => Date;
  /** The mask of the region that holds the person; the default where the region is unknown. */
  maskOf(regionCode: string | undefined): MaskProfile;
}

interface Held {
  readonly regionCode?: string;
  readonly birthDate?: string;
}

/** Under this age identity is masked for everyone (PIPL art. 28: sensitive). */
const SHIELDED_UNDER = 14;

/**
 * Wraps every classified field of a schema, and no other: who may not read the clear value gets its mask. It happens
 * where the value is born, so that no path (`_entities`, alias, fragment) leads around it. Changes the schema in place.
 */
export function enforceClassification(schema: GraphQLSchema, eyes: Eyes): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const classification = classificationOf(type.name, field.name);
      if (classification) guard(type.name, field, classification, eyes);
    }
  }
  return schema;
}

function guard(type: string, field: GraphQLField<object, Session>, { level, mask }: Classification, eyes: Eyes): void {
  if (mask === withheld && field.type instanceof GraphQLNonNull) {
    throw new Error(`${type}.${field.name} is withheld and must be nullable: a denied non-null field would null its parent`);
  }
  const resolve = field.resolve ?? defaultFieldResolver;
  const mayRead = (parent: object, { viewer, purpose }: Session): boolean =>
    !(level === 'identity' && isShielded(parent, eyes)) && mayReadClear(viewer, level, personIdOf(type, parent), purpose);
  const hide = (clear: unknown, parent: Held): unknown =>
    clear === null || clear === undefined ? null : mask(clear, eyes.maskOf(parent.regionCode));
  field.resolve = (parent, args, session, info) => {
    if (mayRead(parent, session)) return resolve(parent, args, session, info);
    if (mask === withheld) return null;
    const clear: unknown = resolve(parent, args, session, info);
    return clear instanceof Promise ? clear.then((value) => hide(value, parent)) : hide(clear, parent);
  };
}

const isShielded = ({ birthDate }: Held, { now }: Eyes): boolean =>
  birthDate !== undefined && ageOn(birthDate, beijingDay(now())) < SHIELDED_UNDER;
